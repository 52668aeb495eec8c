"""Class table: scores of each class, their averages, and which classes are confused most, as rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.experiments.confusion import Confusion, percent, scores, shares_of_actual

Array = npt.NDArray[Any]

MACRO = "Mean over classes (macro average)"
WEIGHTED = "Mean weighted by samples (weighted average)"
_SCORES = ("precision", "recall", "f1")


@dataclass(frozen=True, eq=False)
class ScoreTable:
    """Rows of words and numbers; ``columns`` are (rows,) each, nan where nothing is known.

    ``places`` (rows, 2) say which cell of the confusion matrix a row is about, -1 for a whole row of it.
    The last ``averages`` rows stay last in every order.
    """

    heads: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    columns: tuple[Array, ...]
    shares: tuple[bool, ...]
    places: tuple[tuple[int, int], ...]
    averages: int = 0

    def __len__(self) -> int:
        return len(self.words)

    @property
    def names(self) -> int:
        """How many columns hold words; the numbers follow."""
        return len(self.heads) - len(self.columns)

    def text(self, row: int, column: int) -> str:
        """Return what a person reads in a cell."""
        if column < self.names:
            return self.words[row][column]
        place = column - self.names
        value = self.columns[place][row]
        return percent(float(value), 1) if self.shares[place] else f"{int(value):,}"

    def exact(self, row: int, column: int) -> str:
        """Return what another program reads in a cell; "" where nothing is known."""
        if column < self.names:
            return self.words[row][column]
        value = float(self.columns[column - self.names][row])
        return "" if np.isnan(value) else f"{value:.9g}"

    def rows(self) -> list[list[str]]:
        """Return all of it for another program, with its header."""
        columns = range(len(self.heads))
        return [list(self.heads), *([self.exact(row, one) for one in columns] for row in range(len(self)))]

    def order(self, column: int, descending: bool) -> list[int]:
        """Return the rows by a column, what is not known behind, and averages last of all."""
        rows = np.arange(len(self) - self.averages)
        if column < self.names:
            by_name = sorted(rows.tolist(), key=lambda row: self.words[row][column], reverse=descending)
            return [*by_name, *range(len(rows), len(self))]
        keys = np.asarray(self.columns[column - self.names], float)[: len(rows)]
        found = rows[np.argsort(-keys if descending else keys, kind="stable")]
        return [*found.tolist(), *range(len(rows), len(self))]


def class_table(confusion: Confusion) -> ScoreTable:
    """Return precision, recall, F1 and the number of samples of each class, and both averages."""
    found = scores(confusion.counts)
    total = found.actual.sum()
    columns = [
        np.append(getattr(found, name), (found.mean(name), found.weighted_mean(name))) for name in _SCORES
    ]
    support = np.append(found.actual, (total, total))
    names = (*confusion.names, MACRO, WEIGHTED)
    places = (*((index, -1) for index in range(len(confusion.names))), (-1, -1), (-1, -1))
    heads = ("Class", "Precision", "Recall", "F1", confusion.noun.capitalize())
    return ScoreTable(
        heads, tuple((name,) for name in names), (*columns, support), (True, True, True, False), places, 2
    )


def confused_table(confusion: Confusion) -> ScoreTable:
    """Return every pair of classes that was ever confused, most samples first."""
    wrong = confusion.counts * (1 - np.eye(len(confusion.counts), dtype=int))
    rows, columns = np.nonzero(wrong)
    order = np.argsort(-wrong[rows, columns], kind="stable")
    rows, columns = rows[order], columns[order]
    words = tuple(
        _pair(confusion.names, int(row), int(column)) for row, column in zip(rows, columns, strict=True)
    )
    shares = shares_of_actual(confusion.counts)[rows, columns]
    heads = ("Actual", "Read as", confusion.noun.capitalize(), "Of actual")
    places = tuple(zip(rows.tolist(), columns.tolist(), strict=True))
    return ScoreTable(heads, words, (wrong[rows, columns], shares), (False, True), places)


def _pair(names: Sequence[str], row: int, column: int) -> tuple[str, ...]:
    return names[row], names[column]


def matrix_rows(names: Sequence[str], values: Array) -> list[list[str]]:
    """Return a matrix as rows of text with the classes' names: actual ones down, predicted ones across."""
    rows = [["actual \\ predicted", *names]]
    for name, line in zip(names, values.tolist(), strict=True):
        rows.append([name, *("" if value != value else f"{value:.9g}" for value in line)])
    return rows


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """Return rows of text as the content of a CSV file."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8")
