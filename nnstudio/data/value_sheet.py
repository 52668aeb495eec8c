"""ValueSheet: samples as the numbers that are kept of them, or scaled as the network sees them."""

from __future__ import annotations

import math

import numpy as np

from nnstudio.data.arrays import Array
from nnstudio.data.columns import Column, starts
from nnstudio.data.dataset import Dataset, Samples
from nnstudio.data.sheet import MOST_INPUTS, Field, Sheet, target_fields, target_values
from nnstudio.data.watch import UNWATCHED, Watch

_CHUNK = 1 << 16


class ValueSheet(Sheet):
    """The target first, then the inputs: the columns of a table where they are known, else the values.

    ``scaled`` shows each input of the network by itself, as it comes out of the preparation.
    """

    def __init__(self, dataset: Dataset, samples: Samples, scaled: bool = False) -> None:
        targets = target_fields(dataset)
        self._targets = len(targets)
        self._scaled = scaled
        columns = _single_inputs(dataset) if scaled or not dataset.columns else dataset.columns
        self._columns, self._starts = columns, starts_of(columns)
        fields = (Field(column.name, column.categories) for column in columns)
        super().__init__(samples, (*targets, *fields))

    def values(self, column: int, watch: Watch = UNWATCHED) -> Array:
        place = column - self._targets
        if place < 0:
            return target_values(self.samples, column)
        if self._columns[place].is_category:
            return category_values(self.samples, self._columns[place], self._starts[place])
        if self._scaled:
            return self._scaled_values(self._starts[place], watch)
        return self._flat()[:, self._starts[place]]

    def cell(self, row: int, column: int) -> str:
        return self._words(row, column, 5).replace("-", "\N{MINUS SIGN}")

    def exact(self, row: int, column: int) -> str:
        return self._words(row, column, 9)

    def _words(self, row: int, column: int, digits: int) -> str:
        place, field = column - self._targets, self.fields[column]
        if place < 0:
            target = self.samples.y[row]
            value = target if self.samples.y.ndim == 1 else target[column]
        elif field.categories:
            part = self.samples.part(row, row + 1)
            value = category_values(part, self._columns[place], self._starts[place])[0]
        else:
            x = self.samples.x[row : row + 1]
            x = self.samples.scaler.apply(x) if self._scaled else x
            value = x.reshape(-1)[self._starts[place]]
        if field.categories:
            return field.categories[int(value)] if value >= 0 else ""
        return f"{value:.{digits}g}"

    def _flat(self) -> Array:
        return self.samples.x.reshape(len(self.samples), -1)

    def _scaled_values(self, place: int, watch: Watch) -> Array:
        out = np.empty(len(self.samples), np.float32)
        for start in range(0, len(out), _CHUNK):
            watch.go_on()
            part = self.samples.scaler.apply(self.samples.x[start : start + _CHUNK])
            out[start : start + _CHUNK] = part.reshape(len(part), -1)[:, place]
        return out


def starts_of(columns: tuple[Column, ...]) -> list[int]:
    """Return the first input of each column, in one pass where all are single."""
    return list(range(len(columns))) if all(column.width == 1 for column in columns) else starts(columns)


def category_values(samples: Samples, column: Column, start: int) -> Array:
    """Return which category each sample has, (n,); -1 for none of them."""
    part = samples.x[:, start : start + column.width]
    found: Array = part.argmax(axis=1)
    found[part[np.arange(len(part)), found] == 0] = -1
    return found


def _single_inputs(dataset: Dataset) -> tuple[Column, ...]:
    return tuple(map(Column, (dataset.input_names or value_names(dataset))[:MOST_INPUTS]))


def value_names(dataset: Dataset) -> tuple[str, ...]:
    """Return what the inputs are called where they have no names."""
    return tuple(f"Value {index + 1}" for index in range(math.prod(dataset.training.shape)))
