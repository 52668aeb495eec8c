"""ListEditor: any number of numbers, written in a line with commas between."""

from __future__ import annotations

import math
import re
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit

from nnstudio.engine.value_words import value_words
from nnstudio.settings import Setting
from nnstudio.ui.editors.editor import SettingEditor

_BETWEEN = re.compile(r"[,;\s]+")
_AROUND = " \t()[]"
_WHOLE = re.compile(r"[+-]?\d+")
_EXAMPLE = {int: (3, 3, 1), float: (0.5, 1.0, 2.0)}


class ListEditor(SettingEditor):
    """Told at each keystroke that leaves numbers; what is none is refused, and gone when the line is left."""

    def __init__(self, declared: Setting) -> None:
        super().__init__(declared)
        self._shown: Any = None
        self._line = _Line()
        self._example = value_words(declared, declared.default or _EXAMPLE[declared.item])
        self._line.setPlaceholderText(self._example)
        self._add(self._line)
        self._line.textEdited.connect(self._read)
        self._line.left.connect(self._show_what_holds)

    @property
    def numbers(self) -> tuple[Any, ...] | None:
        """What is written; None where something in it is no number."""
        return numbers_in(self._line.text(), self.declared.item)

    @property
    def refuses(self) -> bool:
        return self.numbers is None or self.declared.problem(self.numbers) is not None

    def show_value(self, value: Any) -> None:
        if value != self._shown and value != self.numbers:
            self._write(value)
        self._shown = value

    def _read(self, text: str) -> None:
        numbers = self.numbers
        if numbers is None:
            self.refused.emit(self._sentence(text))
        elif numbers != self._shown:
            self._tell(numbers)
        else:
            self.refused.emit("")

    def _sentence(self, text: str) -> str:
        kind = "whole numbers" if self.declared.item is int else "numbers"
        wrong = next(part for part in _parts(text) if number_in(part, self.declared.item) is None)
        return f'{self.declared.title} takes {kind} such as {self._example}. "{wrong}" is none.'

    def _show_what_holds(self) -> None:
        if self.refuses:
            self._write(self._shown)
            self.refused.emit("")

    def _write(self, value: Any) -> None:
        self._line.setText("" if value is None else value_words(self.declared, value))


class _Line(QLineEdit):
    """A line that says when the keyboard leaves it.

    Signals:
        left(): The keyboard is elsewhere now.
    """

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusOutEvent(event)
        self.left.emit()


def numbers_in(text: str, kind: type) -> tuple[Any, ...] | None:
    """Return the numbers of ``kind`` that ``text`` lists; None where something in it is none."""
    numbers = [number_in(part, kind) for part in _parts(text)]
    return None if None in numbers else tuple(numbers)


def number_in(word: str, kind: type) -> Any:
    """Return the number that ``word`` is; None where it is none."""
    if kind is int:
        return int(word) if _WHOLE.fullmatch(word) else None
    try:
        number = float(word)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _parts(text: str) -> list[str]:
    return [part for part in _BETWEEN.split(text.strip(_AROUND)) if part]
