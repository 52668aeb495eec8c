"""RowValues: what stands in a new row becomes inputs of the network, or a sentence says why it cannot."""

from __future__ import annotations

import numpy as np

from nnstudio.data.arrays import Array
from nnstudio.data.columns import Column, starts
from nnstudio.data.dialect import is_missing, number
from nnstudio.data.filling import fill_gaps
from nnstudio.data.table_classes import shown
from nnstudio.errors import DataError

_MOST_LISTED = 8


def cell_text(value: str | float, decimal: str) -> str:
    return value.strip() if isinstance(value, str) else repr(float(value)).replace(".", decimal)


def cell_inputs(column: Column, text: str, place: int, decimal: str) -> float | list[float]:
    if is_missing(text):
        return float("nan")
    if column.is_category:
        text = category_of(column, text)
        if text not in column.categories:
            raise unknown_value(column, text, place)
        return [float(text == category) for category in column.categories]
    value = number(text, decimal)
    value = number(text, "," if decimal == "." else ".") if value is None else value
    if value is None:
        raise unknown_value(column, text, place)
    return float("nan") if value == 0 and column.zero_is_missing else _narrow(value)


def category_of(column: Column, text: str) -> str:
    """Return the category that a text means: 1.0 means 1 where that is one."""
    value = number(text)
    if text in column.categories or value is None:
        return text
    return next((name for name in column.categories if number(name) == value), text)


def _narrow(value: float) -> float:
    """Return a number, or NaN where it is too large for the network, as in training."""
    return value if abs(value) <= float(np.finfo(np.float32).max) else float("nan")


def unknown_value(column: Column, text: str, place: int) -> DataError:
    known = ", ".join(map(shown, column.categories[:_MOST_LISTED]))
    known += " or another one it learnt" if len(column.categories) > _MOST_LISTED else ""
    wanted = f"one of {known}" if column.is_category else "a number"
    example = "one of them" if column.is_category else "a number such as 1.5"
    return DataError(
        f"Expected {wanted} as {shown(column.name)} in row {place + 1:,}, found {shown(text)}. "
        f"Write {example} there."
    )


def missing_column(wanted: str, names: tuple[str, ...], where: str) -> DataError:
    found = ", ".join(map(shown, names[:_MOST_LISTED])) + (" and others" if len(names) > _MOST_LISTED else "")
    return DataError(
        f"Expected a column {shown(wanted)} in {where}, found {found or 'none'}. Add it, or rename one."
    )


def filled(x: Array, columns: tuple[Column, ...]) -> Array:
    fill_gaps(x, columns)
    gaps = np.argwhere(np.isnan(x))
    if len(gaps):
        row, place = gaps[0]
        column = columns[int(np.searchsorted(starts(columns), place, "right")) - 1]
        raise DataError(
            f"Expected a value as {shown(column.name)} in row {row + 1:,}, found none. Write one there: the "
            "network learnt from whole rows only, so nothing is known to fill the gap with."
        )
    return x
