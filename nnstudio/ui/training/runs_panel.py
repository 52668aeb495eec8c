"""RunsPanel: the runs of the project below the curves: look, compare, restore, delete."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QSizePolicy, QWidget

from nnstudio.experiments.run import Run
from nnstudio.experiments.run_facts import COLUMNS, runs_csv
from nnstudio.session.preferences import Preferences
from nnstudio.session.run_files import save_text
from nnstudio.session.session import Session
from nnstudio.ui.icons import icon
from nnstudio.ui.training.difference_dialog import DifferenceDialog
from nnstudio.ui.training.run_menus import column_menu, restore_menu, run_menu
from nnstudio.ui.training.run_model import RunModel
from nnstudio.ui.training.run_table import ROW_PX, RunTable
from nnstudio.ui.training.runs_view import RunsView, view_from
from nnstudio.ui.widgets import button, column, label, panel, row

_HEAD_PX = 32
_ROWS_BY_PX = ((900, 8), (660, 4), (0, 2))  # so many rows at most where the tab is so high
_ROOMY_PX = 620  # a tab that is lower has the table folded until a person opens it
_RESTORE = "Pause the training first: restored weights take its place"


class RunsPanel(QWidget):
    """Shows what the session keeps; hidden it does nothing.

    Signals:
        overlaid(runs): The curves of these runs are wanted beside those of the run shown.
    """

    overlaid = Signal(object)

    def __init__(self, session: Session, preferences: Preferences | None = None) -> None:
        super().__init__()
        self._session, self._preferences = session, preferences
        self.view = view_from(preferences.runs_view) if preferences is not None else RunsView()
        self._overlay: frozenset[str] = frozenset()
        self._most = _ROWS_BY_PX[-1][1]
        self._roomy, self._insists = True, False
        self.fold = button("Runs", kind="ghost", icon_name="chevron_down", tip="Show or hide the table")
        self.count = label(role="text_2")
        self.table = RunTable(RunModel())
        self.restore = button("Restore", kind="ghost")
        self.compare = button("Compare", kind="ghost", tip="What the two selected runs set differently")
        self.columns = button("Columns", kind="ghost")
        self.save = button("CSV …", kind="ghost", tip="Save the columns that are shown as a table")
        self.remove = button("", kind="ghost", icon_name="trash", tip="Delete the selected runs (Delete)")
        self._lay_out()
        self._connect()
        self._show_view()

    def _lay_out(self) -> None:
        self._tools = QWidget()
        self._tools.setLayout(row(self.restore, self.compare, self.columns, self.save, self.remove, space=4))
        self._card = panel("card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._card.setLayout(column(self.table, margins=(1, 1, 1, 1)))
        self.head = row(self.fold, self.count, None, self._tools)
        self.setLayout(column(self.head, self._card, space=4))
        self.columns.setMenu(column_menu(self, self.view, self._toggle_column))
        self.restore.setMenu(restore_menu(self, self._restore))

    def _connect(self) -> None:
        model = self.table.runs
        model.edited.connect(self._relabel)
        model.overlaid.connect(self._show_overlay)
        self.table.sorted.connect(self._sort)
        self.table.chose.connect(self._show_enabled)
        self.table.delete_wanted.connect(self._delete)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._show_menu)
        self.fold.clicked.connect(self._fold)
        self.compare.clicked.connect(self._compare)
        self.save.clicked.connect(self._save)
        self.remove.clicked.connect(self._delete)

    @property
    def overlay(self) -> list[Run]:
        """The runs whose curves are wanted beside the others, in the order of the table."""
        model = self.table.runs
        return [run for run in model.runs if run.key in self._overlay and run.key != model.shown]

    def show_runs(self) -> None:
        """Show the runs as they are now, and keep what is selected."""
        runs, shown = self._session.all_runs, self._session.shown_run
        chosen = self.table.chosen
        model = self.table.runs
        model.column, model.descending = self.view.column, self.view.descending
        learning = self._session.run if self._session.running else None
        model.running = learning.key if learning is not None else ""
        if model.show_runs(runs, shown.key if shown is not None else "", self._overlay):
            self.table.choose(chosen)
            self.fit_rows(self._most)
        self.count.setText(f"{len(runs)} in this project")
        self._show_enabled()

    def fit_height(self, height: int) -> None:
        """Take as many rows as are sensible where the tab is ``height`` pixels high."""
        if (height >= _ROOMY_PX) != self._roomy:
            self._roomy, self._insists = not self._roomy, False
            self._show_open()
        self.fit_rows(next(rows for least, rows in _ROWS_BY_PX if height >= least))

    def fit_rows(self, most: int) -> None:
        """Show ``most`` rows at most; the others are scrolled to."""
        self._most = most
        rows = max(1, min(most, len(self.table.runs.runs)))
        across = self.table.horizontalScrollBar()
        bar = across.sizeHint().height() if across.maximum() > 0 else 0  # else half a row would show
        self.table.setFixedHeight(_HEAD_PX + rows * ROW_PX + bar)

    def _show_view(self) -> None:
        for number, one in enumerate(COLUMNS):
            self.table.setColumnHidden(number, one.name in self.view.hidden)
        self._show_open()
        self.show_runs()
        self.table.show_order()
        if self._preferences is not None:
            self._preferences.runs_view = self.view.text()

    @property
    def is_open(self) -> bool:
        """Whether the table is shown, and not only how many runs there are."""
        return self.view.is_open if self._roomy else self._insists

    def _show_open(self) -> None:
        self._card.setVisible(self.is_open)
        self._tools.setVisible(self.is_open)
        self.fold.setIcon(icon("chevron_down" if self.is_open else "chevron_right"))

    def _change_view(self, **changes: object) -> None:
        self.view = replace(self.view, **changes)  # type: ignore[arg-type]
        self._show_view()

    def _fold(self) -> None:
        if self._roomy:
            self._change_view(is_open=not self.view.is_open)
        else:
            self._insists = not self._insists
            self._show_open()

    def _sort(self, number: int, descending: bool) -> None:
        self._change_view(sort=COLUMNS[number].name, descending=descending)

    def _toggle_column(self) -> None:
        action = self.sender()
        name = action.property("column")
        hidden = self.view.hidden
        self._change_view(
            hidden=tuple(one for one in hidden if one != name) if name in hidden else (*hidden, name)
        )

    def _show_enabled(self) -> None:
        chosen, running = self.table.chosen, self._session.running
        self.compare.setEnabled(len(chosen) == 2)
        self.restore.setEnabled(len(chosen) == 1)
        self.remove.setEnabled(any(map(self._session.verbs.can_delete, chosen)))
        for action in self.restore.menu().actions()[1:]:
            action.setEnabled(not running)
            action.setToolTip(_RESTORE if running else "")

    def _show_overlay(self, key: str, shown: bool) -> None:
        self._overlay = self._overlay | {key} if shown else self._overlay - {key}
        self.show_runs()
        self.overlaid.emit(self.overlay)

    def _relabel(self, key: str, name: str, text: str) -> None:
        words = {"name": "rename a run", "tags": "tag a run", "note": "note on a run"}[name]
        self._session.verbs.relabel(key, words, **{name: text})

    def _delete(self) -> None:
        self._session.verbs.delete(self.table.chosen)

    def _compare(self) -> None:
        runs = [run for key in self.table.chosen if (run := self._session.verbs.run(key)) is not None]
        if len(runs) == 2:
            DifferenceDialog(runs[0], runs[1], self.window()).open()

    def _save(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, "Save the runs", "runs.csv", "Tables (*.csv)")
        if path:
            self.save_csv(Path(path))

    def save_csv(self, path: Path) -> None:
        """Write the columns that are shown, in the order of the table."""
        columns = [one for one in COLUMNS if one.name not in self.view.hidden]
        save_text(self._session, path, runs_csv(self.table.runs.runs, columns))

    def _restore(self) -> None:
        verb = self.sender().property("verb")
        for key in self.table.chosen[:1]:
            getattr(self._session.verbs, verb)(key)

    def _recolor(self) -> None:
        color = self.sender().property("color")
        for key in self.table.chosen:
            self._session.verbs.relabel(key, "colour a run", color=color)

    def _show_menu(self, place: QPoint) -> None:
        self.context_menu().popup(self.table.viewport().mapToGlobal(place))

    def context_menu(self) -> QMenu:
        """Return what can be done with the selected runs."""
        verbs = {
            "Rename": self.table.rename,
            "Tags": self._write_tags,
            "Note": self._write_note,
            "Delete": self._delete,
        }
        menu = run_menu(self, verbs, self._recolor)
        menu.actions()[-1].setEnabled(self.remove.isEnabled())
        return menu

    def _write_tags(self) -> None:
        self._write("tags")

    def _write_note(self) -> None:
        self._write("note")

    def _write(self, name: str) -> None:
        if name in self.view.hidden:
            self._change_view(hidden=tuple(one for one in self.view.hidden if one != name))
            self.columns.setMenu(column_menu(self, self.view, self._toggle_column))
        self.table.write(name)
