"""Metrics: figures that a person reads beside the loss, by Keras' definitions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Metric:
    """A figure over any number of samples.

    A batch becomes a tally, a vector of float64; tallies of several batches are added, and the figure of
    all of them is computed from the sum. So a precision over an epoch is exact, not a mean of batches.
    """

    keras_name: ClassVar[str] = ""

    @classmethod
    def one_line(cls) -> str:
        """The first sentence of the class's docstring."""
        return (cls.__doc__ or "").strip().split("\n")[0]

    def tally(self, y: Array, p: Array) -> Array:
        """Return what is to be added up, for targets as the data give them and outputs ``p`` (batch, n)."""
        raise NotImplementedError

    def value(self, tally: Array) -> float:
        """Return the figure of a sum of tallies; nan where it is not defined."""
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


def mean_tally(numbers: Array) -> Array:
    """Return the sum and the count of ``numbers``, for `mean_value`."""
    return np.array((np.add.reduce(numbers, dtype=np.float64), len(numbers)))


def mean_value(tally: Array) -> float:
    """Return the mean of what `mean_tally` counted; nan of nothing."""
    total, count = tally
    return float(total / count) if count else float("nan")


@dataclass(frozen=True)
class Accuracy(MeanMetric):
    """The share of samples whose class is right.

    One output: right of 0.5 means class 1. More outputs: the largest one names the class; targets are
    class indices or rows. This is how Keras resolves "accuracy": by shapes, whatever the loss.
    """

    keras_name: ClassVar[str] = "accuracy"

    def per_sample(self, y: Array, p: Array) -> Array:
        if p.shape[-1] == 1:
            right: Array = ((p > 0.5) == y.reshape(p.shape)).mean(axis=-1)
            return right
        classes = y.reshape(-1) if y.size == len(y) else y.argmax(axis=-1)
        hits: Array = np.equal(p.argmax(axis=-1), classes)
        return hits


@dataclass(frozen=True)
class MeanAbsoluteError(MeanMetric):
    """The mean absolute difference between outputs and targets."""

    keras_name: ClassVar[str] = "mae"

    def per_sample(self, y: Array, p: Array) -> Array:
        targets = y.reshape(p.shape) if y.size == p.size else np.eye(p.shape[-1])[y]
        distances: Array = np.mean(np.abs(p - targets), axis=-1)
        return distances


METRICS: tuple[type[Metric], ...] = (Accuracy, MeanAbsoluteError)
