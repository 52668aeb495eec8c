"""SamplesModel: predictions and inputs of samples as a table, looked up when they are painted."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QModelIndex, QObject, Qt

from nnstudio.data.arrays import Array, IntArray
from nnstudio.ui.prediction.sample_columns import TableColumn
from nnstudio.ui.text_model import Index, TextModel

_NOTHING: IntArray = np.empty(0, np.intp)


class SamplesModel(TextModel):
    """The first column holds what is predicted; it is in the colour of errors where that is wrong."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[TableColumn, ...] = ()
        self._rows = _NOTHING
        self._numbers: IntArray | None = None
        self._right: Array | None = None

    @property
    def columns(self) -> tuple[TableColumn, ...]:
        """What is shown, from left to right."""
        return self._columns

    @property
    def rows(self) -> IntArray:
        """Which samples are shown, in their order."""
        return self._rows

    def show_rows(
        self,
        columns: tuple[TableColumn, ...],
        rows: IntArray,
        numbers: IntArray | None = None,
        right: Array | None = None,
    ) -> None:
        """Show samples; ``numbers`` say what each is called, ``right`` which are predicted right."""
        self.beginResetModel()
        self._columns, self._rows, self._numbers, self._right = columns, rows, numbers, right
        self.endResetModel()

    def text(self, row: int, column: int) -> str:
        return self._columns[column].text(int(self._rows[row]))

    def to_the_right(self, column: int) -> bool:
        return self._columns[column].is_number

    def role(self, row: int, column: int) -> str:
        wrong = column == 0 and self._right is not None and not self._right[self._rows[row]]
        return "error" if wrong else "text"

    def tinted(self, column: int) -> bool:
        return column == 0

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self._columns)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        name = self._column_name if orientation is Qt.Orientation.Horizontal else self._row_name
        return name(section)

    def _column_name(self, section: int) -> str | None:
        return self._columns[section].name if section < len(self._columns) else None

    def _row_name(self, section: int) -> str | None:
        if section >= len(self._rows):
            return None
        row = int(self._rows[section])
        return f"{row:,}" if self._numbers is None else f"{int(self._numbers[row]) + 1:,}"
