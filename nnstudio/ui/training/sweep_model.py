"""SweepModel: the trials of a sweep as the rows of a table."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QIcon

from nnstudio.experiments.sweep.facts import TrialColumn, columns_of, sorted_reports
from nnstudio.experiments.sweep.report import TrialReport, TrialState
from nnstudio.experiments.sweep.running import SweepRun
from nnstudio.ui import theme
from nnstudio.ui.icons import icon
from nnstudio.ui.training.run_colors import run_color, swatch

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SIGNS = {
    TrialState.WAITING: ("clock", "text_3"),
    TrialState.TRAINING: ("play", "accent"),
    TrialState.FINISHED: ("check", "accent"),
    TrialState.DROPPED: ("down", "text_3"),
    TrialState.FAILED: ("error", "error"),
    TrialState.REFUSED: ("error", "error"),
    TrialState.CANCELLED: ("stop", "text_3"),
}


class SweepModel(QAbstractTableModel):
    """The best trial stands out, and its state says so."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: tuple[TrialColumn, ...] = ()
        self.reports: list[TrialReport] = []
        self.column, self.descending = 0, False
        self._sweep: SweepRun | None = None
        self._best: TrialReport | None = None

    def show_sweep(self, sweep: SweepRun | None) -> bool:
        """Show how a sweep stands; return whether it is another one."""
        other = sweep is not self._sweep
        if other:
            self.beginResetModel()
            self._sweep, self.reports = sweep, []
            self.columns = columns_of(sweep.sweep) if sweep is not None else ()
            self.column, self.descending = 0, False
            self.endResetModel()
        if sweep is not None:
            self._show_reports(sweep.reports, sweep.best)
        return other

    def sort_by(self, column: int, descending: bool) -> None:
        """Show the rows in another order."""
        self.column, self.descending = column, descending
        if self._sweep is not None:
            self._show_reports(self._sweep.reports, self._best)

    def row_of(self, number: int) -> int:
        """Return the row of a trial; -1 where it has none."""
        return next((row for row, one in enumerate(self.reports) if one.trial.number == number), -1)

    def _show_reports(self, reports: tuple[TrialReport, ...], best: TrialReport | None) -> None:
        ordered = sorted_reports(reports, self.columns[self.column], descending=self.descending)
        before, self._best = [one.trial.number for one in self.reports], best
        numbers = [one.trial.number for one in ordered]
        if len(before) != len(numbers):
            self.beginResetModel()
            self.reports = ordered
            self.endResetModel()
            return
        self._reorder(before, ordered)
        self.dataChanged.emit(self.index(0, 0), self.index(len(ordered) - 1, len(self.columns) - 1))

    def _reorder(self, before: list[int], ordered: list[TrialReport]) -> None:
        """Take rows in another order, and what is selected along with them."""
        numbers = [one.trial.number for one in ordered]
        if before == numbers:
            self.reports = ordered
            return
        self.layoutAboutToBeChanged.emit()
        place = {number: row for row, number in enumerate(numbers)}
        old = self.persistentIndexList()
        self.reports = ordered
        moved = [self.index(place[before[one.row()]], one.column()) for one in old]
        self.changePersistentIndexList(old, moved)
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self.reports)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self.columns)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole and self.columns[section].number and section:
            return int(_RIGHT)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        report, place = self.reports[index.row()], index.column()
        column = self.columns[place]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._words(report, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_RIGHT) if column.number and place else None
        if role == Qt.ItemDataRole.FontRole:
            return _strong() if report is self._best else None
        if role == Qt.ItemDataRole.ForegroundRole and column.name == "state" and _failed(report):
            return theme.current().color("error")
        return self._sign(report, place) if role == Qt.ItemDataRole.DecorationRole else None

    def _words(self, report: TrialReport, column: TrialColumn) -> str:
        words = column.words(report)
        return f"{words}, the best" if column.name == "state" and report is self._best else words

    def _sign(self, report: TrialReport, place: int) -> QIcon | None:
        if place == 0:
            return swatch(run_color(report.trial.number))
        return icon(*_SIGNS[report.state]) if place == len(self.columns) - 1 else None


def _failed(report: TrialReport) -> bool:
    return report.state in (TrialState.FAILED, TrialState.REFUSED)


def _strong() -> QFont:
    font = QFont()
    font.setWeight(QFont.Weight.DemiBold)
    return font
