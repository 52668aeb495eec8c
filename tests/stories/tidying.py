"""Tidying: whatever a story left open or pressed is closed and released, and none goes on for ever."""

from __future__ import annotations

import subprocess

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QWidget

_LOOK_MS = 500
_RELEASE = ("mouseup", "1", "keyup", "ctrl", "keyup", "shift", "keyup", "alt")
_RELEASE_SECONDS = 5.0
_MOST_DIALOGS = 20


class Bound(QObject):
    """Ends the loops of dialogs, menus and drags once a story takes too long, so that its waiting ends too.

    Where a loop of Qt's own runs, an alarm's exception is lost in the slot that it happens to be raised in.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.is_over = False
        self._looks_left = round(1000 * seconds / _LOOK_MS)
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        self._looks_left -= 1
        if self._looks_left <= 0:
            self.is_over = True
            close_all()


def close_all(but: QWidget | None = None) -> None:
    """Close every menu, dialog and window, the newest first, without a question; one may stay."""
    QDrag.cancel()
    for _ in range(_MOST_DIALOGS):
        top = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if top is None:
            break
        top.hide()
    for window in QApplication.topLevelWidgets():
        if window is not but and window.isVisible():
            window.hide()


def release_all() -> None:
    """Let go of the mouse's button and of the keys that are held with others."""
    subprocess.run(("xdotool", *_RELEASE), timeout=_RELEASE_SECONDS, check=False)
