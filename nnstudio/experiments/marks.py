"""Marks: what happened to a training besides its batches: pauses, edits, other learning rates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class MarkKind(StrEnum):
    """What happened."""

    PAUSE = "pause"
    RATE = "rate"
    EDIT = "edit"
    DIVERGED = "diverged"


@dataclass(frozen=True)
class Mark:
    """Something that happened after ``iteration`` batches, ``position`` epochs and ``seconds`` of training.

    ``words`` are a short sentence without a full stop.
    """

    kind: MarkKind
    iteration: int
    position: float
    seconds: float
    words: str


Marks = tuple[Mark, ...]


def added(marks: Marks, mark: Mark) -> Marks:
    """Return ``marks`` with one more; one of the same kind at the same batch goes."""
    same = (mark.kind, mark.iteration)
    return (*(one for one in marks if (one.kind, one.iteration) != same), mark)


def up_to(marks: Iterable[Mark], iteration: int) -> Marks:
    """Return the marks as they were after ``iteration`` batches."""
    return tuple(mark for mark in marks if mark.iteration <= iteration)
