"""RowForm: the fields of one row that a person makes up."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from nnstudio.data.arrays import Array
from nnstudio.data.new_row import RowField
from nnstudio.ui.boxes import ChoiceBox
from nnstudio.ui.prediction.number_field import NumberField
from nnstudio.ui.widgets import label

_LABEL_PX, _HEIGHT_PX = 120, 28


class RowForm(QWidget):
    """Numbers and choices, one below the other; holds the row that they show.

    Signals:
        edited(): A person changed a field; `inputs` have it.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._fields: tuple[RowField, ...] = ()
        self._shown: list[QWidget] = []
        self.editors: dict[str, NumberField | ChoiceBox] = {}
        self.inputs: Array | None = None

    def show_fields(self, fields: tuple[RowField, ...]) -> None:
        """Show other fields, where they are others."""
        if fields == self._fields:
            return
        self._fields, self.inputs = fields, None
        for old in self._shown:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown = []
        self.editors = {}
        for line, field in enumerate(fields):
            self._add(line, field)

    def show_row(self, x: Array) -> None:
        """Show the raw inputs ``x`` (inputs,)."""
        self.inputs = x
        for field in self._fields:
            editor, value = self.editors[field.name], field.value(x)
            if isinstance(editor, NumberField):
                editor.show_value(float(value))
            else:
                editor.setCurrentText(str(value))

    @property
    def unusual(self) -> list[str]:
        """The names of the fields whose value lies far from what was learnt."""
        x = self.inputs
        return [field.name for field in self._fields if x is not None and field.unusual(field.value(x))]

    def _add(self, line: int, field: RowField) -> None:
        title = label(field.name, role="text_2", wrap=True)
        title.setFixedWidth(_LABEL_PX)
        title.setToolTip(f"{field.name}: {field.range_words} in training")
        editor: NumberField | ChoiceBox
        if field.categories:
            editor = ChoiceBox()
            editor.addItems(field.categories)
            editor.activated.connect(self._take)
        else:
            editor = NumberField(field)
            editor.edited.connect(self._take)
        editor.setMinimumHeight(_HEIGHT_PX)
        editor.setMinimumWidth(0)
        editor.setAccessibleName(field.name)
        editor.setToolTip(title.toolTip())
        title.setBuddy(editor)
        self._grid.addWidget(title, line, 0)
        self._grid.addWidget(editor, line, 1)
        self._shown += [title, editor]
        self.editors[field.name] = editor

    def _take(self) -> None:
        """Take over what all fields show."""
        if self.inputs is None:
            return
        for field in self._fields:
            editor = self.editors[field.name]
            value = editor.number if isinstance(editor, NumberField) else editor.currentText()
            if field.value(self.inputs) != value:
                self.inputs = field.changed(self.inputs, value)
        self.edited.emit()
