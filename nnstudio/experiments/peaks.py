"""Peaks: where a growing curve is lowest and highest in each short stretch, so that thinning it is quick."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

BLOCK = 64
_FACTOR = 16  # a block of the next level is so many of the one below
_LEVELS = 4


class Peaks:
    """Knows the places of the lowest and the highest value of blocks of values, small and large ones.

    Each value is looked at once, when it is new; a look at a million costs as little as one at a thousand.
    """

    def __init__(self) -> None:
        self._levels = tuple(_Level(BLOCK * _FACTOR**level) for level in range(_LEVELS))

    def extend(self, y: Array) -> None:
        """Take in ``y`` (n,), which begins with the values taken in before."""
        below: _Level | None = None
        for level in self._levels:
            level.extend(y, below)
            below = level

    def kept(self, y: Array, first: int, most: int) -> Array:
        """Return the rows of ``y`` to keep, as `kept_rows` does, at the cost of the blocks it covers.

        ``y`` is the part of what was taken in that begins at row ``first``.
        """
        for level in reversed(self._levels):
            low, high = level.within(first, first + len(y))
            if 2 * (high - low) > most:
                rows = level.rows(low, high, first, len(y))
                return rows[kept_rows(y[rows], most)]
        return kept_rows(y, most)


class _Level:
    """The places of the lowest and the highest value in each block of ``size`` values, in their order."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._places = np.empty((0, 2), np.int64)
        self._count = 0

    def within(self, first: int, end: int) -> tuple[int, int]:
        """Return the first and the end of the blocks that lie wholly between two rows."""
        return -(-first // self._size), min(end // self._size, self._count)

    def rows(self, low: int, high: int, first: int, count: int) -> Array:
        """Return the places in these blocks, and all rows around them, of ``count`` from ``first`` on."""
        head = np.arange(low * self._size - first)
        tail = np.arange(high * self._size - first, count)
        inside = self._places[low:high].reshape(-1) - first
        return np.unique(np.concatenate(([0], head, inside, tail, [count - 1])))

    def extend(self, y: Array, below: _Level | None) -> None:
        """Look at the blocks that are complete by now: all their values, or those kept ``below``."""
        old, new = self._count, len(y) // self._size
        if new <= old:
            return
        self._reserve(new)
        if below is None:
            rows = np.arange(old * self._size, new * self._size).reshape(-1, self._size)
            values = y[old * self._size : new * self._size].reshape(-1, self._size)
        else:
            rows = below._places[old * _FACTOR : new * _FACTOR].reshape(-1, 2 * _FACTOR)
            values = y[rows]
        each = np.arange(new - old)
        ends = np.stack((rows[each, values.argmin(axis=1)], rows[each, values.argmax(axis=1)]), axis=1)
        self._places[old:new] = np.sort(ends, axis=1)
        self._count = new

    def _reserve(self, count: int) -> None:
        if count > len(self._places):
            spare = np.empty((2 * count - self._count, 2), np.int64)
            self._places = np.concatenate((self._places[: self._count], spare))


def kept_rows(y: Array, most: int) -> Array:
    """Return at most ``most`` (4 or more) rows of a curve, in order.

    They are its ends, and the lowest and the highest of each stretch: no peak is lost.
    """
    if len(y) <= most:
        return np.arange(len(y))
    length = -(-len(y) // ((most - 2) // 2))
    whole = len(y) // length * length
    blocks = y[:whole].reshape(-1, length)
    starts = np.arange(0, whole, length)
    rows = [starts + blocks.argmin(axis=1), starts + blocks.argmax(axis=1)]
    if whole < len(y):
        rows.append(whole + np.array([y[whole:].argmin(), y[whole:].argmax()]))
    kept: Array = np.unique(np.concatenate((*rows, [0, len(y) - 1])))
    return kept
