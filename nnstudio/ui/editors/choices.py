"""Choice editors: one of several words or classes; yes or no; whether at all."""

from __future__ import annotations

import dataclasses
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox

from nnstudio.engine.value_words import choice_words
from nnstudio.settings import Setting
from nnstudio.ui.boxes import ChoiceBox
from nnstudio.ui.editors.editor import SettingEditor


class ChoiceEditor(SettingEditor):
    """One of several words, or an instance of one of several classes; where there may be none, that first."""

    def __init__(self, declared: Setting) -> None:
        super().__init__(declared)
        self._box = ChoiceBox()
        self._shown: Any = None
        self._choices: tuple[Any, ...] = ()
        self._add(self._box)
        self._box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._box.setMinimumContentsLength(6)
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.activated.connect(self._chosen)
        self.show_choices((None, *declared.choices) if declared.optional else declared.choices)

    def show_choices(self, choices: tuple[Any, ...], others: tuple[Any, ...] = ()) -> None:
        """Offer ``choices``, and below a line ``others``."""
        if (wanted := (*choices, *others)) == self._choices:
            return
        self._choices = wanted
        self._box.clear()
        for choice in wanted:
            words = self.declared.absent if choice is None else choice_words(choice)
            self._box.addItem(words, self._choices.index(choice))
            self._box.setItemData(self._box.count() - 1, _tip(choice), Qt.ItemDataRole.ToolTipRole)
        if choices and others:
            self._box.insertSeparator(len(choices))
        self.show_value(self._shown)

    def show_value(self, value: Any) -> None:
        self._shown = value
        self._box.setToolTip("\n".join(filter(None, (self.declared.help, _tip(type(value))))))
        index = next((i for i, choice in enumerate(self._choices) if _is(value, choice)), -1)
        self._box.setCurrentIndex(self._box.findData(index) if index >= 0 else -1)

    def _chosen(self) -> None:
        choice = self._choices[self._box.currentData()]
        if not _is(self._shown, choice):  # the same again keeps its own settings
            self._tell(choice() if isinstance(choice, type) else choice)


class YesEditor(SettingEditor):
    """Yes or no."""

    def __init__(self, declared: Setting) -> None:
        super().__init__(declared)
        self._box = QCheckBox()
        self._add(self._box)
        self._box.clicked.connect(self._tell)

    def show_value(self, value: Any) -> None:
        self._box.setChecked(value)


class SwitchEditor(SettingEditor):
    """Whether to have the only choice at all."""

    def __init__(self, declared: Setting) -> None:
        super().__init__(declared)
        self._box = QCheckBox()
        self._add(self._box)
        self._box.clicked.connect(self._switched)

    def show_value(self, value: Any) -> None:
        self._box.setChecked(value is not None)

    def _switched(self, on: bool) -> None:
        self._tell(self.declared.first_value if on else None)


def _tip(choice: Any) -> str:
    """Return the sentence that says what a class of values is; "" for other choices."""
    return (choice.__doc__ or "").strip().split("\n")[0] if dataclasses.is_dataclass(choice) else ""


def _is(value: Any, choice: Any) -> bool:
    return type(value) is choice if isinstance(choice, type) else value == choice
