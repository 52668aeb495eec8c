"""Skeleton: a picture of a digit becomes the lines of a pen that could have drawn it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nnstudio.data.arrays import Array, Bytes, Flags, Floats

_FINE = 4  # cells to a pixel: thinning leaves steps of one cell
_SPUR = 5  # cells: shorter branches are corners of the ink, not strokes
_SMOOTH = 5  # cells of a line that are averaged
_AROUND = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))
Cell = tuple[int, int]


def strokes_of(digit: Bytes) -> list[Floats]:
    """Return the centre lines of the ink of ``digit`` (28, 28), each (n, 2) as x and y in its pixels."""
    cells = {(int(row), int(column)) for row, column in np.argwhere(_thinned(_enlarged(digit) > 127))}
    lines = list(_lines(cells))
    lines = [line for line in lines if len(line) > _SPUR] or lines
    return [(_smoothed(np.array(line, dtype=float))[:, ::-1] + 0.5) / _FINE for line in lines]


def _enlarged(digit: Bytes) -> Array:
    """Return ``digit`` on a grid `_FINE` times as fine, with values between those of its pixels."""
    side = len(digit)
    places = (np.arange(side * _FINE) + 0.5) / _FINE - 0.5
    weights = np.maximum(0, 1 - np.abs(places[:, None] - np.arange(side)))
    fine: Array = weights @ digit.astype(float) @ weights.T
    return fine


def _thinned(ink: Flags) -> Flags:
    """Take cells off the edge of ``ink`` from both sides in turn until lines of one cell are left.

    Source: Zhang and Suen 1984, A fast parallel algorithm for thinning digital patterns.
    """
    ink = np.pad(ink, 1)
    while True:
        count = ink.sum()
        for first in (True, False):
            ink &= ~_loose(ink, first)
        if ink.sum() == count:
            return ink[1:-1, 1:-1]


def _loose(ink: Flags, first: bool) -> Flags:
    """Return which cells can go without parting what hangs together."""
    around = [np.roll(ink, (-down, -right), (0, 1)) for down, right in _AROUND]
    north, east, south, west = around[::2]
    count = sum(one.astype(int) for one in around)
    changes = sum((~a & b).astype(int) for a, b in zip(around, [*around[1:], around[0]], strict=True))
    sides = (
        ~(north & east & south) & ~(east & south & west)
        if first
        else ~(north & east & west) & ~(north & south & west)
    )
    loose: Flags = ink & (count >= 2) & (count <= 6) & (changes == 1) & sides
    return loose


def _lines(cells: set[Cell]) -> Iterator[list[Cell]]:
    """Walk along all ``cells``, each once, from the ends first and straight on where lines cross."""
    left = set(cells)
    while left:
        start = min(left, key=lambda cell: (len(_beside(cell, left)), cell))
        line = [start]
        left.discard(start)
        while following := _beside(line[-1], left):
            line.append(min(following, key=lambda cell: _turn(line, cell)))
            left.discard(line[-1])
        yield _joined(line, cells - left)


def _joined(line: list[Cell], seen: set[Cell]) -> list[Cell]:
    """Return ``line`` with a cell of a line before it at each end that touches one."""
    others = seen - set(line)
    for end in (0, len(line)):
        touched = sorted(_beside(line[0 if end == 0 else -1], others))
        line = [*line[:end], *touched[:1], *line[end:]]
    if len(line) > 8 and max(abs(line[0][0] - line[-1][0]), abs(line[0][1] - line[-1][1])) <= 2:
        line = [*line, line[0]]  # a closed curve
    return line


def _beside(cell: Cell, cells: set[Cell]) -> list[Cell]:
    row, column = cell
    return [(row + a, column + b) for a, b in _AROUND if (row + a, column + b) in cells]


def _turn(line: list[Cell], cell: Cell) -> float:
    """Return how far going on to ``cell`` leaves the direction of the last cells of ``line``."""
    back, last = line[-5:][0], line[-1]
    along, on = (last[0] - back[0], last[1] - back[1]), (cell[0] - last[0], cell[1] - last[1])
    return -(along[0] * on[0] + along[1] * on[1]) / float(np.hypot(*on))


def _smoothed(line: Floats) -> Floats:
    """Return ``line`` (n, 2) without the steps of the grid; its ends stay where they are."""
    half = _SMOOTH // 2
    padded = np.pad(line, ((half, half), (0, 0)), "edge")
    return np.stack([padded[k : k + len(line)] for k in range(_SMOOTH)]).mean(axis=0)
