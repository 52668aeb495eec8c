"""RowsModel: samples as a table, looked up cell by cell when they are painted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from nnstudio.ui.data.shown_rows import ShownRows
from nnstudio.ui.text_model import Index, TextModel

_NOTE = "Note"


class RowsModel(TextModel):
    """The columns of a sheet; before them stands what is to be said of rows, where something is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: ShownRows | None = None
        self._notes = 0

    @property
    def shown(self) -> ShownRows | None:
        """What the rows are."""
        return self._shown

    def show_rows(self, shown: ShownRows) -> None:
        """Show other samples."""
        self.beginResetModel()
        self._shown = shown
        self._notes = int(shown.has_notes)
        self.endResetModel()

    def field_of(self, column: int) -> int:
        """Return which column of the sheet a column shows; -1 for the notes."""
        return column - self._notes

    def column_of(self, name: str) -> int | None:
        """Return which column shows the column of the sheet called ``name``."""
        index = None if self._shown is None else self._shown.sheet.index(name)
        return None if index is None else index + self._notes

    def words(self, row: int) -> str:
        """Say what a row is: "Row 12, a 1, test"."""
        return "" if self._shown is None else self._shown.words(row)

    def text(self, row: int, column: int) -> str:
        assert self._shown is not None
        if column < self._notes:
            return self._shown.note(row)
        return self._shown.sheet.cell(int(self._shown.rows[row]), column - self._notes)

    def to_the_right(self, column: int) -> bool:
        assert self._shown is not None
        return column >= self._notes and self._shown.sheet.fields[column - self._notes].is_number

    def tinted(self, column: int) -> bool:
        assert self._shown is not None
        return column >= self._notes and self._shown.sheet.fields[column - self._notes].is_target

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() or self._shown is None else len(self._shown.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        if self._shown is None or parent.isValid():
            return 0
        return self._notes + len(self._shown.sheet.fields)

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
