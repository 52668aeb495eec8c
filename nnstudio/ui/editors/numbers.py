"""Number editors: a whole or a real number in a spin box, told at each keystroke."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from nnstudio.engine.value_words import number_words
from nnstudio.settings import Setting
from nnstudio.ui.boxes import NumberBox, WholeBox
from nnstudio.ui.editors.editor import SettingEditor

_MOST_INT = 2**31 - 1
_LEAST_PX = 44


class NumberEditor(SettingEditor):
    """One number. One that is refused gives way to the one in force when the box is left."""

    def __init__(self, declared: Setting) -> None:
        super().__init__(declared)
        self._shown: Any = None
        self._box = number_box(declared)
        self._add(self._box)
        self._refusal = ""
        self._box.valueChanged.connect(self._tell)
        self._box.lineEdit().textEdited.connect(self._look_at)
        self._box.editingFinished.connect(self._show_what_holds)

    @property
    def refuses(self) -> bool:
        return self.declared.problem(self._box.value()) is not None

    def show_value(self, value: Any) -> None:
        self._shown = value
        show_number(self._box, value)

    def _look_at(self, typed: str) -> None:
        """Say at once what is wrong with a number that the box itself would only drop."""
        self._refusal = typing_problem(self.declared, typed)
        self.refused.emit(self._refusal)

    def _show_what_holds(self) -> None:
        if self._refusal:
            sentence, self._refusal = self._refusal, ""
            self.show_value(self._shown)
            self.refused.emit(f"{sentence} It stays {number_words(self._shown)}.")


def number_box(declared: Setting) -> WholeBox | NumberBox:
    """Return a box for a number within the bounds of ``declared``."""
    if declared.kind is float:
        box: WholeBox | NumberBox = NumberBox(declared)
    else:
        box = WholeBox()
        low = declared.minimum if declared.minimum is not None else -_MOST_INT
        high = declared.maximum if declared.maximum is not None else _MOST_INT
        box.setRange(int(low), int(high))
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.setSizePolicy(
        QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed
    )  # not as wide as its widest number
    box.setMinimumWidth(_LEAST_PX)
    return box


def show_number(box: WholeBox | NumberBox, value: Any) -> None:
    """Show ``value`` without a word; what is being typed stays as it is where it means the same."""
    if value != box.value():
        box.blockSignals(True)
        box.setValue(value)
        box.blockSignals(False)


def typing_problem(declared: Setting, typed: str) -> str:
    """Return why the number that was typed is refused; "" where it is not, or is not yet a number."""
    try:
        number = float(typed.replace(",", ".")) if declared.kind is float else int(typed)
    except ValueError:
        return ""
    return declared.problem(number) or ""
