"""SettingRow: one setting in a form: label, editor, the way back to the default, and what is wrong.

Below it, indented, stand the settings that its value has of its own.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QToolButton, QWhatsThis, QWidget

from nnstudio.engine.value_words import short_words
from nnstudio.settings import Setting, settings_of
from nnstudio.ui.editors import editor_for
from nnstudio.ui.icons import icon
from nnstudio.ui.widgets import chain_focus, label, panel, row

if TYPE_CHECKING:
    from nnstudio.ui.settings_form import SettingsForm

LABEL_PX = 124
_INDENT_PX = 12
_GAP_PX = 4
_RESET_PX, _SPACE_PX = 18, 4
_INNER_GAP_PX = 6
_MOST_PX = 10_000


class SettingRow(QWidget):
    """Reports what a person did to the setting, and is shown the result.

    Signals:
        edited(name, value): A person changed the setting.
    """

    edited = Signal(str, object)

    def __init__(self, declared: Setting, inner: type[SettingsForm], label_px: int = LABEL_PX) -> None:
        super().__init__()
        self.declared = declared
        self._inner_type = inner
        self._value: Any = None
        self._label_px = label_px
        self.inner: SettingsForm | None = None
        self._nest: QFrame | None = None
        self.editor = editor_for(declared)
        self.reset = _reset_button(declared)
        self._mark = _Mark(declared.help)
        self._refusal = label(role="error", size="caption", wrap=True)
        self._refusal.hide()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP_PX)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self._title(label_px), 0, 0)
        self._grid.addWidget(self.editor, 0, 1)
        self._grid.addWidget(self._refusal, 1, 1)
        chain_focus(self, *self.fields)
        self.editor.edited.connect(self._tell)
        self.editor.refused.connect(self.show_problem)
        self.reset.clicked.connect(self._reset)

    @property
    def fields(self) -> list[QWidget]:
        """What takes the keyboard, in order, but for the settings of the value."""
        return [*self.editor.fields, self.reset]

    @property
    def differs(self) -> bool:
        """Whether the value is another than the default, where there is one worth going back to."""
        return self.declared.differs(self._value)

    def show_value(self, value: Any) -> None:
        """Show ``value``; emits nothing."""
        changed, self._value = value != self._value, value
        self.editor.show_value(value)
        self.reset.setVisible(self.differs)
        self._mark.setVisible(not self.differs)
        if changed and not self.editor.refuses:
            self.show_problem("")
        self._show_inner(value)

    def show_problem(self, sentence: str) -> None:
        """Say below the editor why a value was refused; an empty sentence takes that back."""
        self._refusal.setText(sentence)
        self._refusal.setVisible(bool(sentence))

    @property
    def problem(self) -> str:
        """What is said below the editor."""
        return self._refusal.text()

    def _title(self, label_px: int) -> QWidget:
        """Return the label, at its right the "?" that tells what the setting does, or the way back."""
        title = label(self.declared.title, role="text_2")
        title.setBuddy(self.editor.field)
        title.setToolTip(self.declared.help)
        holder = QWidget()
        holder.setFixedWidth(label_px)
        holder.setLayout(row(title, self._mark, None, self.reset, space=_SPACE_PX))
        _wrap_if_long(title, label_px - _RESET_PX - _SPACE_PX)
        return holder

    def _show_inner(self, value: Any) -> None:
        has_settings = dataclasses.is_dataclass(value) and bool(settings_of(value))
        if has_settings and self.inner is None:
            self.inner = self._new_inner()
        if self._nest is not None and self.inner is not None:
            self._nest.setVisible(has_settings)
            if has_settings:
                self.inner.show_owner(value)

    def _new_inner(self) -> SettingsForm:
        form = self._inner_type(label_px=self._label_px - _INDENT_PX)
        form.edited.connect(self._change_inner)
        self._nest = panel("nest")
        self._nest.setLayout(row(form, margins=(_INDENT_PX - 2, _INNER_GAP_PX, 0, 0)))
        self._grid.addWidget(self._nest, 2, 0, 1, 2)
        chain_focus(self.reset, form)
        return form

    def _change_inner(self, name: str, value: Any) -> None:
        self._tell(dataclasses.replace(self._value, **{name: value}))

    def _tell(self, value: Any) -> None:
        self.edited.emit(self.declared.name, value)

    def _reset(self) -> None:
        self.editor.field.setFocus(Qt.FocusReason.OtherFocusReason)  # the button is about to go
        self._tell(self.declared.default)


def _reset_button(declared: Setting) -> QToolButton:
    words = short_words(declared, declared.default)
    reset = QToolButton()
    reset.setProperty("kind", "reset")
    reset.setIcon(icon("reset", "text_3"))
    reset.setFixedSize(_RESET_PX, _RESET_PX)
    reset.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    reset.setToolTip(f"Back to {words}, the default")
    reset.setAccessibleName(f"{declared.title} back to {words}, the default")
    reset.hide()
    return reset


class _Mark(QLabel):
    """The "?" that tells what the setting does, when the mouse rests on it and at once when it is clicked."""

    def __init__(self, words: str) -> None:
        super().__init__("?")
        self.setProperty("role", "text_3")
        self.setProperty("textSize", "caption")
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.WhatsThisCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        QWhatsThis.showText(self.mapToGlobal(QPoint(0, self.height())), self.toolTip(), self)
        event.accept()


def _wrap_if_long(title: QLabel, room: int) -> None:
    if title.sizeHint().width() > room:
        title.setWordWrap(True)
        box = QRect(0, 0, room, _MOST_PX)
        wrapped = title.fontMetrics().boundingRect(box, Qt.TextFlag.TextWordWrap, title.text())
        title.setFixedWidth(min(room, wrapped.width() + 2))  # so that the "?" stands at its end
