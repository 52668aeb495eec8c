"""Sketch: the strokes on the drawing pad and their undo history, in units of a pad of 280."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF

from nnstudio.data.strokes import Stroke

PAD = 280.0
PEN = 22.0
ERASER = 44.0
_STEP = 0.7  # points nearer than this to the last one say nothing new


class Sketch:
    """Finished strokes, the one being drawn, what stood before each change, and what was taken back."""

    def __init__(self) -> None:
        self._strokes: tuple[Stroke, ...] = ()
        self._before: list[tuple[Stroke, ...]] = []
        self._after: list[tuple[Stroke, ...]] = []
        self._points: list[tuple[float, float]] = []
        self._erases = False

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """All strokes, the unfinished one last."""
        if not self._points:
            return self._strokes
        width = ERASER if self._erases else PEN
        return (*self._strokes, Stroke(np.array(self._points), width, self._erases))

    @property
    def drawing(self) -> bool:
        """Whether a stroke is being drawn."""
        return bool(self._points)

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether a change was taken back."""
        return bool(self._after)

    def begin(self, point: QPointF, erases: bool) -> None:
        """Put the pen down."""
        self._erases = erases
        self._points = [point.toTuple()]

    def go_on(self, point: QPointF) -> bool:
        """Move the pen; return whether that is far enough to matter."""
        x, y = point.toTuple()
        last_x, last_y = self._points[-1]
        if abs(x - last_x) + abs(y - last_y) < _STEP:
            return False
        self._points.append((x, y))
        return True

    def end(self) -> None:
        """Lift the pen: the stroke becomes a step of the history."""
        if self._points:
            self._keep(self.strokes)

    def undo(self) -> None:
        """Take back the last stroke, or the last clearing."""
        if self._before:
            self._points = []
            self._after.append(self._strokes)
            self._strokes = self._before.pop()

    def redo(self) -> None:
        """Do again what was taken back last."""
        if self._after:
            self._points = []
            self._before.append(self._strokes)
            self._strokes = self._after.pop()

    def clear(self) -> None:
        """Take all strokes away, as a step that can be undone."""
        if self._strokes or self._points:
            self._keep(())

    def _keep(self, strokes: tuple[Stroke, ...]) -> None:
        self._points = []
        self._before.append(self._strokes)
        self._after.clear()
        self._strokes = strokes
