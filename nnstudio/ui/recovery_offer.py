"""RecoveryOffer: what a crash left is offered, newest first, as soon as the window stands."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from nnstudio.engine.fit_words import count_words
from nnstudio.session.autosave import Autosave, Left
from nnstudio.session.project_file import UNTITLED
from nnstudio.session.session import Session
from nnstudio.ui.messages import choose

_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


def keep_for_recovery(window: QWidget, session: Session) -> None:
    """Keep from here on what a crash would take along; offer what one has left."""
    autosave = Autosave(session)
    autosave.failed.connect(session.told)
    RecoveryOffer(autosave, window).offer()


class RecoveryOffer(QObject):
    """Asks about one after the other until a person recovers one; the rest is offered at the next start."""

    def __init__(self, autosave: Autosave, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._autosave = autosave
        self._waiting: list[Left] = []

    def offer(self) -> None:
        """Look for what was left, and ask."""
        self._waiting = self._autosave.left()
        self._ask_next()

    def _ask_next(self) -> None:
        if not self._waiting:
            return
        left = self._waiting.pop(0)
        name = Path(left.path).stem if left.path else UNTITLED
        when = _when_words(left.written)
        sentence = f"nnstudio ended without saving “{name}”. What was kept of it is from {when}."
        verbs = {
            "Recover": partial(self._recover, left),
            "Discard": partial(self._discard, left),
            "Later": partial(self._leave, left),
        }
        choose(self._window, "Recover a project", sentence, verbs)

    def _recover(self, left: Left) -> None:
        for other in self._waiting:
            other.lock.release()
        self._waiting = []
        self._autosave.recover(left)

    def _discard(self, left: Left) -> None:
        self._autosave.discard(left)
        self._ask_next()

    def _leave(self, left: Left) -> None:
        left.lock.release()
        self._ask_next()


def _when_words(written: datetime) -> str:
    """Return a time as "23 November, 15:42 (3 minutes ago)"."""
    local, now = written.astimezone(), datetime.now().astimezone()
    seconds = int((now - local).total_seconds())
    ago = next((count_words(seconds // unit, noun) for unit, noun in _UNITS if seconds >= unit), "a moment")
    return f"{local.day} {local:%B}, {local:%H:%M} ({ago} ago)"
