"""FieldsModel: the values of one row as a table of two columns."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, Qt

from nnstudio.ui.text_model import Index, TextModel

_HEADS = ("Column", "Value")


class FieldsModel(TextModel):
    """Holds names and values."""

    _fields: list[tuple[str, str]] = []

    def show_fields(self, fields: list[tuple[str, str]]) -> None:
        """Show another row."""
        self.beginResetModel()
        self._fields = fields
        self.endResetModel()

    def text(self, row: int, column: int) -> str:
        return self._fields[row][column]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self._fields)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        across = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return _HEADS[section] if across else None
