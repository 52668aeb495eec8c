"""SamplesModel: predictions and inputs of samples as a table, looked up when they are painted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from nnstudio.ui.prediction.shown_samples import ShownSamples
from nnstudio.ui.text_model import Index, TextModel


class SamplesModel(TextModel):
    """The first column holds what is predicted; it is in the colour of errors where that is wrong."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = ShownSamples()

    @property
    def shown(self) -> ShownSamples:
        """What the rows are."""
        return self._shown

    def show_samples(self, shown: ShownSamples) -> None:
        """Show other samples."""
        self.beginResetModel()
        self._shown = shown
        self.endResetModel()

    def text(self, row: int, column: int) -> str:
        return self._shown.columns[column].text(int(self._shown.rows[row]))

    def to_the_right(self, column: int) -> bool:
        return self._shown.columns[column].is_number

    def role(self, row: int, column: int) -> str:
        right = self._shown.right
        wrong = column == 0 and right is not None and not right[self._shown.rows[row]]
        return "error" if wrong else "text"

    def tinted(self, column: int) -> bool:
        return column == 0

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self._shown.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self._shown.columns)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        name = self._column_name if orientation is Qt.Orientation.Horizontal else self._row_name
        return name(section)

    def _column_name(self, section: int) -> str | None:
        return self._shown.columns[section].name if section < len(self._shown.columns) else None

    def _row_name(self, section: int) -> str | None:
        if section >= len(self._shown.rows):
            return None
        row, numbers = int(self._shown.rows[section]), self._shown.numbers
        return f"{1 + (row if numbers is None else int(numbers[row])):,}"
