"""SettingsForm: edits any object that declares settings."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from nnstudio.settings import Setting, settings_of
from nnstudio.ui.setting_editors import SettingEditor, editor_for
from nnstudio.ui.widgets import label

_LABEL_PX = 116
_ROW_GAP_PX = 8


class SettingsForm(QWidget):
    """One row per setting of the owner it shows.

    The form never changes the owner: it reports what a person did and is shown the result.

    Signals:
        edited(name, value): A person changed a setting.
    """

    edited = Signal(str, object)

    def __init__(self, *, only: Collection[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._only = only
        self._owner_type: type | None = None
        self._editors: dict[str, SettingEditor] = {}
        self._problems: dict[str, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnMinimumWidth(0, _LABEL_PX)
        self._grid.setColumnStretch(1, 1)

    def show_owner(self, owner: Any) -> None:
        """Show the settings of ``owner``; rebuild the rows only when its type is new."""
        if type(owner) is not self._owner_type:
            self._rebuild(type(owner))
        for name, editor in self._editors.items():
            editor.show_value(getattr(owner, name))
            self.show_problem(name, "")

    def show_problem(self, name: str, sentence: str) -> None:
        """Say below a row why its value was refused; an empty sentence takes that back."""
        self._problems[name].setText(sentence)
        self._problems[name].setVisible(bool(sentence))

    def editor(self, name: str) -> SettingEditor:
        """Return the editor of a setting."""
        return self._editors[name]

    def _rebuild(self, owner_type: type) -> None:
        self._owner_type = owner_type
        self._editors.clear()
        self._problems.clear()
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        shown = [one for one in settings_of(owner_type) if not self._only or one.name in self._only]
        for index, declared in enumerate(shown):
            self._add_row(2 * index, declared)

    def _add_row(self, line: int, declared: Setting) -> None:
        editor = editor_for(declared)
        editor.edited.connect(partial(self.edited.emit, declared.name))
        problem = label(role="error", size="caption", wrap=True)
        problem.hide()
        self._editors[declared.name] = editor
        self._problems[declared.name] = problem
        self._grid.addWidget(_titled(declared, editor), line, 0)
        self._grid.addWidget(editor, line, 1)
        self._grid.addWidget(problem, line + 1, 1)
        self._grid.setRowMinimumHeight(line, 28 + _ROW_GAP_PX)


def _titled(declared: Setting, editor: SettingEditor) -> QWidget:
    """Return the row's label with a "?" that tells what the setting does."""
    title = label(declared.title, role="text_2")
    title.setBuddy(editor.field)
    title.setToolTip(declared.help)
    mark = label("?", role="text_3", size="caption")
    mark.setToolTip(declared.help)
    mark.setAccessibleName(declared.help)
    mark.setCursor(Qt.CursorShape.WhatsThisCursor)
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(5)
    layout.addWidget(title)
    layout.addWidget(mark)
    layout.addStretch(1)
    return holder
