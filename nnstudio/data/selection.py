"""Selection: which samples of a part are looked at and in which order, as a value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnstudio.data.arrays import Array, IntArray
from nnstudio.data.row_filter import Condition, matching, missing_in
from nnstudio.data.sheet import Field, Sheet
from nnstudio.data.watch import UNWATCHED, Watch


@dataclass(frozen=True)
class Order:
    """By the values of a column, the lowest first or the highest; missing ones come last."""

    column: str
    descending: bool = False


@dataclass(frozen=True)
class Selection:
    """Samples of one class, or of all (None), that meet all conditions."""

    of_class: int | None = None
    conditions: tuple[Condition, ...] = ()
    order: Order | None = None


def selected(
    sheet: Sheet, selection: Selection, among: IntArray | None = None, watch: Watch = UNWATCHED
) -> IntArray:
    """Return the rows of ``sheet`` that ``selection`` lets through, in its order or that of the sheet.

    ``among`` are the only rows asked about, in an order of their own that stays.

    Raises:
        Cancelled: a person stopped it.
    """
    rows = sheet.order if among is None else among
    if selection.of_class is not None:
        rows = rows[sheet.samples.y[rows] == selection.of_class]
    if selection.conditions:
        rows = rows[matching(sheet, selection.conditions, watch)[rows]]
    order = selection.order
    column = None if order is None else sheet.index(order.column)
    if order is None or column is None:
        return rows
    values = sheet.values(column, watch)[rows]
    watch.go_on()
    return rows[_sorted(sheet.fields[column], values, order.descending)]


def _sorted(field: Field, values: Array, descending: bool) -> IntArray:
    """Return the stable order of ``values``, the missing ones last."""
    missing = missing_in(field, values)
    known, unknown = np.flatnonzero(~missing), np.flatnonzero(missing)
    keys = values[known]
    if field.is_text:
        keys = np.unique(keys, return_inverse=True)[1]
    if field.categories and len(field.categories) < 1 << 15:
        keys = keys.astype(np.int16)  # few names: NumPy sorts small integers by counting
    if descending:
        keys = -keys.astype(np.int64) if keys.dtype.kind == "u" else -keys
    return np.concatenate((known[np.argsort(keys, kind="stable")], unknown))
