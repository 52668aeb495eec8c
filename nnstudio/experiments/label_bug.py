"""LabelBug: what comes of comparing class indices with one-hot rows, beside the right comparison."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnstudio.data.arrays import Array, ClassIndices, IntArray, OneHot
from nnstudio.data.encodings import hits, indices_of, one_hot_of
from nnstudio.experiments.evaluation import Evaluation
from nnstudio.task import DataFacts

_SHOWN = 5
_MADE_UP = (7, 2, 1, 0, 4)


@dataclass(frozen=True, eq=False)
class LabelBug:
    """A few samples: the ``labels`` as one-hot rows (n, classes), and the classes ``predicted`` (n,).

    ``samples`` are their places in the test part; empty where they are made up. ``made_up`` tells that no
    network predicted.
    """

    names: tuple[str, ...]
    labels: OneHot
    predicted: ClassIndices
    samples: tuple[int, ...] = ()
    made_up: bool = False

    @property
    def actual(self) -> ClassIndices:
        """The labels as class indices."""
        return indices_of(self.labels)

    @property
    def wrong_counts(self) -> tuple[int, int]:
        """How many seem right and wrong where indices are compared with rows."""
        return _counts(_compared_as_a_whole(self.predicted, self.labels))

    @property
    def right_counts(self) -> tuple[int, int]:
        """How many are right and wrong."""
        return _counts(hits(self.predicted, self.actual))

    @property
    def refusal(self) -> str:
        """What the NumPy of today says to the wrong comparison."""
        unchecked: Array = self.labels
        try:
            return str(self.predicted == unchecked)
        except ValueError as error:
            return str(error).strip()


def _compared_as_a_whole(first: Array, second: Array) -> Array:
    """Compare arrays as NumPy did up to version 1.24 where their shapes do not fit: one answer for all."""
    return np.asarray(np.array_equal(first, second))


def _counts(right: Array) -> tuple[int, int]:
    return int(np.count_nonzero(right)), int(np.count_nonzero(~right))


def label_bug(facts: DataFacts, y: Array, evaluation: Evaluation | None) -> LabelBug:
    """Return the lesson on some test samples with classes ``y`` (n,); made up where there are none."""
    if not facts.is_classes or facts.classes < 2 or y.ndim != 1 or not len(y):
        actual = ClassIndices(np.array(_MADE_UP, np.int64))
        names = tuple(map(str, range(10)))
        return LabelBug(names, one_hot_of(actual, len(names)), _one_mistake(actual, len(names)), made_up=True)
    if evaluation is None or len(evaluation.actual) != len(y):
        chosen: IntArray = np.arange(min(_fitting(facts.classes), len(y)))
        actual = ClassIndices(y[chosen])
        predicted = _one_mistake(actual, facts.classes)
    else:
        chosen = _mixed(np.asarray(evaluation.right), _fitting(facts.classes))
        actual, predicted = ClassIndices(y[chosen]), ClassIndices(evaluation.predicted[chosen])
    labels = one_hot_of(actual, facts.classes)
    return LabelBug(facts.class_names, labels, predicted, tuple(map(int, chosen)), evaluation is None)


def _fitting(classes: int) -> int:
    """Return how many samples are shown: with as many as classes, NumPy would compare each with each."""
    return _SHOWN if classes != _SHOWN else _SHOWN - 1


def _mixed(right: Array, count: int) -> IntArray:
    """Return the first samples, one of them wrong and the others right where there are such."""
    wrong = np.flatnonzero(~right)[:1]
    chosen = np.concatenate((wrong, np.flatnonzero(right)[: count - len(wrong)]))
    others = np.setdiff1d(np.arange(len(right)), chosen)[: count - len(chosen)]
    return np.sort(np.concatenate((chosen, others)))


def _one_mistake(actual: ClassIndices, classes: int) -> ClassIndices:
    predicted = actual.copy()
    predicted[-1] = (predicted[-1] + 1) % classes
    return ClassIndices(predicted)
