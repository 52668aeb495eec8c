"""Acting: what a person does to the editor of a setting, by mouse and keys alone."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QCheckBox, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from nnstudio.ui.editors.editor import SettingEditor

LEFT = Qt.MouseButton.LeftButton


def change(qtbot: QtBot, editor: SettingEditor) -> None:
    """Change the value of an editor to another, whatever it is."""
    field = editor.field
    field.setFocus(Qt.FocusReason.TabFocusReason)
    if isinstance(field, QCheckBox):
        tick(qtbot, field)
    elif isinstance(field, QComboBox):
        step = Qt.Key.Key_Down if field.currentIndex() < field.count() - 1 else Qt.Key.Key_Up
        qtbot.keyClick(field, step)
    elif isinstance(field, QAbstractSpinBox):
        before = field.text()
        qtbot.keyClick(field, Qt.Key.Key_Up)
        if field.text() == before:
            qtbot.keyClick(field, Qt.Key.Key_Down)
    elif isinstance(field, QLineEdit):
        _retype(qtbot, field)
    else:
        raise AssertionError(f"nobody knows what to do with {field!r}")


def tick(qtbot: QtBot, box: QCheckBox) -> None:
    """Click on a box to tick, where its mark is."""
    qtbot.mouseClick(box, LEFT, pos=QPoint(9, box.height() // 2))


def type_over(qtbot: QtBot, field: QWidget, text: str) -> None:
    """Replace what a line or a spin box holds, key by key."""
    field.setFocus(Qt.FocusReason.TabFocusReason)
    field.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(field, text)


def shown(editor: SettingEditor) -> tuple[Any, ...]:
    """Return what every field of an editor shows, apart from fields that are hidden."""
    return tuple(_shown(field) for field in editor.fields if field.isVisibleTo(editor))


def _retype(qtbot: QtBot, field: QLineEdit) -> None:
    numbers = field.text().split(", ") if field.placeholderText() else []
    last = "1" if numbers[-1:] == ["2"] else "2"
    type_over(qtbot, field, ", ".join([*numbers[:-1], last]) if numbers else f"{field.text()}_2")
    qtbot.keyClick(field, Qt.Key.Key_Return)


def _shown(field: QWidget) -> Any:
    if isinstance(field, QCheckBox):
        return field.isChecked()
    return field.currentText() if isinstance(field, QComboBox) else field.text()  # type: ignore[attr-defined]
