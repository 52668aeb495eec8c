"""PairEditor: two numbers, or another fixed count of them, side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nnstudio.engine.value_words import value_words
from nnstudio.settings import Setting
from nnstudio.ui.editors.editor import SettingEditor
from nnstudio.ui.editors.numbers import number_box, show_number, typing_problem
from nnstudio.ui.widgets import label


class PairEditor(SettingEditor):
    """A box for each number, with × between."""

    def __init__(self, declared: Setting) -> None:
        super().__init__(declared)
        count = declared.length or 1
        self._shown: Any = None
        item = replace(declared, kind=declared.item)
        self._item, self._refusal = item, ""
        self._boxes = [number_box(item) for _ in range(count)]
        for number, box in enumerate(self._boxes, 1):
            if number > 1:
                self._add_word(label("×", role="text_2"))
            self._add(box, f"{declared.title}, {number} of {count}")
            box.valueChanged.connect(self._number_changed)
            box.lineEdit().textEdited.connect(self._look_at)
            box.editingFinished.connect(self._show_what_holds)

    @property
    def numbers(self) -> tuple[Any, ...]:
        """What the boxes show."""
        return tuple(box.value() for box in self._boxes)

    @property
    def refuses(self) -> bool:
        return self.declared.problem(self.numbers) is not None

    def show_value(self, value: Any) -> None:
        self._shown = value
        for box, number in zip(self._boxes, value, strict=True):
            show_number(box, number)

    def _number_changed(self) -> None:
        self._tell(self.numbers)

    def _look_at(self, typed: str) -> None:
        """Say at once what is wrong with a number that its box itself would only drop."""
        self._refusal = typing_problem(self._item, typed) or self.declared.problem(self.numbers) or ""
        self.refused.emit(self._refusal)

    def _show_what_holds(self) -> None:
        if self._refusal or self.refuses:
            sentence = self._refusal or self.declared.problem(self.numbers)
            self._refusal = ""
            self.show_value(self._shown)
            self.refused.emit(f"{sentence} It stays {value_words(self.declared, self._shown)}.")
