"""RowsView: the table of samples that are not images."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from nnstudio.data.selection import Order
from nnstudio.ui.data.rows_model import RowsModel
from nnstudio.ui.data.shown_rows import ShownRows
from nnstudio.ui.text_table import TextTable

_ALT_STEPS = {Qt.Key.Key_Up: False, Qt.Key.Key_Down: True}


class RowsView(TextTable):
    """Shows a `RowsModel`; Ctrl+C copies the selected rows, Alt+Up and Alt+Down sort by the current column.

    Signals:
        chosen(words): The current row changed; in words, "" for none.
        ordered(Order): A person wants another order; None for that of the data.
        column_chosen(index): A person looks at another column of the sheet.
        copy_asked(shown, places): A person wants some of the shown rows on the clipboard.
    """

    chosen = Signal(str)
    ordered = Signal(object)
    column_chosen = Signal(int)
    copy_asked = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.rows = RowsModel()
        super().__init__(self.rows, "Samples", parent)
        self._columns: object = None
        self.horizontalHeader().sectionClicked.connect(self._turn)
        self.selectionModel().currentChanged.connect(self._tell)

    def show_rows(self, shown: ShownRows) -> None:
        """Show other samples, from the first one on."""
        self.rows.show_rows(shown)
        order = shown.order
        self.show_sorting(
            None if order is None else self.rows.column_of(order.column), bool(order and order.descending)
        )
        columns = (shown.has_notes, shown.sheet.fields)
        if columns != self._columns:
            self._columns = columns
            self.fit_columns()
        self.scrollToTop()

    def _turn(self, column: int) -> None:
        """Sort by a column, then the other way round, then not at all."""
        shown, index = self.rows.shown, self.rows.field_of(column)
        if shown is None or index < 0:
            return
        name, order = shown.sheet.fields[index].name, shown.order
        self.column_chosen.emit(index)
        if order is None or order.column != name:
            self.ordered.emit(Order(name))
        else:
            self.ordered.emit(None if order.descending else Order(name, True))

    def _tell(self, current: QModelIndex, before: QModelIndex) -> None:
        self.chosen.emit(self.rows.words(current.row()) if current.isValid() else "")
        index = self.rows.field_of(current.column())
        if current.isValid() and current.column() != before.column() and index >= 0:
            self.column_chosen.emit(index)

    def _copy(self) -> None:
        if self.rows.shown is not None and (chosen := self.chosen_rows):
            self.copy_asked.emit(self.rows.shown, chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key, shown = Qt.Key(event.key()), self.rows.shown
        index = self.rows.field_of(self.currentIndex().column())
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.modifiers() == Qt.KeyboardModifier.AltModifier and key in _ALT_STEPS and index >= 0:
            assert shown is not None
            self.ordered.emit(Order(shown.sheet.fields[index].name, _ALT_STEPS[key]))
        else:
            super().keyPressEvent(event)
