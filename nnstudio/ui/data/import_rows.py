"""ImportRows: the first rows of a table as they stand in its file."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from nnstudio.data.understanding import IGNORED, TARGET, ColumnSummary, TablePreview
from nnstudio.ui import theme
from nnstudio.ui.data.import_words import doubtful_zeros

Index = QModelIndex | QPersistentModelIndex

_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_NOTHING = "\N{EN DASH}"


class ImportRows(QAbstractTableModel):
    """The target stands out, what is ignored is pale, and doubtful zeros are marked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preview: TablePreview | None = None
        self._doubtful: frozenset[str] = frozenset()

    def show_preview(self, preview: TablePreview) -> None:
        """Show the rows of another preview; where they are the same ones, nothing moves."""
        before, self._doubtful = self._preview, doubtful_zeros(preview)
        if before is not None and _grid(before) == _grid(preview):
            self._preview = preview
            if preview.columns and preview.shown_count:
                last = self.index(preview.shown_count - 1, len(preview.columns) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._preview = preview
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() or self._preview is None else self._preview.shown_count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() or self._preview is None else len(self._preview.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._preview is None or not index.isValid():
            return None
        column = self._preview.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.low is not None else _LEFT
        if role == Qt.ItemDataRole.BackgroundRole:
            return theme.current().color("accent_soft") if column.role == TARGET else None
        cell = self._preview.records.cell(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return cell or _NOTHING
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell if len(cell) > 12 else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.current().color(self._ink(column, cell))
        return None

    def _ink(self, column: ColumnSummary, cell: str) -> str:
        if column.role == IGNORED:
            return "text_3"
        zero = column.name in self._doubtful and cell.strip(" 0.,") == "" and "0" in cell
        return "warning" if zero or not cell.strip() else "text"

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        words = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if self._preview is None or role not in words:
            return None
        if orientation is Qt.Orientation.Vertical:
            return f"{section + 1:,}"
        column = self._preview.columns[section]
        return column.name if role == Qt.ItemDataRole.DisplayRole else f"{column.name}: {column.role}"


def _grid(preview: TablePreview) -> tuple[object, ...]:
    return preview.shown_count, tuple(column.name for column in preview.columns)
