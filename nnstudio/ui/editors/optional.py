"""OptionalEditor: a value that may be left out: a check box, and beside it the value's editor."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from nnstudio.settings import Setting
from nnstudio.ui.editors.editor import SettingEditor


class OptionalEditor(SettingEditor):
    """Unchecked it says what holds then, such as "none"; checking it begins with the first value."""

    def __init__(self, declared: Setting, kind: type[SettingEditor]) -> None:
        super().__init__(declared)
        self._box = QCheckBox(declared.absent)
        self._add(self._box, stretch=0)
        self.inner = kind(replace(declared, optional=False))
        self.line.addWidget(self.inner, 1)
        self.fields += self.inner.fields
        self._box.clicked.connect(self._switched)
        self.inner.edited.connect(self._tell)
        self.inner.refused.connect(self.refused)
        self._show_on(False)

    @property
    def refuses(self) -> bool:
        return self._box.isChecked() and self.inner.refuses

    def show_value(self, value: Any) -> None:
        if value is not None:
            self.inner.show_value(value)
        self._show_on(value is not None)

    def _show_on(self, on: bool) -> None:
        self._box.setChecked(on)
        self._box.setText("" if on else self.declared.absent)
        policy = QSizePolicy.Policy.Fixed if on else QSizePolicy.Policy.Expanding
        self._box.setSizePolicy(policy, QSizePolicy.Policy.Fixed)
        self.inner.setVisible(on)

    def _switched(self, on: bool) -> None:
        self._tell(self.declared.first_value if on else None)
        if on:
            self.inner.field.setFocus(Qt.FocusReason.TabFocusReason)
