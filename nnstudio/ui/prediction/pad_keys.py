"""PadKeys: what the keys do on the drawing pad."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_PLAIN, _CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
# Names of the pad's methods.
_ACTS = {
    (Qt.Key.Key_P, _PLAIN): "take_pencil",
    (Qt.Key.Key_E, _PLAIN): "take_eraser",
    (Qt.Key.Key_Z, _CTRL): "undo",
    (Qt.Key.Key_Z, _CTRL | Qt.KeyboardModifier.ShiftModifier): "redo",
    (Qt.Key.Key_Y, _CTRL): "redo",
    (Qt.Key.Key_V, _CTRL): "paste",
    (Qt.Key.Key_Delete, _PLAIN): "clear",
    (Qt.Key.Key_Return, _PLAIN): "keep",
    (Qt.Key.Key_Enter, _PLAIN): "keep",
}
HELP = (
    "P pencil, E eraser, Ctrl+Z undoes the last stroke, Ctrl+Shift+Z redoes it, Delete clears, "
    "Enter keeps the drawing, Ctrl+V takes a picture from the clipboard"
)


def act_of(event: QKeyEvent) -> str:
    """Return what a key asks for; "" for nothing that the pad does."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return next((act for keys, act in _ACTS.items() if keys == (event.key(), modifiers)), "")
