"""SampleFilter: which samples of an evaluation to show, as a value, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.experiments.evaluation import Evaluation
from nnstudio.ui.prediction.filter_words import words_of
from nnstudio.ui.prediction.matrix_geometry import Place
from nnstudio.ui.prediction.matrix_selection import Places

Array = npt.NDArray[Any]
EVERYWHERE = (-1, -1)


@dataclass(frozen=True)
class SampleFilter:
    """Samples at any of some places of the confusion matrix, and right or wrong ones.

    Without a place they may be anywhere; None lets through what is right and what is wrong.
    """

    places: Places = frozenset()
    right: bool | None = None

    @classmethod
    def at(cls, *places: Place) -> SampleFilter:
        """Return the filter for places of the confusion matrix; -1 stands for all rows or columns."""
        return cls(frozenset() if EVERYWHERE in places else frozenset(places))

    @property
    def place(self) -> Place | None:
        """The only place; None where there are several, or none."""
        return next(iter(self.places)) if len(self.places) == 1 else None

    def rows(self, evaluation: Evaluation) -> Array:
        """Return the indices of the samples it lets through, ascending."""
        keep = np.ones(len(evaluation.actual), dtype=bool)
        if self.places:
            table = self._table(evaluation.facts.classes)
            keep &= table[evaluation.actual_classes, evaluation.predicted]
        if self.right is not None:
            keep &= evaluation.right == self.right
        return np.flatnonzero(keep)

    def fits(self, classes: int) -> bool:
        """Whether its classes exist."""
        return all(max(place) < classes for place in self.places)

    def turned_round(self) -> SampleFilter | None:
        """Return the filter for the opposite mistakes; None where this one is not for mistakes alone."""
        if not self.places or any(min(place) < 0 or place[0] == place[1] for place in self.places):
            return None
        opposite = frozenset((column, row) for row, column in self.places) - self.places
        return replace(self, places=opposite) if opposite else None

    def words(self, names: Sequence[str]) -> str:
        """Say what it lets through: "4 read as 9, and 9 as 4"; "" for everything, right and wrong."""
        return words_of(self.places, names)

    def counted_words(self, evaluation: Evaluation, noun: str) -> str:
        """Say how many samples which places let through: "12 images: 4 read as 9"; "" without a place."""
        if not self.places:
            return ""
        count = len(self.rows(evaluation))
        counted = f"{count:,} {noun.removesuffix('s') if count == 1 else noun}"
        return f"{counted}: {self.words(evaluation.facts.class_names)}"

    def _table(self, classes: int) -> Array:
        """Return which pairs pass, (classes, classes + 1); the last column stands for no class."""
        table = np.zeros((classes, classes + 1), dtype=bool)
        for row, column in self.places:
            rows = slice(None) if row < 0 else row
            table[rows, slice(None) if column < 0 else column] = True
        return table


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
