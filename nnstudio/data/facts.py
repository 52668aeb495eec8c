"""Facts: what a part of a data set looks like as a whole: counts, mean images, how often values occur."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnstudio.data.arrays import Array, Bytes, IntArray
from nnstudio.data.dataset import Samples
from nnstudio.errors import Cancelled

BINS = 32
_CHUNK = 1 << 18  # values counted at a time: NumPy holds Python's lock while it counts


@dataclass(frozen=True, eq=False)
class Histogram:
    """How many values lie in each of `BINS` equal ranges from ``low`` to ``high``, and how many are 0."""

    counts: IntArray
    low: float
    high: float
    zero_share: float


@dataclass(frozen=True, eq=False)
class Overview:
    """What takes a while to measure; ``means`` is None where samples are not images."""

    means: Bytes | None
    values: Histogram


def never() -> bool:
    """Say that nobody cancelled."""
    return False


def overview(samples: Samples, classes: int, cancelled: Callable[[], bool] = never) -> Overview:
    """Measure all of ``samples``.

    Raises:
        Cancelled: ``cancelled()`` became true.
    """
    values = histogram(samples.x, cancelled)
    means = mean_images(samples, classes, cancelled) if samples.images and classes else None
    return Overview(means, values)


def class_counts(y: Array, classes: int) -> IntArray:
    """Return how many of the targets ``y`` (n,) belong to each class, (classes,)."""
    return np.bincount(y, minlength=classes)


def mean_images(samples: Samples, classes: int, cancelled: Callable[[], bool] = never) -> Bytes:
    """Return the mean image of each class, uint8 (classes, height, width) or with 3 channels.

    A class without samples has a blank one.
    """
    order = np.argsort(samples.y, kind="stable")
    groups = np.split(order, np.cumsum(class_counts(samples.y, classes))[:-1])
    x = samples.x
    exact = np.uint32 if x.dtype == np.uint8 else np.float64
    means = np.zeros((classes, *x.shape[1:]))
    for index, rows in enumerate(groups):
        _stop_if(cancelled)
        if len(rows):
            means[index] = x[rows].sum(axis=0, dtype=exact) / len(rows)
    if x.dtype != np.uint8 and len(x) and x.max() <= 1:
        means *= 255
    if means.ndim == 4 and means.shape[3] == 1:
        means = means[..., 0]
    return np.clip(np.rint(means), 0, 255).astype(np.uint8)


def histogram(x: Array, cancelled: Callable[[], bool] = never) -> Histogram:
    """Count the values of ``x``: bytes over 0 to 255, other numbers over their own range."""
    values = x.reshape(-1)
    if not len(values):
        return Histogram(np.zeros(BINS, np.int64), 0.0, 0.0, 0.0)
    whole = x.dtype == np.uint8
    low, high = (0.0, 255.0) if whole else (float(values.min()), float(values.max()))
    counts, zeros = np.zeros(BINS, np.int64), 0
    for start in range(0, len(values), _CHUNK):
        _stop_if(cancelled)
        chunk = values[start : start + _CHUNK]
        counts += _count(chunk, low, high, whole)
        zeros += len(chunk) - int(np.count_nonzero(chunk))
    return Histogram(counts, low, high, zeros / len(values))


def _count(chunk: Array, low: float, high: float, whole: bool) -> IntArray:
    counts: IntArray
    if whole:
        counts = np.bincount(chunk, minlength=256).reshape(BINS, -1).sum(axis=1)
    else:
        counts = np.histogram(chunk, BINS, (low, high))[0]
    return counts


def _stop_if(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise Cancelled
