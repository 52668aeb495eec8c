"""Peaks: where a growing curve is lowest and highest in each short stretch, so that thinning it is quick."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

BLOCK = 64


class Peaks:
    """Knows the places of the lowest and the highest value of every ``BLOCK`` values, each looked at once."""

    def __init__(self) -> None:
        self._places = np.empty((0, 2), np.int64)  # rows of a block: lowest and highest
        self._blocks = 0

    def extend(self, y: Array) -> None:
        """Take in ``y`` (n,), which begins with the values taken in before."""
        blocks = len(y) // BLOCK
        if blocks <= self._blocks:
            return
        if blocks > len(self._places):
            spare = np.empty((2 * blocks - self._blocks, 2), np.int64)
            self._places = np.concatenate((self._places[: self._blocks], spare))
        new = y[self._blocks * BLOCK : blocks * BLOCK].reshape(-1, BLOCK)
        starts = np.arange(self._blocks, blocks) * BLOCK
        self._places[self._blocks : blocks, 0] = starts + new.argmin(axis=1)
        self._places[self._blocks : blocks, 1] = starts + new.argmax(axis=1)
        self._blocks = blocks

    def kept(self, y: Array, first: int, most: int) -> Array:
        """Return the rows of ``y`` to keep, as `kept_rows` does, at the cost of the blocks it covers.

        ``y`` is the part of what was taken in that begins at row ``first``.
        """
        low = -(-first // BLOCK)
        high = min((first + len(y)) // BLOCK, self._blocks)
        if (high - low) * 2 <= most:
            return kept_rows(y, most)
        inside = np.sort(self._places[low:high], axis=1).reshape(-1) - first
        head = np.arange(low * BLOCK - first)
        tail = np.arange(high * BLOCK - first, len(y))
        rows = np.concatenate((head, inside, tail, [0, len(y) - 1]))
        rows = np.unique(rows)
        return rows[kept_rows(y[rows], most)]


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
