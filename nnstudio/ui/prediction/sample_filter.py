"""SampleFilter: which samples of an evaluation to show, as a value, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.experiments.evaluation import Evaluation

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class SampleFilter:
    """Samples of one actual class, of one predicted class, and right or wrong ones; None lets all through."""

    actual: int | None = None
    predicted: int | None = None
    right: bool | None = None

    @classmethod
    def at(cls, row: int, column: int) -> SampleFilter:
        """Return the filter for a place of the confusion matrix; -1 stands for all rows or columns."""
        return cls(row if row >= 0 else None, column if column >= 0 else None)

    @property
    def place(self) -> tuple[int, int] | None:
        """The place in the confusion matrix, -1 for all rows or columns; None where there is none."""
        if self.actual is None and self.predicted is None:
            return None
        return (-1 if self.actual is None else self.actual, -1 if self.predicted is None else self.predicted)

    def rows(self, evaluation: Evaluation) -> Array:
        """Return the indices of the samples it lets through, ascending."""
        keep = np.ones(len(evaluation.actual), dtype=bool)
        if self.actual is not None:
            keep &= evaluation.actual == self.actual
        if self.predicted is not None:
            keep &= evaluation.predicted == self.predicted
        if self.right is not None:
            keep &= evaluation.right == self.right
        return np.flatnonzero(keep)

    def fits(self, classes: int) -> bool:
        """Whether its classes exist."""
        return (self.actual or 0) < classes and (self.predicted or 0) < classes

    def turned_round(self) -> SampleFilter | None:
        """Return the filter for the opposite mistake; None where this one is not for a mistake."""
        pair = (self.actual, self.predicted)
        if None in pair or pair[0] == pair[1]:
            return None
        return SampleFilter(actual=self.predicted, predicted=self.actual)

    def words(self, names: Sequence[str]) -> str:
        """Say what it lets through: "4 read as 9"; "" for everything, right and wrong."""
        if self.actual is not None and self.predicted is not None:
            return f"{names[self.actual]} read as {names[self.predicted]}"
        if self.actual is not None:
            return f"all {names[self.actual]}"
        return f"read as {names[self.predicted]}" if self.predicted is not None else ""


ALL = SampleFilter()
RIGHT = SampleFilter(right=True)
WRONG = SampleFilter(right=False)

# What a person can choose, and by which numbers the samples then stand, lowest first.
ORDERS: dict[str, Callable[[Evaluation], Array] | None] = {
    "Most certain first": lambda evaluation: -evaluation.sureness,
    "Least certain first": lambda evaluation: evaluation.sureness,
    "Highest loss first": lambda evaluation: -evaluation.losses,
    "In order": None,
}


def ordered(rows: Array, evaluation: Evaluation, order: str) -> Array:
    """Return ``rows`` in the order called ``order``; what is not a number comes last."""
    key = ORDERS[order]
    return rows if key is None else rows[np.argsort(key(evaluation)[rows], kind="stable")]
