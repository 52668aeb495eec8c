"""RowsModel: samples as a table, looked up cell by cell when they are painted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from nnstudio.ui import theme
from nnstudio.ui.data.shown_rows import ShownRows

Index = QModelIndex | QPersistentModelIndex

_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_NOTE = "Note"


class RowsModel(QAbstractTableModel):
    """The columns of a sheet; before them stands what is to be said of rows, where something is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: ShownRows | None = None
        self._notes = 0
        self._tint: Any = None

    @property
    def shown(self) -> ShownRows | None:
        """What the rows are."""
        return self._shown

    def show_rows(self, shown: ShownRows) -> None:
        """Show other samples."""
        self.beginResetModel()
        self._shown = shown
        self._notes = int(shown.has_notes)
        self.follow_theme()
        self.endResetModel()

    def follow_theme(self) -> None:
        """Tint the target in the colours of now."""
        self._tint = theme.current().color("accent_soft")
        self._tint.setAlphaF(0.45)

    def field_of(self, column: int) -> int:
        """Return which column of the sheet a column shows; -1 for the notes."""
        return column - self._notes

    def words(self, row: int) -> str:
        """Say what a row is: "Row 12, a 1, test"."""
        return "" if self._shown is None else self._shown.words(row)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() or self._shown is None else len(self._shown.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        if self._shown is None or parent.isValid():
            return 0
        return self._notes + len(self._shown.sheet.fields)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._shown is None or not index.isValid():
            return None
        column = index.column() - self._notes
        if role == Qt.ItemDataRole.DisplayRole:
            if column < 0:
                return self._shown.note(index.row())
            return self._shown.sheet.cell(int(self._shown.rows[index.row()]), column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column >= 0 and self._shown.sheet.fields[column].is_number else _LEFT
        if role == Qt.ItemDataRole.BackgroundRole and column >= 0:
            return self._tint if self._shown.sheet.fields[column].is_target else None
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if self._shown is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if orientation is Qt.Orientation.Vertical:
            inside = 0 <= section < len(self._shown.rows)
            return f"{self._shown.part.number(int(self._shown.rows[section])):,}" if inside else None
        column = section - self._notes
        if column < 0:
            return _NOTE
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(column)
        return self._shown.sheet.fields[column].name

    def _tip(self, column: int) -> str:
        assert self._shown is not None
        field = self._shown.sheet.fields[column]
        kind = "names" if field.categories else "text" if field.is_text else "numbers"
        what = f"{field.name}: {kind}, the target" if field.is_target else f"{field.name}: {kind}"
        return f"{what}\nClick to sort and to measure the column (Alt+Up, Alt+Down)"
