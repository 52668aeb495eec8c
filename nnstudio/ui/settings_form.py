"""SettingsForm: edits any object that declares settings."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnstudio.settings import Setting, settings_of
from nnstudio.ui.editors import SettingEditor
from nnstudio.ui.more_section import MoreSection
from nnstudio.ui.setting_row import LABEL_PX, SettingRow
from nnstudio.ui.widgets import chain_focus

_ROW_GAP_PX = 8


class SettingsForm(QWidget):
    """One row per setting of the owner it shows; those of a value with settings of its own below its row.

    The form never changes the owner: it reports what a person did and is shown the result. Advanced settings
    stand in ``more``, which is open or closed for each class of owners as it was left.

    Signals:
        edited(name, value): A person changed a setting, or one of the value of a setting.
    """

    edited = Signal(str, object)

    def __init__(self, *, only: Collection[str] = (), label_px: int = LABEL_PX) -> None:
        super().__init__()
        self._only = only
        self._label_px = label_px
        self._owner: Any = None
        self._rows: dict[str, SettingRow] = {}
        self._advanced: list[Setting] = []
        self._opened: set[type] = set()
        self.more = MoreSection()
        self._main = QVBoxLayout()
        for column in (self._main, self.more.inside):
            column.setSpacing(_ROW_GAP_PX)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_ROW_GAP_PX)
        layout.addLayout(self._main)
        layout.addWidget(self.more)
        self.more.toggled.connect(self._remember)

    def show_owner(self, owner: Any) -> None:
        """Show the settings of ``owner``; rebuild the rows only when its type is new."""
        if type(owner) is not type(self._owner):
            self._rebuild(owner)
        self._owner = owner
        for name, row in self._rows.items():
            row.show_value(getattr(owner, name))
        self._show_changed()

    def show_problem(self, name: str, sentence: str) -> None:
        """Say below a row why its value was refused; an empty sentence takes that back."""
        self.rows[name].show_problem(sentence)

    @property
    def rows(self) -> dict[str, SettingRow]:
        """The rows by the names of their settings."""
        self._add_advanced()
        return self._rows

    def editor(self, name: str) -> SettingEditor:
        """Return the editor of a setting."""
        return self.rows[name].editor

    def take_focus(self) -> None:
        """Give the keyboard to the first setting that can be seen."""
        main = (row.editor.field for row in self._rows.values() if not row.declared.advanced)
        next(main, self.more.head).setFocus(Qt.FocusReason.OtherFocusReason)

    def chain_before_more(self, widget: QWidget) -> None:
        """Let Tab reach what stands between the main settings and ``more`` at its place."""
        main = [row for row in self._rows.values() if row.declared not in self._advanced]
        chain_focus(_fields(main)[-1], widget)

    def insert_before(self, name: str, widget: QWidget, *fields: QWidget) -> None:
        """Put a row of somebody else's above that of a main setting; ``fields`` of it take the keyboard."""
        place = self._main.indexOf(self._rows[name])
        self._main.insertWidget(place, widget)
        before = list(self._rows)[list(self._rows).index(name) - 1]
        chain_focus(self._rows[before].fields[-1], *fields, self._rows[name].fields[0])

    def _rebuild(self, owner: Any) -> None:
        for row in self._rows.values():
            row.hide()
            row.deleteLater()
        shown = [one for one in settings_of(owner) if not self._only or one.name in self._only]
        self._advanced = [one for one in shown if one.advanced and not self._only]
        self._rows = {one.name: self._new_row(one, self._main) for one in shown if one not in self._advanced}
        chain_focus(self, *_fields(self._rows.values()), self.more.head)
        self.more.setVisible(bool(self._advanced))
        self.more.show_open(type(owner) in self._opened)
        self._owner = owner
        if self.more.is_open:
            self._add_advanced()

    def _add_advanced(self) -> None:
        """Add the rows that stand in ``more``, unless they are there: most people never open it."""
        missing = [one for one in self._advanced if one.name not in self._rows]
        rows = {one.name: self._new_row(one, self.more.inside) for one in missing}
        chain_focus(self.more.head, *_fields(rows.values()))
        self._rows |= rows
        for name, row in rows.items():
            row.show_value(getattr(self._owner, name))

    def _new_row(self, declared: Setting, place: QVBoxLayout) -> SettingRow:
        row = SettingRow(declared, SettingsForm, self._label_px)
        row.edited.connect(self.edited)
        place.addWidget(row)
        return row

    def _remember(self, opened: bool) -> None:
        self._opened.discard(type(self._owner))
        if opened:
            self._opened.add(type(self._owner))
            self._add_advanced()
        self._show_changed()

    def _show_changed(self) -> None:
        """Say of a closed section how much in it is not as it is by default."""
        changed = sum(one.differs(getattr(self._owner, one.name)) for one in self._advanced)
        self.more.show_note(f"{changed} changed" if changed and not self.more.is_open else "")


def _fields(rows: Iterable[SettingRow]) -> list[QWidget]:
    return [field for row in rows for field in row.fields]
