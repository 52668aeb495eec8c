"""Filling: what stands in the gaps of a table, learnt from its training part."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from nnstudio.data.arrays import Array, Flags
from nnstudio.data.columns import Column, starts
from nnstudio.data.preparation import DROP, MEAN, MEDIAN


def gaps(x: Array) -> Flags:
    """Return which rows of ``x`` (n, *shape) miss a value, (n,)."""
    if x.dtype.kind != "f" or x.ndim != 2:
        return np.zeros(len(x), bool)
    return np.asarray(np.isnan(x).any(axis=1))


def fitted_columns(columns: tuple[Column, ...], x: Array, missing: str) -> tuple[Column, ...]:
    """Return ``columns`` with what fills their gaps, from training inputs ``x`` (n, inputs)."""
    if missing == DROP:
        return columns
    return tuple(
        replace(column, fill=_fill(column, x[:, start : start + column.width], missing))
        for column, start in zip(columns, starts(columns), strict=True)
    )


def _fill(column: Column, x: Array, missing: str) -> float | str | None:
    whole = x[~np.isnan(x).any(axis=1)].astype(np.float64)
    if not len(whole):
        return None
    if column.is_category:
        return column.categories[int(whole.sum(axis=0).argmax())]
    if missing in (MEAN, MEDIAN):
        return float(whole.mean() if missing == MEAN else np.median(whole))
    values, counts = np.unique(whole, return_counts=True)
    return float(values[counts.argmax()])


def fill_gaps(x: Array, columns: tuple[Column, ...]) -> None:
    """Put in ``x`` (n, inputs) what fills the gaps of its ``columns``, in place."""
    for column, start in zip(columns, starts(columns), strict=True):
        part = x[:, start : start + column.width]
        empty = np.isnan(part).any(axis=1)
        if column.fill is not None and empty.any():
            part[empty] = (
                [float(column.fill == category) for category in column.categories]
                if column.is_category
                else column.fill
            )
