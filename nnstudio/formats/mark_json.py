"""MarkJson: the marks of a run as JSON, and back; what makes no sense is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from nnstudio.experiments.marks import Mark, MarkKind, Marks
from nnstudio.formats.timeline_parts import LARGEST, real
from nnstudio.formats.values import shortened

_MOST = 10_000


def marks_to_json(marks: Iterable[Mark]) -> list[list[Any]]:
    """Return the marks as a list."""
    return [[str(mark.kind), mark.iteration, mark.position, mark.seconds, mark.words] for mark in marks]


def marks_from_json(found: Any) -> Marks:
    """Return the marks that a list describes."""
    return tuple(_marks(found[:_MOST])) if isinstance(found, list) else ()


def _marks(found: list[Any]) -> Iterator[Mark]:
    for one in found:
        if not isinstance(one, list) or len(one) != 5 or one[0] not in list(MarkKind):
            continue
        kind, iteration, position, seconds, words = one
        if type(iteration) is int and 0 <= iteration <= LARGEST and isinstance(words, str):
            yield Mark(MarkKind(kind), iteration, real(position, 0.0), real(seconds, 0.0), shortened(words))
