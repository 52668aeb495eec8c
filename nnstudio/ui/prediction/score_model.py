"""ScoreModel: a table of scores in an order, looked up when it is painted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from nnstudio.experiments.class_table import ScoreTable
from nnstudio.ui.text_model import Index, TextModel


class ScoreModel(TextModel):
    """Holds how it is sorted: by a column of the table, or as the table stands."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table: ScoreTable | None = None
        self._rows: list[int] = []
        self.sorting: tuple[int, bool] | None = None

    def show_table(self, table: ScoreTable) -> None:
        """Show other scores in the same order."""
        self.beginResetModel()
        self._table = table
        self._rows = list(range(len(table))) if self.sorting is None else table.order(*self.sorting)
        self.endResetModel()

    def turn(self, column: int) -> None:
        """Sort by a column: the lowest first, then the highest, then not at all."""
        known = self.sorting is not None and self.sorting[0] == column
        if known and self.sorting is not None and self.sorting[1]:
            self.sorting = None
        else:
            self.sorting = (column, known)
        if self._table is not None:
            self.show_table(self._table)

    def place(self, row: int) -> tuple[int, int]:
        """Return which place of the confusion matrix a row is about."""
        assert self._table is not None
        return self._table.places[self._rows[row]]

    def text(self, row: int, column: int) -> str:
        assert self._table is not None
        return self._table.text(self._rows[row], column)

    def to_the_right(self, column: int) -> bool:
        return self._table is not None and column >= self._table.names

    def role(self, row: int, column: int) -> str:
        average = self._table is not None and self._rows[row] >= len(self._table) - self._table.averages
        return "accent" if average else "text"

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() or self._table is None else len(self._table.heads)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        across = orientation is Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.DisplayRole and across and self._table is not None:
            return self._table.heads[section]
        return None
