"""Accuracies: the share of answers that are right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from nnstudio.engine.metrics.metric import Array, HitMetric, target_rows, true_classes
from nnstudio.settings import setting

_HALF = 0.5


@dataclass(frozen=True)
class Accuracy(HitMetric):
    """The share of samples whose class is right.

    One output: above 0.5 means class 1. More outputs: the largest one names the class; targets are
    class numbers or rows. This is how Keras resolves "accuracy": by shapes, whatever the loss.
    """

    keras_name: ClassVar[str] = "accuracy"
    title: ClassVar[str] = "Accuracy"

    def cut(self, outputs: int) -> float | None:
        return _HALF if outputs == 1 else None

    def hits(self, y: Array, p: Array) -> Array:
        if p.shape[-1] == 1:
            right: Array = (p > _HALF) == y.reshape(p.shape)
            return right
        return largest_is_right(y, p)


@dataclass(frozen=True)
class BinaryAccuracy(HitMetric):
    """The share of outputs that are on the right side of the threshold, each output by itself."""

    keras_name: ClassVar[str] = "binary_accuracy"
    title: ClassVar[str] = "Binary accuracy"

    threshold: float = setting(0.5, "The output above which the answer is yes.", minimum=-1e6, maximum=1e6)

    def cut(self, outputs: int) -> float | None:
        return self.threshold

    def hits(self, y: Array, p: Array) -> Array:
        right: Array = (p > self.threshold) == target_rows(y, p)
        return right


@dataclass(frozen=True)
class CategoricalAccuracy(HitMetric):
    """The share of samples whose largest output is that of their class."""

    keras_name: ClassVar[str] = "categorical_accuracy"
    title: ClassVar[str] = "Categorical accuracy"

    def hits(self, y: Array, p: Array) -> Array:
        return largest_is_right(y, p)


@dataclass(frozen=True)
class SparseCategoricalAccuracy(HitMetric):
    """The share of samples whose largest output is that of their class; Keras' form for class numbers."""

    keras_name: ClassVar[str] = "sparse_categorical_accuracy"
    title: ClassVar[str] = "Sparse categorical accuracy"

    def hits(self, y: Array, p: Array) -> Array:
        return largest_is_right(y, p)


def largest_is_right(y: Array, p: Array) -> Array:
    """Return whether the largest output of each sample is that of its class, (batch,)."""
    right: Array = p.argmax(axis=-1) == true_classes(y)
    return right
