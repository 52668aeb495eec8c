"""TextModel: rows of texts, looked up when they are painted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex


class TextModel(QAbstractTableModel):
    """What a `TextTable` paints; it and Qt get the same answers."""

    def text(self, row: int, column: int) -> str:
        """Return what stands in a cell."""
        raise NotImplementedError

    def to_the_right(self, column: int) -> bool:
        """Return whether a column holds numbers, which stand at the right."""
        return False

    def tinted(self, column: int) -> bool:
        """Return whether a column stands out."""
        return False

    def role(self, row: int, column: int) -> str:
        """Return the role of the colour of a text."""
        return "text"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.text(index.row(), index.column()) or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = (
                Qt.AlignmentFlag.AlignRight
                if self.to_the_right(index.column())
                else Qt.AlignmentFlag.AlignLeft
            )
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None
