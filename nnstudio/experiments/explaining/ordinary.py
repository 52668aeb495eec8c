"""Ordinary: what the samples that train are like on the whole: their average, their spread, their range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnstudio.data.arrays import Array
from nnstudio.data.dataset import Samples
from nnstudio.data.watch import UNWATCHED, Watch

_MOST_LOOKED_AT = 5_000
_CHUNK = 2_048


@dataclass(frozen=True, eq=False)
class Ordinary:
    """Figures of raw samples: ``mean`` and ``deviation`` (*shape), float32, ``low`` and ``high`` of all."""

    mean: Array
    deviation: Array
    low: float
    high: float

    @property
    def range(self) -> float:
        """How far apart the least and the greatest value are; never 0."""
        return (self.high - self.low) or 1.0


def ordinary_of(samples: Samples) -> Ordinary:
    """Measure up to 5,000 samples, spread over all of them; bytes always go from 0 to 255."""
    step = max(1, len(samples) // _MOST_LOOKED_AT)
    x = samples.x[::step][:_MOST_LOOKED_AT]
    mean, deviation = x.mean(axis=0, dtype=np.float64), x.std(axis=0, dtype=np.float64)
    low, high = (0.0, 255.0) if x.dtype == np.uint8 else (float(x.min()), float(x.max()))
    return Ordinary(mean.astype(np.float32), deviation.astype(np.float32), low, high)


def mean_of(samples: Samples, rows: Array, watch: Watch = UNWATCHED) -> Array:
    """Return the average of some samples as they came, (*shape) float32; zeros where there are none.

    Raises:
        Cancelled: a person stopped it.
    """
    total = np.zeros(samples.shape, np.float64)
    for start in range(0, len(rows), _CHUNK):
        watch.go_on()
        total += samples.x[rows[start : start + _CHUNK]].sum(axis=0, dtype=np.float64)
    return (total / max(1, len(rows))).astype(np.float32)


def class_means(samples: Samples, classes: Sequence[int], watch: Watch = UNWATCHED) -> list[Array]:
    """Return the average sample of each of some classes."""
    return [mean_of(samples, np.flatnonzero(samples.y == one), watch) for one in classes]
