"""Peaks: the lowest and highest values of each stretch of a long record, found at the cost of what is new."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

STRETCH = 256
_LINES = 2
_LONG = 2**16  # rows: fewer are looked through faster than their peaks are gathered


class Peaks:
    """Of every whole stretch of two lines the rows where each is lowest and highest, in their order."""

    def __init__(self) -> None:
        self._rows = np.empty((0, 2 * _LINES), np.int64)
        self._count = 0

    def extended(self, *lines: Array) -> Array:
        """Return the rows for ``lines`` (n,), which begin with the values given before; (peaks,)."""
        count = len(lines[0]) // STRETCH
        if count > len(self._rows):
            grown = np.empty((2 * count, 2 * _LINES), np.int64)
            grown[: self._count] = self._rows[: self._count]
            self._rows = grown
        if count > self._count:
            self._rows[self._count : count] = _peaks(lines, self._count, count)
            self._count = count
        return self._rows[: self._count].reshape(-1)


def _peaks(lines: tuple[Array, ...], start: int, stop: int) -> Array:
    """Return the rows of the peaks of the stretches from ``start`` to ``stop``, (stretches, 4)."""
    blocks = [line[start * STRETCH : stop * STRETCH].reshape(-1, STRETCH) for line in lines]
    rows = np.stack([find(block, axis=1) for block in blocks for find in (np.argmin, np.argmax)], axis=1)
    rows.sort(axis=1)
    return np.asarray(rows + STRETCH * np.arange(start, stop)[:, np.newaxis])


def rows_within(peaks: Array, part: slice) -> slice | Array:
    """Return the rows of ``part`` to draw: all, or where they are many the ends and the peaks between."""
    if part.stop - part.start <= _LONG:
        return part
    first = -(-part.start // STRETCH) * STRETCH
    last = min(part.stop, len(peaks) // (2 * _LINES) * STRETCH) // STRETCH * STRETCH
    between = peaks[2 * _LINES * first // STRETCH : 2 * _LINES * last // STRETCH]
    head, tail = np.arange(part.start, max(first, part.start + 1)), np.arange(last, part.stop)
    return np.concatenate((head, between, tail, [part.stop - 1]))
