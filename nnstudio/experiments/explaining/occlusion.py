"""Occlusion: cover a part of a sample and see how much less sure the network becomes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nnstudio.data.arrays import Array
from nnstudio.data.columns import Column
from nnstudio.data.value_sheet import starts_of
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.experiments.explaining.answers import Answers

_PATCHES_ACROSS = 7  # a patch is a seventh of the picture
_AT_ONCE = 128


@dataclass(frozen=True, eq=False)
class Occlusion:
    """How much each part of a sample speaks for a class, or adds to a value.

    ``drops`` is (height, width) for a picture, (columns,) for a row: what `before`, the probability or the
    value, loses where that part is covered; negative where it gains. ``side`` is that of the patch.
    """

    drops: Array
    before: float
    lowest: float
    highest: float
    side: int = 1


def cover_picture(
    answers: Answers, raw: Array, ground: Array, about: int, watch: Watch = UNWATCHED
) -> Occlusion:
    """Slide a patch of ``ground`` over a picture, both (height, width) or that with channels.

    The patch has a seventh of the picture's sides and moves by half of its own. A pixel gets the mean of what
    the patches over it took away.

    Source: Zeiler and Fergus 2014, Visualizing and Understanding Convolutional Networks; with the average
    picture in place of grey, as grey is nothing ordinary in pictures of ink.

    Raises:
        Cancelled: a person stopped it.
    """
    sides = tuple(max(1, round(length / _PATCHES_ACROSS)) for length in raw.shape[:2])
    windows = [
        (slice(top, top + sides[0]), slice(left, left + sides[1]))
        for top in _starts(raw.shape[0], sides[0])
        for left in _starts(raw.shape[1], sides[1])
    ]
    before = float(answers.of(raw[None], watch)[0, about])
    after = np.empty(len(windows))
    for start in range(0, len(windows), _AT_ONCE):
        watch.told(start / len(windows), "Covering the picture")
        after[start : start + _AT_ONCE] = _covered(
            answers, raw, ground, windows[start : start + _AT_ONCE], about
        )
    drops = _spread(before - after, windows, raw.shape[:2])
    return Occlusion(drops, before, float(after.min()), float(after.max()), max(sides))


def _spread(drops: Array, windows: list[tuple[slice, slice]], shape: tuple[int, ...]) -> Array:
    """Return for each pixel the mean of the drops of the windows over it, (height, width) float32."""
    total, times = np.zeros(shape), np.zeros(shape)
    for window, drop in zip(windows, drops, strict=True):
        total[window] += drop
        times[window] += 1
    return (total / times).astype(np.float32)


def _covered(
    answers: Answers, raw: Array, ground: Array, windows: list[tuple[slice, slice]], about: int
) -> Array:
    covered = np.repeat(raw[None].astype(np.float32), len(windows), axis=0)
    for picture, window in zip(covered, windows, strict=True):
        picture[window] = ground[window]
    return answers.of(covered)[:, about]


def _starts(length: int, side: int) -> Iterator[int]:
    """Return where patches begin, the last one at the very end."""
    yield from range(0, length - side, max(1, side // 2))
    yield length - side


def cover_row(
    answers: Answers,
    raw: Array,
    columns: tuple[Column, ...],
    ground: Array,
    about: int,
    watch: Watch = UNWATCHED,
) -> Occlusion:
    """Replace each column of a row (*shape) by its average in ``ground`` (*shape), one at a time.

    All inputs of a category are replaced together. Where the inputs are whole numbers that stand for words or
    things, which have no average, 0 takes their place.
    """
    flat = raw.reshape(-1).astype(np.float32)
    fill = np.zeros_like(flat) if answers.takes_indices else ground.reshape(-1)
    before = float(answers.of(raw[None], watch)[0, about])
    places = list(zip(starts_of(columns), columns, strict=True))
    after = np.empty(len(places))
    for start in range(0, len(places), _AT_ONCE):
        watch.told(start / len(places), "Covering the columns")
        part = places[start : start + _AT_ONCE]
        covered = np.repeat(flat[None], len(part), axis=0)
        for one, (first, column) in zip(covered, part, strict=True):
            one[first : first + column.width] = fill[first : first + column.width]
        after[start : start + _AT_ONCE] = answers.of(covered.reshape(-1, *raw.shape))[:, about]
    return Occlusion((before - after).astype(np.float32), before, float(after.min()), float(after.max()))
