"""NewRow: one sample that a person makes up, field by field."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from nnstudio.data.arrays import Array
from nnstudio.data.columns import Column
from nnstudio.data.dataset import Dataset
from nnstudio.data.value_sheet import starts_of, value_names

MOST_FIELDS = 60
_LOOKED_AT = 10_000
_STEPS = 50


@dataclass(frozen=True)
class RowField:
    """A number between ``low`` and ``high`` in the training part, or one of ``categories``.

    ``start`` is its first input of the network.
    """

    name: str
    start: int
    categories: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 1.0
    step: float = 0.1

    def value(self, x: Array) -> float | str:
        """Return what the raw inputs ``x`` (inputs,) have here."""
        if not self.categories:
            return float(x[self.start])
        return self.categories[int(x[self.start : self.start + len(self.categories)].argmax())]

    def changed(self, x: Array, value: float | str) -> Array:
        """Return ``x`` with another value here."""
        x = x.copy()
        if self.categories:
            part = x[self.start : self.start + len(self.categories)]
            part[:] = 0
            part[self.categories.index(str(value))] = 1
        else:
            x[self.start] = value
        return x

    @property
    def range_words(self) -> str:
        """What the training part has: "10 to 89"."""
        return ", ".join(self.categories) if self.categories else f"{self.low:.5g} to {self.high:.5g}"

    def unusual(self, value: float | str) -> bool:
        """Whether no training sample comes near a value: a network then guesses blindly."""
        if self.categories or isinstance(value, str):
            return False
        room = 0.1 * (self.high - self.low)
        return not self.low - room <= value <= self.high + room


def row_fields(dataset: Dataset) -> tuple[RowField, ...]:
    """Return a field for each column, or for each input; of very many the first ones."""
    x = dataset.training.x[:_LOOKED_AT].reshape(min(len(dataset.training), _LOOKED_AT), -1)
    columns = dataset.columns or tuple(map(Column, value_names(dataset)[:MOST_FIELDS]))
    fields = zip(columns, starts_of(columns), strict=True)
    return tuple(_field(column, start, x) for column, start in list(fields)[:MOST_FIELDS])


def _field(column: Column, start: int, x: Array) -> RowField:
    values = x[:, start]
    if column.is_category or not len(values):
        return RowField(column.name, start, column.categories)
    low, high = float(values.min()), float(values.max())
    whole = bool((values == np.rint(values)).all()) and high - low > 1
    step = max(nice_step((high - low) / _STEPS), 1.0 if whole else 0.0)
    return RowField(column.name, start, (), low, high, step)


def nice_step(size: float) -> float:
    """Return the largest of ..., 0.1, 0.2, 0.5, 1, 2, 5, ... that is not above ``size``."""
    if not size > 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(size))
    return next(factor * power for factor in (5, 2, 1) if factor * power <= size * (1 + 1e-9))
