"""Morphology: the brightest and darkest values around each pixel, and what is narrower than a window."""

from __future__ import annotations

import numpy as np

from nnstudio.data.arrays import Array


def widened(grey: Array, down: int, across: int) -> Array:
    """Return the largest value in a window of ``down`` x ``across`` pixels around each, (height, width)."""
    return _largest(_largest(grey, down, 0), across, 1)


def narrowed(grey: Array, down: int, across: int) -> Array:
    """Return the smallest value in a window around each pixel."""
    smallest: Array = -widened(-grey, down, across)
    return smallest


def without_peaks(grey: Array, down: int, across: int) -> Array:
    """Return ``grey`` without what is brighter than its surroundings and fits into no whole window."""
    return widened(narrowed(grey, down, across), down, across)


def _largest(grey: Array, length: int, axis: int) -> Array:
    """Return the largest of ``length`` neighbours along an axis; beyond the edge the edge goes on."""
    before = (length - 1) // 2
    wide = [(0, 0), (0, 0)]
    wide[axis] = (before, length - 1 - before)
    found, reach = np.pad(grey, wide, mode="edge"), 1
    while reach < length:  # twice as far at each step
        step = min(reach, length - reach)
        found = np.maximum(_from(found, 0, -step, axis), _from(found, step, None, axis))
        reach += step
    return found


def _from(grey: Array, first: int, last: int | None, axis: int) -> Array:
    return grey[first:last] if axis == 0 else grey[:, first:last]
