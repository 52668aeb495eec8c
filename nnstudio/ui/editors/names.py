"""Editors of names: some of those that there are, to tick, or any, written in a line with commas between."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from nnstudio.settings import Setting
from nnstudio.ui.editors.editor import SettingEditor

_ROW_PX, _MOST_ROWS = 22, 6


class NamesEditor(SettingEditor):
    """Names in a line; told when it is complete. Blanks around a name, and empty names, mean nothing."""

    def __init__(self, declared: Setting) -> None:
        super().__init__(declared)
        self._shown: tuple[str, ...] = ()
        self._line = QLineEdit()
        self._line.setPlaceholderText(declared.absent)
        self._add(self._line)
        self._line.editingFinished.connect(self._finished)

    def show_value(self, value: Any) -> None:
        if value != self._names():
            self._line.setText(", ".join(value))
        self._shown = value

    def show_example(self, names: tuple[str, ...]) -> None:
        """Say what holds while the line is empty."""
        self._line.setPlaceholderText(", ".join(names) or self.declared.absent)

    def _names(self) -> tuple[str, ...]:
        return tuple(filter(None, (name.strip() for name in self._line.text().split(","))))

    def _finished(self) -> None:
        if self._names() != self._shown:
            self._tell(self._names())


class TicksEditor(SettingEditor):
    """A list to tick; names that are ticked but not offered stay, unseen."""

    def __init__(self, declared: Setting) -> None:
        super().__init__(declared)
        self._shown: tuple[str, ...] = ()
        self._names: tuple[str, ...] = ()
        self.list = QListWidget()
        self._add(self.list)
        self.list.itemChanged.connect(self._ticked)

    def show_choices(self, names: tuple[str, ...]) -> None:
        """Offer ``names``."""
        if names == self._names:
            return
        self._names = names
        self.list.blockSignals(True)
        self.list.clear()
        for name in names:
            item = QListWidgetItem(name, self.list)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setToolTip(name)
        self.list.blockSignals(False)
        self.list.setFixedHeight(_ROW_PX * min(max(1, len(names)), _MOST_ROWS) + 6)
        self.show_value(self._shown)

    def show_value(self, value: Any) -> None:
        self._shown = value
        self.list.blockSignals(True)
        for index in range(self.list.count()):
            item = self.list.item(index)
            item.setCheckState(Qt.CheckState.Checked if item.text() in value else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)

    def _ticked(self, item: QListWidgetItem) -> None:
        others = [name for name in self._shown if name != item.text()]
        wanted = {*others, item.text()} if item.checkState() is Qt.CheckState.Checked else set(others)
        known = [name for name in self._names if name in wanted]
        self._tell((*known, *(name for name in others if name not in self._names)))
