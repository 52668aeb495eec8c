"""Large keys: how far the keyboard goes through samples that are shown in large one by one."""

from __future__ import annotations

from PySide6.QtCore import Qt

_FAR, _PAGE = 1_000_000_000, 10
STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -_PAGE,
    Qt.Key.Key_PageDown: _PAGE,
    Qt.Key.Key_Home: -_FAR,
    Qt.Key.Key_End: _FAR,
}
HELP = "Arrow keys, Page Up and Down, Home and End go through the samples; Escape closes"
