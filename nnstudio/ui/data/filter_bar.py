"""FilterBar: the conditions that samples have to meet, one below the other."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnstudio.data.row_filter import MOST_CONDITIONS, Condition
from nnstudio.data.sheet import Sheet
from nnstudio.ui.data.condition_row import ConditionRow


class FilterBar(QWidget):
    """A handful of lines at most; none at first.

    Signals:
        edited(): A person changed what they ask for.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: Sheet | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self._rows: list[ConditionRow] = []
        self.hide()

    @property
    def rows(self) -> list[ConditionRow]:
        """The lines."""
        return self._rows

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What samples have to meet; lines with a problem ask for nothing."""
        return tuple(row.condition for row in self._rows if not row.problem)

    @property
    def full(self) -> bool:
        """Whether there is no room for more."""
        return len(self._rows) >= MOST_CONDITIONS

    def show_sheet(self, sheet: Sheet) -> None:
        """Filter other samples; lines about columns that they lack go."""
        if self._sheet is not None and sheet.fields == self._sheet.fields:
            self._sheet = sheet
            return
        self._sheet = sheet
        for row in list(self._rows):
            if sheet.index(row.condition.column) is None:
                self._drop(row)
            else:
                row.show_sheet(sheet)

    def add(self) -> None:
        """Add a line and give it the keyboard."""
        if self._sheet is None or self.full:
            return
        added = ConditionRow(self._sheet, Condition(self._sheet.fields[0].name))
        added.edited.connect(self.edited)
        added.removed.connect(self._remove)
        self._rows.append(added)
        self._layout.addWidget(added)
        added.show()  # at once, so that it can take the keyboard
        self.show()
        added.fields.setFocus()
        self.edited.emit()

    def clear(self) -> None:
        """Ask for nothing any more."""
        for row in list(self._rows):
            self._drop(row)

    def _remove(self, row: ConditionRow) -> None:
        self._drop(row)
        self.edited.emit()

    def _drop(self, row: ConditionRow) -> None:
        self._rows.remove(row)
        self._layout.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.setVisible(bool(self._rows))
