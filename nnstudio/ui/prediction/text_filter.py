"""TextFilter: which samples some words mean: by their classes, their row or their file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from nnstudio.data.arrays import Flags, IntArray
from nnstudio.data.dataset import Samples
from nnstudio.experiments.evaluation import Evaluation

HINT = "Class, file or row"
HELP = (
    "Shows samples with all of these words in a class or file name, or of a row. "
    "actual:4, predicted:9, file:cat and row:17 look at one of these alone."
)


_NONE: Flags = np.zeros(1, bool)  # for any number of samples


@dataclass(frozen=True)
class TextFilter:
    """Every word has to fit; a number fits a class called so, or the row."""

    text: str = ""

    def rows(self, rows: IntArray, evaluation: Evaluation, samples: Samples) -> IntArray:
        """Return those of ``rows`` that it lets through, in their order."""
        for word in self.text.lower().split():
            rows = rows[_fitting(word, evaluation, samples)[rows]]
        return rows


EVERYTHING = TextFilter()


def _fitting(word: str, evaluation: Evaluation, samples: Samples) -> Flags:
    """Return which samples a word means, (samples,)."""
    kind, colon, value = word.partition(":")
    if not colon or kind not in _KINDS or not value:
        kind, value = "", word
    fits = np.zeros(len(evaluation.actual), bool)
    for name, find in _KINDS.items():
        if kind in ("", name):
            fits |= find(value, evaluation, samples)
    return fits


def _of_actual(word: str, evaluation: Evaluation, samples: Samples) -> Flags:
    classes = _named(word, evaluation.facts.class_names)
    return np.asarray(classes[evaluation.actual_classes]) if evaluation.facts.is_classes else _NONE


def _of_predicted(word: str, evaluation: Evaluation, samples: Samples) -> Flags:
    classes = np.append(_named(word, evaluation.facts.class_names), False)  # -1 was read as nothing
    return np.asarray(classes[evaluation.predicted]) if evaluation.facts.is_classes else _NONE


def _of_file(word: str, evaluation: Evaluation, samples: Samples) -> Flags:
    if len(samples.names) != len(evaluation.actual):
        return _NONE
    return np.fromiter((word in name for name in _lowered(samples.names)), bool, len(samples.names))


def _of_row(word: str, evaluation: Evaluation, samples: Samples) -> Flags:
    number = word.replace(",", "")
    if not number.isdecimal():
        return _NONE
    numbers = np.arange(len(evaluation.actual)) if samples.numbers is None else samples.numbers
    return np.asarray(numbers + 1 == int(number))


_KINDS: dict[str, Callable[[str, Evaluation, Samples], Flags]] = {
    "actual": _of_actual,
    "predicted": _of_predicted,
    "file": _of_file,
    "row": _of_row,
}


def _named(word: str, names: tuple[str, ...]) -> Flags:
    """Return which classes a word means: part of a name will do, but not part of a number."""
    return np.fromiter(_hits(word, names), bool, len(names))


def _hits(word: str, names: tuple[str, ...]) -> Iterator[bool]:
    exactly = word.isdecimal() or len(word) == 1
    for name in names:
        yield name.lower() == word if exactly else word in name.lower()


@lru_cache(maxsize=4)
def _lowered(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.lower() for name in names)
