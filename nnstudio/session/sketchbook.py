"""Sketchbook: adds what was drawn on the pad to a person's own drawings, and takes it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from nnstudio.data.drawings import MOST_LETTERS as MOST_LETTERS
from nnstudio.data.drawings import add_drawing, checked_label, delete_drawing, read_drawer, restore_drawing
from nnstudio.data.strokes import Stroke
from nnstudio.data.watch import Watch
from nnstudio.errors import UserError
from nnstudio.session.jobs import Jobs

_TITLE = "My drawings"


@dataclass(frozen=True)
class Kept:
    """A drawing that is there now, or was taken back, and how many there are."""

    number: int
    label: str
    there: bool
    count: int


class Sketchbook(QObject):
    """What is done to the drawings; each act is one entry in their file, so acts never lose one another.

    Signals:
        changed(kept): A drawing was added, taken back or brought back.
        counted(count): It is known how many there are.
    """

    changed = Signal(object)
    counted = Signal(int)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._acts = 0
        self.known_count = 0

    def add(self, strokes: Sequence[Stroke], label: str) -> None:
        """Keep a drawing under a name."""
        self._start(partial(_add, tuple(strokes), label))

    def take_back(self, kept: Kept) -> None:
        """Take a drawing away; `bring_back` undoes it."""
        self._start(partial(_take_back, kept))

    def bring_back(self, kept: Kept) -> None:
        """Let a drawing be there again."""
        self._start(partial(_bring_back, kept))

    def count(self) -> None:
        """Find out how many drawings there are."""
        self._jobs.start("Counting drawings", _count_if_readable, self._tell_count)

    def _start(self, act: partial[Kept]) -> None:
        self._acts += 1  # a place for each: none takes the place of another
        self._jobs.start(_TITLE, act, self._tell, place=f"drawing {self._acts}", writes=True)

    def _tell(self, kept: Kept) -> None:
        self.changed.emit(kept)
        self._tell_count(kept.count)

    def _tell_count(self, count: int) -> None:
        self.known_count = count
        self.counted.emit(count)


def _add(strokes: tuple[Stroke, ...], label: str, watch: Watch) -> Kept:
    number = add_drawing(strokes, label)
    return Kept(number, checked_label(label), True, _count())


def _take_back(kept: Kept, watch: Watch) -> Kept:
    delete_drawing(kept.number)
    return Kept(kept.number, kept.label, False, _count())


def _bring_back(kept: Kept, watch: Watch) -> Kept:
    restore_drawing(kept.number)
    return Kept(kept.number, kept.label, True, _count())


def _count() -> int:
    return len(read_drawer().drawings)


def _count_if_readable(watch: Watch) -> int:
    """Count for a list only: what is wrong with the file is told to who opens it."""
    try:
        return _count()
    except UserError:
        return 0
