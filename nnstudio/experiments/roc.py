"""ROC: what every threshold would make of two classes, as the curves that people read it from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.experiments.evaluation import Evaluation

Array = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class ThresholdCurves:
    """How many samples each threshold takes for the second class, the positive one, rightly and wrongly.

    ``thresholds`` (k,) are the different scores, highest first; ``hits`` and ``false_alarms`` (k,) count the
    positive and the negative samples whose score is at least that.
    """

    thresholds: Array
    hits: Array
    false_alarms: Array

    @property
    def positives(self) -> int:
        """How many samples are of the second class."""
        return int(self.hits[-1]) if len(self.hits) else 0

    @property
    def negatives(self) -> int:
        """How many samples are of the first class."""
        return int(self.false_alarms[-1]) if len(self.false_alarms) else 0

    @property
    def complete(self) -> bool:
        """Whether there are samples of both classes, so that the curves mean something."""
        return self.positives > 0 and self.negatives > 0

    @cached_property
    def recall(self) -> Array:
        """The share of the positive samples that is found, (k,); also the true positive rate."""
        return _share(self.hits, self.positives)

    @cached_property
    def false_rate(self) -> Array:
        """The share of the negative samples that is taken for positive ones, (k,)."""
        return _share(self.false_alarms, self.negatives)

    @cached_property
    def precision(self) -> Array:
        """The share of what is taken for positive that is, (k,)."""
        return _share(self.hits, self.hits + self.false_alarms)

    @cached_property
    def area(self) -> float:
        """The area under the ROC curve: the chance that a positive sample scores above a negative one."""
        if not self.complete:
            return float("nan")
        x, y = np.append(0.0, self.false_rate), np.append(0.0, self.recall)
        return float(np.sum(np.diff(x) * (y[1:] + y[:-1])) / 2)

    @cached_property
    def average_precision(self) -> float:
        """The precision at every threshold, each as far as it adds to the recall."""
        if not self.positives:
            return float("nan")
        return float(np.sum(np.diff(np.append(0.0, self.recall)) * self.precision))

    def place(self, threshold: float) -> int | None:
        """Return the last index whose scores are above ``threshold``; None where none is."""
        cut = self.thresholds.dtype.type(threshold)  # as a comparison with the outputs rounds it
        above = int(np.searchsorted(-self.thresholds, -cut, side="left"))
        return above - 1 if above else None

    def roc_point(self, threshold: float) -> tuple[float, float]:
        """Return false and true positive rate where scores above ``threshold`` mean the second class."""
        place = self.place(threshold)
        return (0.0, 0.0) if place is None else (float(self.false_rate[place]), float(self.recall[place]))

    def precision_point(self, threshold: float) -> tuple[float, float]:
        """Return recall and precision at a threshold; where nothing is taken for positive, precision is 1."""
        place = self.place(threshold)
        return (0.0, 1.0) if place is None else (float(self.recall[place]), float(self.precision[place]))

    @cached_property
    def best_threshold(self) -> float | None:
        """The threshold with the highest F1 score, half-way to the next lower score; None without curves."""
        if not self.complete:
            return None
        f1 = 2 * self.hits / (self.hits + self.false_alarms + self.positives)
        place = int(f1.argmax())
        if place + 1 == len(self.thresholds):
            return float(np.nextafter(self.thresholds[place], self.thresholds.dtype.type(-np.inf)))
        upper, lower = self.thresholds[place], self.thresholds[place + 1]
        middle = (upper + lower) / 2
        return float(middle if middle < upper else lower)


def curves_of(scores: Array, positive: Array) -> ThresholdCurves:
    """Count for ``scores`` (n,) and ``positive`` (n,) flags; equal scores fall on one side together.

    Scores that are not a number speak for nothing and are left out.
    """
    known = ~np.isnan(scores)
    scores, positive = scores[known], np.asarray(positive, bool)[known]
    order = np.argsort(-scores, kind="stable")
    ranked, hit = scores[order], positive[order]
    ends = np.append(np.flatnonzero(np.diff(ranked)), len(ranked) - 1) if len(ranked) else np.empty(0, int)
    hits = np.cumsum(hit)[ends]
    return ThresholdCurves(ranked[ends], hits, ends + 1 - hits)


def scores_of(evaluation: Evaluation) -> Array:
    """Return what each sample scores as one of the second class, (n,): its last output."""
    return evaluation.outputs[:, -1]


def curves_of_evaluation(evaluation: Evaluation) -> ThresholdCurves:
    """Return the curves of an evaluation with two classes."""
    return curves_of(scores_of(evaluation), evaluation.actual_classes == 1)


def _share(parts: Array, whole: Array | int) -> Array:
    wholes = np.broadcast_to(np.asarray(whole, float), parts.shape)
    shares = np.full(parts.shape, np.nan)
    np.divide(parts, wholes, out=shares, where=wholes > 0)
    return shares
