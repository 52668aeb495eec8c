"""SettingEditor: what every editor of a setting is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from nnstudio.settings import Setting

_HEIGHT_PX = 28


class SettingEditor(QWidget):
    """Shows and changes the value of one setting.

    ``fields`` are what takes the keyboard, in order; ``field`` is the first of them.

    Signals:
        edited(value): A person changed it to a value that the declaration allows.
        refused(sentence): What a person entered is refused, and why; "" when it is no longer so.
    """

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, declared: Setting) -> None:
        super().__init__()
        self.declared = declared
        self.fields: list[QWidget] = []
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(6)

    @property
    def field(self) -> QWidget:
        """The first that takes the keyboard."""
        return self.fields[0]

    @property
    def refuses(self) -> bool:
        """Whether what it shows at the moment is not taken."""
        return False

    def show_value(self, value: Any) -> None:
        """Show ``value``; emits nothing."""
        raise NotImplementedError

    def _add(self, field: QWidget, name: str = "", stretch: int = 1) -> None:
        """Put a field at the end of the line."""
        field.setMinimumHeight(_HEIGHT_PX)
        field.setAccessibleName(name or self.declared.title)
        field.setToolTip(self.declared.help)
        self.line.addWidget(field, stretch)
        self.fields.append(field)

    def _add_word(self, word: QLabel) -> None:
        """Put what is only to be read at the end of the line."""
        self.line.addWidget(word)

    def _tell(self, value: Any) -> None:
        """Tell the value if it is allowed, or else why it is refused: the old one stays in force."""
        sentence = self.declared.problem(value) or ""
        self.refused.emit(sentence)
        if not sentence:
            self.edited.emit(value)
