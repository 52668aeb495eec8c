"""Sheet: samples as rows and named columns, for people to look at, to sort and to filter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnstudio.data.arrays import Array, IntArray
from nnstudio.data.dataset import Dataset, Samples
from nnstudio.data.watch import UNWATCHED, Watch

MOST_INPUTS = 200
NUMBER_FIELD = "Number"


@dataclass(frozen=True)
class Field:
    """A column: numbers; names, whose values are indices of ``categories``; or whatever stands in a file."""

    name: str
    categories: tuple[str, ...] = ()
    is_target: bool = False
    is_text: bool = False

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers that mean something."""
        return not self.categories and not self.is_text


class Sheet:
    """The samples of one part; a sheet holds nothing but where they are.

    The values of a column are real numbers (n,), NaN where one is missing; indices of categories (n,), -1
    where one is missing; or texts (n,), "" where one is missing.
    """

    def __init__(self, samples: Samples, fields: tuple[Field, ...]) -> None:
        self.samples = samples
        self.fields = fields

    def __len__(self) -> int:
        return len(self.samples)

    @property
    def order(self) -> IntArray:
        """The rows in the order of their file where their places there are known, else as they are."""
        numbers = self.samples.numbers
        return np.arange(len(self)) if numbers is None else np.argsort(numbers)

    def index(self, name: str) -> int | None:
        """Return which column is called ``name``; None where there is none."""
        return next((index for index, field in enumerate(self.fields) if field.name == name), None)

    def cell(self, row: int, column: int) -> str:
        """Return what stands in a row and a column, as short as a person reads it."""
        return self.exact(row, column)

    def exact(self, row: int, column: int) -> str:
        """Return what stands in a row and a column, for another program."""
        raise NotImplementedError

    def values(self, column: int, watch: Watch = UNWATCHED) -> Array:
        """Return all values of a column.

        Raises:
            Cancelled: a person stopped it.
        """
        raise NotImplementedError


class PictureSheet(Sheet):
    """Images: their numbers, counted from ``first``, and what they are of."""

    @property
    def order(self) -> IntArray:
        return np.arange(len(self))

    def __init__(self, dataset: Dataset, samples: Samples, first: int = 0) -> None:
        super().__init__(samples, (Field(NUMBER_FIELD), *target_fields(dataset)))
        self._first = first

    def values(self, column: int, watch: Watch = UNWATCHED) -> Array:
        if not column:
            return self._first + np.arange(len(self.samples))
        return target_values(self.samples, column - 1)

    def exact(self, row: int, column: int) -> str:
        value = self.values(column)[row]
        names = self.fields[column].categories
        return names[int(value)] if names else f"{value:.9g}"


def target_fields(dataset: Dataset) -> tuple[Field, ...]:
    """Return one column for the classes, or one for each value to predict."""
    facts, names = dataset.facts, dataset.target_names
    if facts.is_classes:
        return (Field(names[0] if len(names) == 1 else "Class", dataset.class_names, is_target=True),)
    if len(names) != facts.outputs:
        names = ("Target",) if facts.outputs == 1 else tuple(f"Target {i + 1}" for i in range(facts.outputs))
    return tuple(Field(name, is_target=True) for name in names)


def target_values(samples: Samples, column: int) -> Array:
    """Return a column of the targets, (n,)."""
    return samples.y if samples.y.ndim == 1 else samples.y[:, column]
