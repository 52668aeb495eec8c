"""Metrics: figures that a person reads beside the loss, by Keras' definitions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Metric:
    """A figure that is the mean of one number per sample."""

    keras_name: ClassVar[str] = ""

    def per_sample(self, y: Array, p: Array) -> Array:
        """Return one number per sample, (batch,), for targets as the data give them and outputs ``p``."""
        raise NotImplementedError


@dataclass(frozen=True)
class Accuracy(Metric):
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
class MeanAbsoluteError(Metric):
    """The mean absolute difference between outputs and targets."""

    keras_name: ClassVar[str] = "mae"

    def per_sample(self, y: Array, p: Array) -> Array:
        targets = y.reshape(p.shape) if y.size == p.size else np.eye(p.shape[-1])[y]
        distances: Array = np.mean(np.abs(p - targets), axis=-1)
        return distances


METRICS: tuple[type[Metric], ...] = (Accuracy, MeanAbsoluteError)
