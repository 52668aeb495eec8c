"""ConditionRow: one line of the filter: a column, how it is compared, and with what."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from nnstudio.data.row_filter import EQUAL, MISSING, Condition, comparisons_for, condition_problem
from nnstudio.data.sheet import Field, Sheet
from nnstudio.ui.boxes import ChoiceBox
from nnstudio.ui.widgets import button, column, label, row

_FIELD_PX, _COMPARISON_PX, _VALUE_PX = 150, 96, 150
_MOST_NAMES = 500


class ConditionRow(QWidget):
    """Reports what a person wrote; a value that cannot be compared is told below it and filters nothing.

    Signals:
        edited(): A person changed something.
        removed(row): A person wants to be rid of it.
    """

    edited = Signal()
    removed = Signal(object)

    def __init__(self, sheet: Sheet, condition: Condition, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self.fields = _box("Column", _FIELD_PX)
        self.comparisons = _box("Comparison", _COMPARISON_PX)
        self.names = _box("Value", _VALUE_PX)
        self.text = QLineEdit()
        self.text.setAccessibleName("Value")
        self.text.setMinimumHeight(28)
        self.text.setFixedWidth(_VALUE_PX)
        self.text.setClearButtonEnabled(True)
        self.remove = button("", kind="ghost", icon_name="close", tip="Remove this filter")
        self._problem = label(role="error", size="caption", wrap=True)
        line = row(self.fields, self.comparisons, self.names, self.text, self.remove, None, space=6)
        self.setLayout(column(line, self._problem, space=2))
        self._show(condition)
        self.fields.activated.connect(self._change_field)
        self.comparisons.activated.connect(self._change)
        self.names.activated.connect(self._change)
        self.text.textEdited.connect(self._change)
        self.remove.clicked.connect(self._tell_removed)

    @property
    def condition(self) -> Condition:
        """What it asks for."""
        field, comparison = self._field, self.comparisons.currentText()
        named = field is not None and _offers_names(field, comparison)
        value = self.names.currentText() if named else self.text.text()
        return Condition(self.fields.currentText(), comparison, value)

    @property
    def problem(self) -> str:
        """Why it filters nothing."""
        return self._problem.text()

    def show_sheet(self, sheet: Sheet) -> None:
        """Go on with other samples, which may have other columns."""
        condition, self._sheet = self.condition, sheet
        self._show(condition)

    @property
    def _field(self) -> Field | None:
        index = self._sheet.index(self.fields.currentText())
        return None if index is None else self._sheet.fields[index]

    def _show(self, condition: Condition) -> None:
        self.fields.clear()
        self.fields.addItems([field.name for field in self._sheet.fields])
        self.fields.setCurrentText(condition.column)
        self._show_field(condition)

    def _show_field(self, condition: Condition) -> None:
        """Offer what can be asked of the column."""
        field = self._field
        self.comparisons.clear()
        self.names.clear()
        if field is not None:
            self.comparisons.addItems(comparisons_for(field))
            self.comparisons.setCurrentText(condition.comparison)
            self.names.addItems(field.categories[:_MOST_NAMES])
            self.names.setCurrentText(condition.value)
        self.text.setText(condition.value)
        self._fit()

    def _fit(self) -> None:
        field, condition = self._field, self.condition
        named = field is not None and _offers_names(field, condition.comparison)
        self.names.setVisible(named)
        self.text.setVisible(not named and condition.comparison != MISSING)
        self.text.setPlaceholderText("a number" if field is not None and field.is_number else "letters")
        self._problem.setText(condition_problem(condition, self._sheet))
        self._problem.setVisible(bool(self.problem))

    def _change_field(self) -> None:
        self._show_field(Condition(self.fields.currentText(), self.comparisons.currentText()))
        self.edited.emit()

    def _change(self) -> None:
        self._fit()
        self.edited.emit()

    def _tell_removed(self) -> None:
        self.removed.emit(self)


def _offers_names(field: Field, comparison: str) -> bool:
    return comparison == EQUAL and 0 < len(field.categories) <= _MOST_NAMES


def _box(name: str, width: int) -> QComboBox:
    box = ChoiceBox()
    box.setAccessibleName(name)
    box.setMinimumHeight(28)
    box.setFixedWidth(width)
    return box
