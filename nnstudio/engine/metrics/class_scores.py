"""Class scores: precision, recall and F1, from how many were right, predicted and actual of each class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nnstudio.engine.metrics.metric import Array, Metric, target_rows
from nnstudio.settings import setting

_HALF = 0.5
_FUZZ = 1e-7  # what Keras adds to the divisors of F1
_NEARLY_ZERO = 1e-9  # below it an output is no answer, even where it is the largest
_CUT = "The output above which the answer is yes; without one, 0.5, or of several classes the largest output."


@dataclass(frozen=True)
class _ClassScore(Metric):
    """A score of each class, or of all yes-or-no answers together.

    Where targets are class numbers and there are several outputs, the largest output is the answer, and the
    figure is the mean over the classes that have samples: what is read for ten classes. Otherwise Keras'
    way holds: each output is an answer by itself. A score that is not defined is 0, as in Keras.
    The tally is (right, predicted, actual), of all answers or of each class.
    """

    share: ClassVar[bool] = True
    rises: ClassVar[bool] = True
    for_values: ClassVar[bool] = False

    def value(self, tally: Array) -> float:
        right, predicted, actual = tally.reshape(3, -1)
        present = actual > 0.0
        scores = self.scores(right, predicted, actual)[present]
        return float(np.add.reduce(scores) / len(scores)) if len(scores) else 0.0

    def scores(self, right: Array, predicted: Array, actual: Array) -> Array:
        """Return the score of each class, from counts (classes,)."""
        raise NotImplementedError


@dataclass(frozen=True)
class _ThresholdScore(_ClassScore):
    """A class score that counts answers by one threshold."""

    thresholds: float | None = setting(None, _CUT, minimum=0.0, maximum=1.0, label="Threshold")

    def cut(self, outputs: int) -> float | None:
        return _HALF if self.thresholds is None and outputs == 1 else self.thresholds

    def tally(self, y: Array, p: Array) -> Array:
        if self.thresholds is None and _names_classes(y, p):
            return class_tally(y, p)
        yes = p > (_HALF if self.thresholds is None else self.thresholds)
        truth = target_rows(y, p).astype(np.bool_)
        counts = (np.count_nonzero(yes & truth), np.count_nonzero(yes), np.count_nonzero(truth))
        return np.array(counts, np.float64)


@dataclass(frozen=True)
class Precision(_ThresholdScore):
    """Of the answers that are yes, the share that is right; of several classes their mean."""

    keras_name: ClassVar[str] = "precision"
    title: ClassVar[str] = "Precision"

    def scores(self, right: Array, predicted: Array, actual: Array) -> Array:
        return right / np.maximum(predicted, 1.0)


@dataclass(frozen=True)
class Recall(_ThresholdScore):
    """Of what should be yes, the share that is answered so; of several classes their mean."""

    keras_name: ClassVar[str] = "recall"
    title: ClassVar[str] = "Recall"

    def scores(self, right: Array, predicted: Array, actual: Array) -> Array:
        return right / np.maximum(actual, 1.0)


@dataclass(frozen=True)
class F1Score(_ClassScore):
    """The harmonic mean of precision and recall: high only where both are.

    Averages: "macro" is the mean over the classes that have samples, "weighted" counts each class by its
    samples, "micro" counts all answers together.
    """

    keras_name: ClassVar[str] = "f1_score"
    title: ClassVar[str] = "F1 score"

    average: str = setting(
        "macro", "How the scores of the classes become one.", choices=("macro", "micro", "weighted")
    )
    threshold: float | None = setting(None, _CUT, above=0.0, maximum=1.0)

    def cut(self, outputs: int) -> float | None:
        return _HALF if self.threshold is None and outputs == 1 else self.threshold

    def tally(self, y: Array, p: Array) -> Array:
        if self.threshold is None and _names_classes(y, p):
            return class_tally(y, p)
        cut, rows = self.cut(p.shape[-1]), target_rows(y, p)
        yes = _largest(p) if cut is None else p > cut
        counts = (np.add.reduce(part, 0, dtype=np.float64) for part in (yes * rows, yes, rows))
        return np.concatenate(tuple(counts))

    def value(self, tally: Array) -> float:
        if self.average == "macro":
            return super().value(tally)
        counts = tally.reshape(3, -1)
        if self.average == "micro":
            return float(self.scores(*counts.sum(axis=1)))
        weights = counts[2] / (counts[2].sum() + _FUZZ)
        return float(np.vecdot(self.scores(*counts), weights))

    def scores(self, right: Array, predicted: Array, actual: Array) -> Array:
        precision, recall = right / (predicted + _FUZZ), right / (actual + _FUZZ)
        return 2.0 * precision * recall / (precision + recall + _FUZZ)


def class_tally(y: Array, p: Array) -> Array:
    """Return how many were right, predicted and actual of each class, (3 classes,), for class numbers."""
    classes, predicted = p.shape[-1], p.argmax(axis=-1)
    actual = y.reshape(-1).astype(np.intp, copy=False)
    parts = (actual[actual == predicted], predicted, actual)
    return np.concatenate([np.bincount(part, minlength=classes) for part in parts]).astype(np.float64)


def _names_classes(y: Array, p: Array) -> bool:
    return p.shape[-1] > 1 and y.size == len(y)


def _largest(p: Array) -> Array:
    """Return Keras' answers: the largest outputs of each row, unless they are nearly 0."""
    largest: Array = p >= p.max(axis=-1, keepdims=True)
    return largest & (np.abs(p) > _NEARLY_ZERO)
