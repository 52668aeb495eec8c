"""ResultsArea: what lies below the curves: the runs of the project, or the sweep that is under way."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnstudio.experiments.run import Run
from nnstudio.session.preferences import Preferences
from nnstudio.session.session import Session
from nnstudio.ui.training.runs_panel import RunsPanel
from nnstudio.ui.training.sweep_dialog import SweepDialog
from nnstudio.ui.training.sweep_panel import RUNS, SWEEP, SweepPanel
from nnstudio.ui.widgets import Segments, button, column

_TIP = "Train the study many times with other settings, and see which suit it (Ctrl+F5)"
_UNDER_WAY = "A sweep is under way: wait for its end, or cancel it"
_ROWS_BY_PX = ((900, 8), (660, 4), (0, 3))  # so many trials at most where the tab is so high
_DRAW_EVERY = 2  # news of a sweep, of which there are four a second


class ResultsArea(QWidget):
    """One of two lists; a sweep that begins is shown, and its curves as long as it is.

    Signals:
        beside_wanted(runs): The curves of these runs are wanted beside those of the run shown.
    """

    beside_wanted = Signal(object)

    def __init__(self, session: Session, preferences: Preferences | None = None) -> None:
        super().__init__()
        self._session, self._desk = session, session.sweeps
        self._seen: object = None
        self._news = 0
        self.runs = RunsPanel(session, preferences)
        self.sweep = SweepPanel(session)
        self.pages = Segments((RUNS, SWEEP), "What is listed")
        self.pages.hide()
        self.begin = button("Sweep …", kind="ghost", tip=_TIP)
        self.runs.head.insertWidget(0, self.pages)
        self.runs.head.insertWidget(self.runs.head.count() - 1, self.begin)
        self.sweep.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setLayout(column(self.runs, self.sweep, space=0))
        self.begin.clicked.connect(self.ask)
        self.pages.edited.connect(self.show_page)
        self.sweep.switched.connect(self.show_page)
        self.runs.overlaid.connect(self._tell_beside)
        self.sweep.drawn.connect(self._tell_beside)
        self._desk.changed.connect(self._follow)
        self._desk.progressed.connect(self._show_news)
        self.show_page(RUNS)

    @property
    def page(self) -> str:
        """Which list is shown."""
        return RUNS if self.sweep.isHidden() else SWEEP

    @property
    def beside(self) -> list[Run]:
        """The runs to draw beside the one that is shown."""
        return self.runs.overlay if self.page == RUNS else self.sweep.beside

    def ask(self) -> None:
        """Let a person put a sweep together."""
        if not self._session.document.obstacle:
            SweepDialog(self._session, self.window()).open()

    def show_page(self, page: str) -> None:
        """Show one of the lists."""
        sweeps = page == SWEEP and self._desk.run is not None
        had_focus = self.pages.isAncestorOf(self.focusWidget() or self) or self.sweep.pages.isAncestorOf(
            self.focusWidget() or self
        )
        self.runs.setVisible(not sweeps)
        self.sweep.setVisible(sweeps)
        self.pages.show_choice(RUNS)
        self.show_lists()
        if had_focus:
            (self.sweep if sweeps else self).pages.take_focus()
        self._tell_beside()

    def show_lists(self) -> None:
        """Show how the runs and the sweep stand now."""
        self.pages.setVisible(self._desk.run is not None)
        obstacle = self._session.document.obstacle
        self.begin.setEnabled(not obstacle and not self._desk.under_way)
        self.begin.setToolTip(obstacle or (_UNDER_WAY if self._desk.under_way else _TIP))
        if self.page == RUNS:
            self.runs.show_runs()
        else:
            self.sweep.show_sweep()

    def fit_height(self, height: int) -> None:
        """Take as many rows as are sensible where the tab is ``height`` pixels high."""
        self.runs.fit_height(height)
        self.sweep.fit_rows(next(rows for least, rows in _ROWS_BY_PX if height >= least))

    def _follow(self) -> None:
        """Show a sweep that begins, and the runs where there is none any more."""
        other, self._seen = self._desk.run is not self._seen, self._desk.run
        if other:
            self.show_page(RUNS if self._desk.run is None else SWEEP)
        else:
            self.show_lists()

    def _show_news(self) -> None:
        if not self.isVisible() or self.page == RUNS:
            return
        self.sweep.show_sweep()
        self._news += 1
        if self._news % _DRAW_EVERY == 0 or not self._desk.under_way:
            self._tell_beside()

    def _tell_beside(self) -> None:
        if self.isVisible():
            self.beside_wanted.emit(self.beside)
