"""SweepPanel: the sweep in the place of the runs: how it stands, hold and end it, and what came out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from nnstudio.experiments.run import Run
from nnstudio.experiments.sweep.facts import results_csv, state_words, trial_title
from nnstudio.experiments.sweep.report import TrialReport
from nnstudio.experiments.sweep.running import SweepPhase
from nnstudio.session.run_files import save_text
from nnstudio.session.session import Session
from nnstudio.session.sweep_curves import SweepCurves
from nnstudio.session.sweep_words import best_words, stand_words
from nnstudio.ui.icons import icon
from nnstudio.ui.training.run_menus import restore_menu
from nnstudio.ui.training.share_bar import ShareBar
from nnstudio.ui.training.sweep_table import HEAD_PX, ROW_PX, SweepTable
from nnstudio.ui.widgets import Segments, button, column, label, panel, row

RUNS, SWEEP = "Runs", "Sweep"
_USE_TIP = "Take the settings of this trial into the network and its plan, as one step to undo (Enter)"
_END_TIP = "End the sweep; what was trained stays"
_LEAVE_TIP = "Put the sweep away; its runs stay"
_NO_RUN = "This trial has left no weights; its settings can still be used"
_BUSY = "Pause the training first: restored weights take its place"


class SweepPanel(QWidget):
    """Shows what the desk knows; hidden it does nothing.

    Signals:
        switched(page): A person wants to see the runs.
        drawn(): The curves of other trials are wanted, or there is more of them.
    """

    switched = Signal(str)
    drawn = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._desk = session, session.sweeps
        self._curves = SweepCurves()
        self._most = 1
        self.pages = Segments((RUNS, SWEEP), "What is listed")
        self.stand = label(role="text_2")
        self.best = button("", kind="ghost", tip="Select the best trial until now")
        self.hold = button("Pause", kind="ghost", icon_name="pause")
        self.end = button("Cancel", kind="ghost", icon_name="stop", tip=_END_TIP)
        self.save = button("CSV …", kind="ghost", tip="Save the results as a table")
        self.restore = button("Restore", kind="ghost")
        self.use = button("Use these settings", kind="small", tip=_USE_TIP)
        self.leave = button("", kind="ghost", icon_name="close", tip=_LEAVE_TIP)
        self.bar = ShareBar("Progress of the sweep")
        self.table = SweepTable()
        self.said = label(role="text_2", size="caption", wrap=True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = row(self.pages, 4, self.stand, self.best, self.hold, self.end, self.leave, space=4)
        card = panel("card")
        card.setLayout(column(self.table, margins=(1, 1, 1, 1)))
        foot = row(self.said, self.save, self.restore, self.use, space=4)
        foot.setStretch(0, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setLayout(column(head, self.bar, card, foot, space=4))
        self.restore.setMenu(restore_menu(self, self._restore))
        self.stand.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # it may be long
        head.setStretch(2, 1)

    def _connect(self) -> None:
        self.pages.edited.connect(self._switch)
        self.best.clicked.connect(self._choose_best)
        self.hold.clicked.connect(self._hold)
        self.end.clicked.connect(self._desk.cancel)
        self.leave.clicked.connect(self._desk.put_away)
        self.save.clicked.connect(self._save)
        self.use.clicked.connect(self._use)
        self.table.use_wanted.connect(self._use)
        self.table.chose.connect(self._show_chosen)

    @property
    def beside(self) -> list[Run]:
        """The trials whose curves are wanted."""
        run = self._desk.run
        chosen = {report.trial.number for report in self.table.chosen}
        return [] if run is None else self._curves.runs(run.reports, run.best, chosen)

    def show_sweep(self) -> None:
        """Show how the sweep stands now."""
        run = self._desk.run
        self.table.show_sweep(run)
        if run is None:
            return
        self.fit_rows(self._most)
        self.pages.show_choice(SWEEP)
        self.stand.setText(stand_words(self._desk))
        self.stand.setToolTip(self.stand.text())
        self.best.setText(best_words(run))
        self.best.setVisible(run.best is not None)
        self.bar.show_share(run.fraction, busy=run.phase is SweepPhase.RUNNING)
        self._show_verbs()
        self._show_said()

    def fit_rows(self, most: int) -> None:
        """Show ``most`` rows at most; the others are scrolled to."""
        self._most = most
        rows = max(1, min(most, len(self.table.trials.reports)))
        self.table.setFixedHeight(HEAD_PX + rows * ROW_PX + 2)

    def _show_verbs(self) -> None:
        under_way, held = self._desk.under_way, self._desk.phase is SweepPhase.PAUSED
        self.hold.setVisible(under_way)
        self.end.setVisible(under_way)
        self.leave.setVisible(not under_way)
        self.hold.setText("Go on" if held else "Pause")
        self.hold.setIcon(icon("play" if held else "pause"))
        self.hold.setToolTip(_hold_tip(held, self._session.running))

    def _show_said(self) -> None:
        """Say of the selected trial what its values are, or why it failed."""
        chosen = self.table.chosen
        one = chosen[0] if len(chosen) == 1 else None
        self.said.setText(_said(one, len(chosen)))
        self.said.setToolTip(self.said.text())
        self.use.setEnabled(one is not None)
        key = self._desk.key_of(one) if one is not None else ""
        self.restore.setEnabled(bool(key))
        self.restore.setToolTip("" if key or one is None else _NO_RUN)
        for action in self.restore.menu().actions()[1:]:
            action.setEnabled(not self._session.running)
            action.setToolTip(_BUSY if self._session.running else "")

    def _show_chosen(self) -> None:
        self._show_said()
        self.drawn.emit()

    def _switch(self, page: str) -> None:
        self.pages.show_choice(SWEEP)
        self.switched.emit(page)

    def _choose_best(self) -> None:
        run = self._desk.run
        if run is not None and run.best is not None:
            self.table.choose(run.best.trial.number)
            self.table.setFocus()

    def _hold(self) -> None:
        if self._desk.phase is SweepPhase.PAUSED:
            self._desk.go_on()
        else:
            self._desk.pause()

    def _use(self) -> None:
        for report in self.table.chosen[:1]:
            self._desk.use(report)

    def _restore(self) -> None:
        verb = self.sender().property("verb")
        for report in self.table.chosen[:1]:
            getattr(self._session.verbs, verb)(self._desk.key_of(report))

    def _save(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, "Save the results", "sweep.csv", "Tables (*.csv)")
        if path:
            self.save_csv(Path(path))

    def save_csv(self, path: Path) -> None:
        """Write the table in its order."""
        trials = self.table.trials
        save_text(self._session, path, results_csv(trials.reports, trials.columns))


def _hold_tip(held: bool, training: bool) -> str:
    if not held:
        return "Hold every trial after its current batch"
    return "Let the sweep go on; your training is paused for it" if training else "Let the sweep go on"


def _said(report: TrialReport | None, count: int) -> str:
    if report is None:
        return f"{count:,} trials are selected." if count else "Select a trial to see its curves."
    return f"{trial_title(report.trial)}: {report.trial.name}; {state_words(report)}."
