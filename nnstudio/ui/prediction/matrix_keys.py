"""Matrix keys: what the keyboard does in the confusion matrix."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from nnstudio.ui.prediction.matrix_geometry import Place

_PAGE, _FAR = 10, 1_000_000
_STEPS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_PageUp: (-_PAGE, 0),
    Qt.Key.Key_PageDown: (_PAGE, 0),
    Qt.Key.Key_Home: (0, -_FAR),
    Qt.Key.Key_End: (0, _FAR),
}
_ZOOMS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_0: 0}
_OTHERS = (Qt.Key.Key_Space, Qt.Key.Key_Escape)
_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
HELP = (
    "Arrow keys move, Space shows the samples of a cell, Ctrl+Space adds or removes it, Shift with an arrow "
    "chooses a rectangle, Escape shows all, plus and minus zoom, 0 shows the whole matrix"
)


def step_of(event: QKeyEvent) -> tuple[int, int] | None:
    """Return how far a key goes down and right; None for other keys."""
    return _STEPS.get(Qt.Key(event.key()))


def moved(place: Place, step: tuple[int, int], classes: int) -> Place:
    """Return ``place`` after a step, on the names at the least; a far one ends at the first or last cell."""
    row, column = (_at(at, by, classes - 1) for at, by in zip(place, step, strict=True))
    return row, column


def _at(at: int, by: int, last: int) -> int:
    if abs(by) == _FAR:
        return 0 if by < 0 else last
    return min(max(at + by, -1), last)


def zoom_of(event: QKeyEvent) -> int | None:
    """Return 1 for larger, -1 for smaller, 0 for all in view; None for other keys."""
    return _ZOOMS.get(Qt.Key(event.key()))


def stretches(modifiers: Qt.KeyboardModifier) -> bool:
    """Whether a rectangle is chosen."""
    return bool(modifiers & _SHIFT)


def adds(modifiers: Qt.KeyboardModifier) -> bool:
    """Whether a place is chosen besides others."""
    return bool(modifiers & _CTRL)


def knows(event: QKeyEvent) -> bool:
    """Whether the matrix wants a key for itself: Space would be the window's, and train."""
    key, beside = Qt.Key(event.key()), event.modifiers() & ~(_SHIFT | Qt.KeyboardModifier.KeypadModifier)
    if key in _ZOOMS:
        return beside == Qt.KeyboardModifier.NoModifier
    return (key in _STEPS or key in _OTHERS) and beside in (Qt.KeyboardModifier.NoModifier, _CTRL)
