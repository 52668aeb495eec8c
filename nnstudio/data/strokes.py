"""Strokes: what a hand drew, and the lines that are left of it after erasing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnstudio.data.arrays import Floats

# Spacing of the points that stand for an eraser's path, in its radii: a disc every quarter radius
# misses less than a hundredth of the radius at the edge.
_ERASER_STEP = 0.25
# An eraser too fine to be seen must not cost points without number.
_MOST_STEPS = 400


@dataclass(frozen=True, eq=False)
class Stroke:
    """One movement of the pen or the eraser: ``points`` (n, 2) as x and y, ``width`` in the same unit."""

    points: Floats
    width: float
    erases: bool = False


def lines_left(strokes: Sequence[Stroke]) -> list[Floats]:
    """Return the centre lines of all ink, each (n, 2), without what later strokes erased.

    Ink is gone where an eraser passed over the middle of its line: what is left keeps the whole width of
    the pen, as a person would have drawn it.
    """
    lines: list[Floats] = []
    for stroke in strokes:
        if not len(stroke.points):
            continue
        points = np.asarray(stroke.points, dtype=np.float64)
        if not stroke.erases:
            lines.append(points)
        elif stroke.width > 0:
            lines = [piece for line in lines for piece in _cut(line, points, stroke.width / 2)]
    return lines


def thinned(line: Floats, step: float) -> Floats:
    """Return ``line`` (n, 2) with one point per ``step`` of its length, and its last point."""
    steps = np.hypot(*np.diff(line, axis=0).T)
    marks = (np.concatenate(([0.0], np.cumsum(steps))) / step).astype(np.int64)
    keep = np.concatenate(([True], marks[1:] != marks[:-1]))
    keep[-1] = True
    return line[keep]


def divided(line: Floats, step: float) -> Floats:
    """Return ``line`` (n, 2) with points added so that none is further than ``step`` from the next."""
    if len(line) < 2:
        return line
    deltas = np.diff(line, axis=0)
    counts = np.maximum(np.ceil(np.hypot(*deltas.T) / step), 1).astype(np.int64)
    segment = np.repeat(np.arange(len(counts)), counts)
    place = (np.arange(len(segment)) - np.repeat(np.cumsum(counts) - counts, counts)) / counts[segment]
    return np.concatenate((line[segment] + place[:, None] * deltas[segment], line[-1:]))


def _cut(line: Floats, eraser: Floats, radius: float) -> list[Floats]:
    """Return the pieces of ``line`` that are further than ``radius`` from the path of the eraser."""
    if not _may_touch(line, eraser, radius):
        return [line]
    span = float(max(np.ptp(line, axis=0).max(), np.ptp(eraser, axis=0).max()))
    step = max(radius * _ERASER_STEP, span / _MOST_STEPS)
    line, eraser = divided(thinned(line, step / 4), step), divided(thinned(eraser, step / 4), step)
    kept = _squared_distance(line, eraser) > radius**2
    if kept.all():
        return [line]
    starts = np.flatnonzero(np.diff(kept)) + 1
    pieces = zip(np.split(line, starts), np.split(kept, starts), strict=True)
    return [piece for piece, whole in pieces if whole[0]]


def _may_touch(line: Floats, eraser: Floats, radius: float) -> bool:
    """Compare the boxes around both, which spares the distances in most cases."""
    below = line.min(axis=0) <= eraser.max(axis=0) + radius
    above = line.max(axis=0) >= eraser.min(axis=0) - radius
    return bool(below.all() and above.all())


def _squared_distance(points: Floats, others: Floats) -> Floats:
    """Return the squared distance of each of ``points`` (n, 2) to the nearest of ``others`` (m, 2), (n,)."""
    nearest = np.full(len(points), np.inf)
    for start in range(0, len(others), 256):
        dx = points[:, 0, None] - others[start : start + 256, 0]
        dy = points[:, 1, None] - others[start : start + 256, 1]
        np.minimum(nearest, (dx * dx + dy * dy).min(axis=1), out=nearest)
    return nearest
