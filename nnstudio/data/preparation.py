"""Preparation: how raw samples become the numbers that a network sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nnstudio.data.arrays import Array
from nnstudio.data.columns import Column
from nnstudio.data.scaler import PIXELS, PLAIN, Scaler
from nnstudio.settings import setting

NO_SCALING = "none"
ZERO_TO_ONE = "0 to 1"
STANDARD = "standard"
MIN_MAX = "min-max"
DROP, MEAN, MEDIAN, MOST_FREQUENT = "drop rows", "mean", "median", "most frequent"
_CHUNK_VALUES = 1 << 20


@dataclass(frozen=True)
class Preparation:
    """Treat raw values the same way in training, in prediction and in an exported model.

    It is saved with the model: a network that learnt from values between 0 and 1 reads nothing in
    values up to 255.
    """

    scaling: str = setting(
        ZERO_TO_ONE,
        "How values are scaled: not at all; pixels of 0 to 255 to numbers of 0 to 1; each input to mean 0 "
        "and standard deviation 1; or each input so that it runs from 0 to 1 in the training part.",
        choices=(NO_SCALING, ZERO_TO_ONE, STANDARD, MIN_MAX),
        arbitrary=True,  # what is best depends on the source
    )
    missing: str = setting(
        DROP,
        "What happens to rows with missing values: they are dropped, or the gap is filled with what the "
        "training part has in this column. Categories are filled with the most frequent one.",
        choices=(DROP, MEAN, MEDIAN, MOST_FREQUENT),
    )

    def fitted(self, x: Array, columns: tuple[Column, ...] = ()) -> Scaler:
        """Return the scaler that fits the training samples ``x`` (n, *shape).

        Rows are scaled input by input, images as a whole; categories stay 0 and 1.
        """
        if self.scaling == NO_SCALING or not x.size:
            return PLAIN
        if self.scaling == ZERO_TO_ONE:
            return PIXELS
        offset, spread = _moments(x) if self.scaling == STANDARD else _range(x)
        spread = np.where(spread > 0, spread, 1.0)  # a constant input is moved, not stretched
        if offset.ndim:
            plain = np.array([column.is_category for column in columns for _ in range(column.width)], bool)
            offset[: len(plain)][plain] = 0.0
            spread[: len(plain)][plain] = 1.0
        return Scaler(offset.astype(np.float32), spread.astype(np.float32))


def _moments(x: Array) -> tuple[Array, Array]:
    """Return mean and standard deviation, in float64 whatever ``x`` is: two passes, so that none is lost."""
    count = len(x) if x.ndim == 2 else x.size
    mean = sum(chunk.sum(axis=0) for chunk in _chunks(x)) / count
    squares = sum(np.square(chunk - mean).sum(axis=0) for chunk in _chunks(x))
    return np.asarray(mean), np.asarray(np.sqrt(squares / count))


def _range(x: Array) -> tuple[Array, Array]:
    low = np.min([chunk.min(axis=0) for chunk in _chunks(x)], axis=0)
    high = np.max([chunk.max(axis=0) for chunk in _chunks(x)], axis=0)
    return np.asarray(low), np.asarray(high - low)


def _chunks(x: Array) -> Iterator[Array]:
    """Yield ``x`` in float64, some rows at a time: as rows of inputs, or as one long row of values."""
    size = max(1, _CHUNK_VALUES // max(1, x[0].size))
    for start in range(0, len(x), size):
        chunk = x[start : start + size].astype(np.float64)
        yield chunk if x.ndim == 2 else chunk.reshape(-1)
