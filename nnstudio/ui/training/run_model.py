"""RunModel: the runs of the project as the rows of a table."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont

from nnstudio.experiments.run import Run
from nnstudio.experiments.run_facts import COLUMNS, Fact, sorted_runs
from nnstudio.ui import theme
from nnstudio.ui.training.run_colors import run_color, swatch

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_RUNNING = "running"  # no way of ending: a run that is kept never has it
_CHECK_TIP = "Show its curves beside those of the run that is shown (Space)"


class RunModel(QAbstractTableModel):
    """Keeps the words of runs that do not change; the first column has a box for the overlay.

    Signals:
        edited(key, column name, text): A person wrote another name, tags or a note.
        overlaid(key, shown): A person wants to see or hide the curves of a run.
    """

    edited = Signal(str, str, str)
    overlaid = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self.runs: list[Run] = []
        self.shown = ""
        self.running = ""  # the key of the run that learns at this moment
        self.column, self.descending = 0, False
        self._overlay: frozenset[str] = frozenset()
        self._facts: dict[str, tuple[Run, list[Fact]]] = {}
        self._best: dict[int, str] = {}

    def show_runs(self, runs: tuple[Run, ...], shown: str, overlay: frozenset[str]) -> bool:
        """Show runs as they are now; return whether they are others, or in another order."""
        before = [run.key for run in self.runs]
        self.shown, self._overlay = shown, overlay
        known = self._facts
        self._facts = {run.key: _facts(run, known.get(run.key)) for run in runs}
        runs_now = sorted_runs(runs, COLUMNS[self.column], descending=self.descending)
        others = before != [run.key for run in runs_now]
        if others:
            self.beginResetModel()
        self.runs = runs_now
        self._best = {number: self._best_of(number) for number, one in enumerate(COLUMNS) if one.score}
        if others:
            self.endResetModel()
        elif runs_now:
            self.dataChanged.emit(self.index(0, 0), self.index(len(runs_now) - 1, len(COLUMNS) - 1))
        return others

    def _best_of(self, column: int) -> str:
        """Return the key of the run that is best by a column, "" where there are not two to compare."""
        score = COLUMNS[column].score
        scores = {run.key: score(run) for run in self.runs} if score is not None else {}
        known = {key: value for key, value in scores.items() if not math.isnan(value)}
        return max(known, key=known.__getitem__) if len(known) > 1 else ""

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self.runs)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole and COLUMNS[section].number:
            return int(_RIGHT)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and COLUMNS[index.column()].edited:
            flags |= Qt.ItemFlag.ItemIsEditable
        if index.isValid() and index.column() == 0 and self.runs[index.row()].key != self.shown:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        run, column = self.runs[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._words(run, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_RIGHT) if COLUMNS[column].number else None
        if role == Qt.ItemDataRole.FontRole:
            return self._font(run, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _CHECK_TIP if column == 0 else self.data(index)
        return self._mark(run, role) if column == 0 else None

    def _words(self, run: Run, column: int) -> str:
        if COLUMNS[column].name == "outcome" and run.key == self.running:
            return _RUNNING
        return COLUMNS[column].words(run, self._facts[run.key][1][column])

    def _mark(self, run: Run, role: int) -> Any:
        """Return the box and the dot before a name; the run that is shown has no box."""
        if role == Qt.ItemDataRole.CheckStateRole and run.key != self.shown:
            return Qt.CheckState.Checked if run.key in self._overlay else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DecorationRole:
            present = run.key == self.shown
            return swatch(theme.current().color("training") if present else run_color(run.color))
        return None

    def _font(self, run: Run, column: int) -> QFont | None:
        if self._best.get(column) != run.key and not (column == 0 and run.key == self.shown):
            return None
        font = QFont()
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        run = self.runs[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            self.overlaid.emit(run.key, Qt.CheckState(value) == Qt.CheckState.Checked)
            return True
        text, name = str(value).strip(), COLUMNS[index.column()].name
        if role == Qt.ItemDataRole.EditRole and (text or name != "name"):
            self.edited.emit(run.key, name, text)
            return True
        return False


def _facts(run: Run, known: tuple[Run, list[Fact]] | None) -> tuple[Run, list[Fact]]:
    if known is not None and known[0] is run:
        return known
    return run, [column.fact(run) for column in COLUMNS]
