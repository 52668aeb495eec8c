"""AxisRow: one setting of a sweep: what it is, the values as a line of text, and what they come to."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from nnstudio.experiments.sweep.draft import AxisDraft
from nnstudio.ui.widgets import button, chain_focus, column, label, row

_RANGES = "a list such as 16, 32, 64, a range 16..128 step 16, or 1e-4..1e-1 log 4"
_CHOICES = "a list with commas between, or all"


class AxisRow(QWidget):
    """Reports what a person writes, and says below what that comes to.

    Signals:
        edited(path, text): A person writes.
        removed(path): A person wants to leave the setting as it is.
        finished(): A person pressed Enter.
    """

    edited = Signal(str, str)
    removed = Signal(str)
    finished = Signal()

    def __init__(self, axis: AxisDraft) -> None:
        super().__init__()
        self.path = axis.setting.path
        title = label(axis.setting.title, size="strong")
        now = label(f"now {axis.setting.words}", role="text_3", size="caption")
        self.line = QLineEdit(axis.text)
        self.line.setMinimumHeight(28)
        self.line.setAccessibleName(f"Values of {axis.setting.title}")
        declared = axis.setting.declared
        form = _CHOICES if declared.choices or declared.kind is bool else _RANGES
        self.line.setToolTip(f"{declared.help} Write {form}.")
        title.setToolTip(declared.help)
        self.remove = button("", kind="ghost", icon_name="close", tip=f"Do not vary {axis.setting.title}")
        self.words = label(role="text_2", size="caption", wrap=True)
        head = row(title, now, None, space=8)
        self.setLayout(column(head, row(self.line, self.remove, space=4), self.words, space=3))
        chain_focus(self.line, self.remove)
        self.line.textEdited.connect(self._tell)
        self.line.returnPressed.connect(self.finished)
        self.remove.clicked.connect(self._remove)
        self.show_axis(axis)

    def show_axis(self, axis: AxisDraft) -> None:
        """Show what the text comes to, or what is wrong with it; emits nothing."""
        if axis.text != self.line.text():
            self.line.setText(axis.text)
        self.words.setText(axis.problem or axis.words)
        self.words.setProperty("role", "error" if axis.problem else "text_2")
        self.words.style().polish(self.words)

    def take_focus(self) -> None:
        """Let a person write over all that is there."""
        self.line.setFocus(Qt.FocusReason.TabFocusReason)
        self.line.selectAll()

    def _tell(self, text: str) -> None:
        self.edited.emit(self.path, text)

    def _remove(self) -> None:
        self.removed.emit(self.path)
