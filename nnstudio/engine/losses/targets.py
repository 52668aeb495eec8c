"""Targets: class numbers and rows, checked, as the losses compute with them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.errors import DataError

Array = npt.NDArray[Any]


def are_class_numbers(y: Array) -> bool:
    """Whether targets are whole numbers, one per sample."""
    return y.ndim == 1 and y.dtype.kind in "iu"


def class_numbers(y: Array, classes: int) -> Array:
    """Return (batch,) whole numbers below ``classes``.

    Raises:
        DataError: a target is no whole number, or not below ``classes``.
    """
    indices = y.reshape(-1).astype(np.intp, copy=False)
    if y.dtype.kind not in "iub" and not np.array_equal(indices, y.reshape(-1)):
        raise DataError("The data have targets that are no class numbers. MeanSquaredError takes values.")
    lowest, highest = _ends(indices)
    if not 0 <= lowest <= highest < classes:
        raise DataError(
            f"The network tells {classes} classes apart, numbered from 0, but the data have class "
            f"{highest if lowest >= 0 else lowest}. "
            "Set the units of the last layer to the number of classes."
        )
    return indices


def one_hot(indices: Array, classes: int, dtype: npt.DTypeLike) -> Array:
    """Return (batch, classes): 1 in the column of each sample's class, else 0.

    Raises:
        DataError: an index is not below ``classes``.
    """
    rows = np.zeros((len(indices), classes), dtype)
    rows.put(row_starts(rows.shape) + class_numbers(indices, classes), 1.0)
    return rows


def value_rows(y: Array, outputs: int, dtype: npt.DTypeLike) -> Array:
    """Return values as (batch, outputs).

    Raises:
        DataError: a sample has another number of them.
    """
    if y.size != len(y) * outputs:
        found = y.size // max(1, len(y))
        raise DataError(
            f"The network gives {outputs} numbers per sample, but a target has {found}. "
            "Set the units of the last layer to the number of targets."
        )
    return y.reshape(len(y), outputs).astype(dtype, copy=False)


def refuse_outside(y: Array, low: float, high: float, wants: str) -> None:
    """Raise DataError where a target is not from ``low`` to ``high``; ``wants`` begins the sentence."""
    lowest, highest = _ends(y)
    if not (lowest >= low and highest <= high):  # written so that nan is refused too
        found = lowest if lowest < low else highest
        raise DataError(
            f"{wants}, but the data have a target of {found:g}. "
            "Number classes from 0, or use MeanSquaredError for values."
        )


def smoothed(rows: Array, smoothing: float, share: float) -> Array:
    """Return targets that give up a part ``smoothing``, of which each output gets ``share``."""
    return rows * (1.0 - smoothing) + smoothing * share if smoothing else rows


@lru_cache(maxsize=64)
def row_starts(shape: tuple[int, int]) -> Array:
    """Return where each row of an array of ``shape`` begins in its flat memory, (rows,)."""
    rows, columns = shape
    starts = np.arange(0, rows * columns, columns, dtype=np.intp)
    starts.flags.writeable = False
    return starts


def _ends(y: Array) -> tuple[Any, Any]:
    """Return the smallest and the largest number, by position: much faster than min() and max() here."""
    return (y.item(y.argmin()), y.item(y.argmax())) if y.size else (0, 0)
