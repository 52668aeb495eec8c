"""TextEditor: a text in a line, told when it is complete."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit

from nnstudio.settings import Setting
from nnstudio.ui.editors.editor import SettingEditor


class TextEditor(SettingEditor):
    """A text; told when it is complete."""

    def __init__(self, declared: Setting) -> None:
        super().__init__(declared)
        self._shown = ""
        self._line = QLineEdit()
        self._add(self._line)
        self._line.editingFinished.connect(self._finished)

    def show_value(self, value: Any) -> None:
        self._shown = value
        if value != self._line.text():
            self._line.setText(value)

    def _finished(self) -> None:
        if self._line.text() != self._shown:
            self._shown = self._line.text()
            self._tell(self._shown)
