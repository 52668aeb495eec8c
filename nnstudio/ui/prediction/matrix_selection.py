"""Matrix selection: places of the confusion matrix that are chosen together, as sets and as masks.

A place is a cell; -1 in place of its row or column stands for all of them, so that (3, -1) is a whole row.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from nnstudio.data.arrays import Flags
from nnstudio.ui.prediction.matrix_geometry import Place

Places = frozenset[Place]


def mask_of(places: Collection[Place], classes: int) -> Flags:
    """Return which cells (classes, classes) some places stand for."""
    mask: Flags = np.zeros((classes, classes), bool)
    for row, column in places:
        rows = slice(None) if row < 0 else row
        mask[rows, slice(None) if column < 0 else column] = True
    return mask


def places_of(mask: Flags) -> Places:
    """Return the fewest places that stand for the cells of ``mask``: rows before columns before cells."""
    if mask.all():
        return frozenset({(-1, -1)})
    rows, columns = np.asarray(mask.all(axis=1)), np.asarray(mask.all(axis=0))
    rest = mask & ~rows[:, None] & ~columns
    cells = {(int(row), int(column)) for row, column in np.argwhere(rest)}
    whole = {(int(row), -1) for row in np.flatnonzero(rows)}
    return frozenset(cells | whole | {(-1, int(column)) for column in np.flatnonzero(columns)})


def toggled(places: Collection[Place], place: Place, classes: int) -> Places:
    """Return ``places`` with another one, or without it where all of it is among them."""
    mask, changed = mask_of(places, classes), mask_of((place,), classes)
    return places_of(mask & ~changed if mask[changed].all() else mask | changed)


def rectangle(start: Place, end: Place, classes: int) -> Places:
    """Return the places between two corners; names stretch it over whole rows or columns."""
    mask: Flags = np.zeros((classes, classes), bool)
    mask[_between(start[0], end[0]), _between(start[1], end[1])] = True
    return places_of(mask)


def _between(one: int, other: int) -> slice:
    low, high = sorted((one, other))
    return slice(None) if low < 0 else slice(low, high + 1)
