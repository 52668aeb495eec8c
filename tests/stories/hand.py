"""A hand that moves the real mouse and presses real keys, by xdotool, while the window goes on living."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

_PAUSE = ("sleep", "0.03")


class Hand:
    """Acts at places of widgets; each act returns when it is done and the window has seen it."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot

    def click(self, widget: QWidget, place: QPoint | None = None, modifier: str = "") -> None:
        """Click on a widget, in its middle or at ``place``."""
        hold = ("keydown", modifier) if modifier else ()
        release = ("keyup", modifier) if modifier else ()
        self._do(*_move(_at(widget, place)), *_PAUSE, *hold, "click", "1", *release)

    def double_click(self, widget: QWidget, place: QPoint) -> None:
        """Click twice."""
        self._do(*_move(_at(widget, place)), *_PAUSE, "click", "--repeat", "2", "--delay", "60", "1")

    def drag(self, places: Sequence[tuple[QWidget, QPoint]]) -> None:
        """Press at the first place, move over all of them, release at the last."""
        points = [_at(widget, place) for widget, place in places]
        acts = [*_move(points[0]), *_PAUSE, "mousedown", "1", *_PAUSE]
        for start, end in zip(points, points[1:], strict=False):
            acts += [part for point in _between(start, end) for part in (*_move(point), "sleep", "0.012")]
        self._do(*acts, *_PAUSE, "mouseup", "1")

    def press(self, *keys: str) -> None:
        """Press keys such as "ctrl+z"."""
        self._do("key", "--delay", "30", *keys)

    def type(self, words: str) -> None:
        """Type text."""
        self._do("type", "--delay", "30", words)

    def _do(self, *acts: str) -> None:
        process = subprocess.Popen(("xdotool", *acts))
        try:
            self._qtbot.waitUntil(lambda: process.poll() is not None)
        finally:
            process.kill()  # nothing once it has ended
        assert process.returncode == 0
        self._qtbot.wait(120)


def middle(rect: QRect) -> QPoint:
    """Return the middle of a rectangle."""
    return rect.center()


def _at(widget: QWidget, place: QPoint | None) -> QPoint:
    return widget.mapToGlobal(place if place is not None else widget.rect().center())


def _move(point: QPoint) -> tuple[str, ...]:
    return ("mousemove", str(point.x()), str(point.y()))


def _between(start: QPoint, end: QPoint) -> list[QPoint]:
    steps = max(4, (end - start).manhattanLength() // 12)
    return [start + (end - start) * (step / steps) for step in range(1, steps + 1)]
