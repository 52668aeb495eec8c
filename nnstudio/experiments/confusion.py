"""Confusion: what a confusion matrix says, as shares, scores per class and sentences.

``counts`` (classes, classes) holds how many samples of class [row] were predicted as class [column].
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class Scores:
    """How well each class is told from the others, each (classes,); nan where there is nothing to divide by.

    ``precision``: of what was predicted as the class, the share that is of it. ``recall``: of the class,
    the share that was predicted as it. ``f1`` is their harmonic mean, 2 right / (actual + predicted).
    ``actual`` counts the samples of each class.
    """

    precision: Array
    recall: Array
    f1: Array
    actual: Array

    def mean(self, name: str) -> float:
        """Return the mean of one score over the classes that have samples; an undefined one counts 0."""
        values = getattr(self, name)[self.actual > 0]
        return float(np.nan_to_num(values).mean()) if len(values) else float("nan")

    def weighted_mean(self, name: str) -> float:
        """Return the mean of one score, each class counting as often as it has samples."""
        total = self.actual.sum()
        values = np.nan_to_num(getattr(self, name))
        return float((values * self.actual).sum() / total) if total else float("nan")

    def worst(self, name: str) -> int | None:
        """Return the class with the lowest score; None where all have the same."""
        values = getattr(self, name)
        if np.isnan(values).all() or np.nanmin(values) == np.nanmax(values):
            return None
        return int(np.nanargmin(values))


def scores(counts: Array) -> Scores:
    """Return precision, recall and F1 of each class."""
    right = np.diagonal(counts)
    actual, predicted = counts.sum(axis=1), counts.sum(axis=0)
    return Scores(
        _shares(right, predicted), _shares(right, actual), _shares(2 * right, actual + predicted), actual
    )


def shares_of_actual(counts: Array) -> Array:
    """Return each count as a share of its row, (classes, classes); nan in a row without samples."""
    return _shares(counts, counts.sum(axis=1, keepdims=True))


def shares_of_predicted(counts: Array) -> Array:
    """Return each count as a share of its column, (classes, classes); nan in a column without samples."""
    return _shares(counts, counts.sum(axis=0, keepdims=True))


def _shares(parts: Array, wholes: Array) -> Array:
    wholes = np.broadcast_to(wholes, np.shape(parts))
    shares = np.full(np.shape(parts), np.nan)
    np.divide(parts, wholes, out=shares, where=wholes > 0)
    return shares


@dataclass(frozen=True, eq=False)
class Confusion:
    """A confusion matrix with the names of its classes, and what it says in words.

    ``noun`` is what the samples are, in the plural: "images".
    """

    counts: Array
    names: Sequence[str]
    noun: str = "samples"

    def cell_sentence(self, actual: int, predicted: int) -> str:
        """Say how one class was read as another, or as itself."""
        count, of_class = int(self.counts[actual, predicted]), int(self.counts[actual].sum())
        name, other = self.names[actual], self.names[predicted]
        if not count:
            return f"No {self._one} of {name} was read as {other}"
        were = f"{self._counted(count)} of {name} {'was' if count == 1 else 'were'}"
        how = "read right" if actual == predicted else f"read as {other}"
        return f"{were} {how}, {percent(count / of_class, 1)} of all {plural(name)}"

    def row_sentence(self, actual: int) -> str:
        """Say how the samples of one class were read."""
        count, right = int(self.counts[actual].sum()), int(self.counts[actual, actual])
        if not count:
            return f"No {self._one} of {self.names[actual]}"
        share = percent(right / count, 1)
        return f"{self._counted(count)} of {self.names[actual]}: {right:,} read right, {share} (recall)"

    def column_sentence(self, predicted: int) -> str:
        """Say what was read as one class."""
        count, right = int(self.counts[:, predicted].sum()), int(self.counts[predicted, predicted])
        if not count:
            return f"No {self._one} was read as {self.names[predicted]}"
        share = percent(right / count, 1)
        return (
            f"{self._counted(count)} read as {self.names[predicted]}: {right:,} rightly, {share} (precision)"
        )

    def total_sentence(self) -> str:
        """Say how all samples were read."""
        count, right = int(self.counts.sum()), int(np.trace(self.counts))
        if not count:
            return f"No {self.noun}"
        return f"{self._counted(count)}: {right:,} read right, {percent(right / count, 2)}"

    @property
    def _one(self) -> str:
        return self.noun.removesuffix("s")

    def _counted(self, count: int) -> str:
        return f"{count:,} {self._one if count == 1 else self.noun}"


def percent(share: float, digits: int) -> str:
    """Return 0.1234 as "12.3 %"; what is not a number as a dash."""
    return "–" if np.isnan(share) else f"{100 * share:.{digits}f} %"


def plural(name: str) -> str:
    """Return what all of a class are called: "4s", but "samples of Ankle boot"."""
    return f"{name}s" if name.isdigit() else f"samples of {name}"
