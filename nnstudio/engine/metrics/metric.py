"""Metric: what every metric is: a tally of a batch, and the figure of a sum of tallies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from nnstudio.engine.losses.targets import one_hot

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Metric:
    """A figure over any number of samples.

    A batch becomes a tally, a vector of float64; tallies of several batches are added, and the figure of
    all of them is computed from the sum. So a precision over an epoch is exact, not a mean of batches.
    Targets come as the data give them: class numbers (batch,) or values (batch, outputs).
    """

    keras_name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    share: ClassVar[bool] = False  # whether the figure is a share of 1, which is shown in percent
    rises: ClassVar[bool] = False  # whether a better network has a larger figure
    for_classes: ClassVar[bool] = True
    for_values: ClassVar[bool] = True

    @classmethod
    def one_line(cls) -> str:
        """The first sentence of the class's docstring."""
        return (cls.__doc__ or "").strip().split("\n")[0]

    def cut(self, outputs: int) -> float | None:
        """Return above what each of ``outputs`` counts as yes; None where only their order counts."""
        return None

    def tally(self, y: Array, p: Array) -> Array:
        """Return what is to be added up, for targets ``y`` and outputs ``p`` (batch, outputs)."""
        raise NotImplementedError

    def value(self, tally: Array) -> float:
        """Return the figure of a sum of tallies; of nothing 0 or nan, as Keras does."""
        raise NotImplementedError


@dataclass(frozen=True)
class MeanMetric(Metric):
    """A figure that is the mean of one number per sample."""

    def per_sample(self, y: Array, p: Array) -> Array:
        """Return one number per sample, (batch,), for targets as the data give them and outputs ``p``."""
        raise NotImplementedError

    def tally(self, y: Array, p: Array) -> Array:
        return mean_tally(self.per_sample(y, p))

    def value(self, tally: Array) -> float:
        return mean_value(tally)


@dataclass(frozen=True)
class HitMetric(MeanMetric):
    """The share of answers that are right; several answers of a sample count alike."""

    share: ClassVar[bool] = True
    rises: ClassVar[bool] = True
    for_values: ClassVar[bool] = False

    def hits(self, y: Array, p: Array) -> Array:
        """Return whether each answer is right, (batch,) or (batch, outputs)."""
        raise NotImplementedError

    def per_sample(self, y: Array, p: Array) -> Array:
        means: Array = self.hits(y, p).reshape(len(p), -1).mean(axis=-1)
        return means

    def tally(self, y: Array, p: Array) -> Array:
        hits = self.hits(y, p)
        return np.array((np.count_nonzero(hits), hits.size), np.float64)


def mean_tally(numbers: Array) -> Array:
    """Return the sum and the count of ``numbers``, for `mean_value`."""
    return np.array((np.add.reduce(numbers, dtype=np.float64), len(numbers)))


def mean_value(tally: Array) -> float:
    """Return the mean of what `mean_tally` counted; nan of nothing."""
    total, count = tally.tolist()
    return float(total / count) if count else float("nan")


def true_classes(y: Array) -> Array:
    """Return the class of each sample, (batch,), for class numbers or rows."""
    if y.size == len(y):
        return y.reshape(-1)
    classes: Array = y.argmax(axis=-1)
    return classes


def target_rows(y: Array, p: Array) -> Array:
    """Return targets in the shape of the outputs; class numbers become rows of 0 and one 1."""
    return y.reshape(p.shape) if y.size == p.size else one_hot(y.reshape(-1), p.shape[-1], p.dtype)
