"""Setting editors: one small widget for each kind of setting."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QWidget

from nnstudio.settings import Setting
from nnstudio.ui.boxes import ChoiceBox, NumberBox, WholeBox

_HEIGHT_PX = 28
_MOST_INT = 2**31 - 1


class SettingEditor(QWidget):
    """Shows and changes the value of one setting.

    Signals:
        edited(value): A person changed it to a value that the declaration allows.
    """

    edited = Signal(object)

    def __init__(self, declared: Setting, field: QWidget) -> None:
        super().__init__()
        self.declared = declared
        self.field = field
        field.setMinimumHeight(_HEIGHT_PX)
        field.setAccessibleName(declared.title)
        field.setToolTip(declared.help)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(field)
        self.setFocusProxy(field)

    def show_value(self, value: Any) -> None:
        """Show ``value``; emits nothing."""
        raise NotImplementedError

    def _tell(self, value: Any) -> None:
        if self.declared.problem(value) is None:
            self.edited.emit(value)


class _SpinEditor(SettingEditor):
    """A number in a spin box; told at each keystroke."""

    def __init__(self, declared: Setting, spin: WholeBox | NumberBox) -> None:
        super().__init__(declared, spin)
        self._spin = spin
        spin.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        spin.valueChanged.connect(self._tell)

    def show_value(self, value: Any) -> None:
        if value != self._spin.value():
            self._spin.blockSignals(True)
            self._spin.setValue(value)
            self._spin.blockSignals(False)


class IntEditor(_SpinEditor):
    """A whole number."""

    def __init__(self, declared: Setting) -> None:
        spin = WholeBox()
        low = declared.minimum if declared.minimum is not None else -_MOST_INT
        high = declared.maximum if declared.maximum is not None else _MOST_INT
        spin.setRange(int(low), int(high))
        super().__init__(declared, spin)


class FloatEditor(_SpinEditor):
    """A real number."""

    def __init__(self, declared: Setting) -> None:
        super().__init__(declared, NumberBox(declared))


class BoolEditor(SettingEditor):
    """Yes or no."""

    def __init__(self, declared: Setting) -> None:
        self._box = QCheckBox()
        super().__init__(declared, self._box)
        self._box.clicked.connect(self._tell)

    def show_value(self, value: Any) -> None:
        self._box.setChecked(value)


class ChoiceEditor(SettingEditor):
    """One of several words, or an instance of one of several classes."""

    def __init__(self, declared: Setting) -> None:
        self._combo = ChoiceBox()
        self._shown: Any = None
        self._combo.addItems([choice_words(choice) for choice in declared.choices])
        super().__init__(declared, self._combo)
        self._combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._combo.setMinimumContentsLength(6)
        self._combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._combo.activated.connect(self._chosen)

    def show_value(self, value: Any) -> None:
        self._shown = value
        choices = self.declared.choices
        choice = value if value in choices else type(value)
        self._combo.setCurrentIndex(choices.index(choice) if choice in choices else -1)

    def _chosen(self, index: int) -> None:
        choice = self.declared.choices[index]
        if choice in (self._shown, type(self._shown)):
            return  # the same again; its own settings stay
        self._tell(choice() if isinstance(choice, type) else choice)


class TextEditor(SettingEditor):
    """A text; told when it is complete."""

    def __init__(self, declared: Setting) -> None:
        self._line = QLineEdit()
        super().__init__(declared, self._line)
        self._line.editingFinished.connect(self._finished)
        self._shown = ""

    def show_value(self, value: Any) -> None:
        self._shown = value
        if value != self._line.text():
            self._line.setText(value)

    def _finished(self) -> None:
        if self._line.text() != self._shown:
            self._shown = self._line.text()
            self._tell(self._shown)


def choice_words(choice: Any) -> str:
    """Return what a person reads for a choice: "Glorot uniform" for the class GlorotUniform."""
    if isinstance(choice, str):
        return choice
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", choice.__name__)
    first, *rest = words.split(" ")
    return " ".join([first, *(word.lower() for word in rest)])


_EDITORS: dict[type, type[SettingEditor]] = {
    int: IntEditor,
    float: FloatEditor,
    bool: BoolEditor,
    str: TextEditor,
}


def editor_for(declared: Setting) -> SettingEditor:
    """Return the editor that fits a setting's kind."""
    if declared.choices:
        return ChoiceEditor(declared)
    return _EDITORS[declared.kind](declared)  # type: ignore[call-arg]
