"""Rows: plain rows of words for a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt

from nnstudio.ui.text_model import Index, TextModel


class WordRows(TextModel):
    """A head and rows of words; all columns but the first ``left`` ones hold numbers."""

    def __init__(self, left: int = 1) -> None:
        super().__init__()
        self._head: Sequence[str] = ()
        self._rows: Sequence[Sequence[str]] = ()
        self._left = left

    def show_rows(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._head, self._rows = head, rows
        self.endResetModel()

    def text(self, row: int, column: int) -> str:
        return self._rows[row][column]

    def to_the_right(self, column: int) -> bool:
        return column >= self._left

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self._head)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        across = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self._head[section] if across else None
