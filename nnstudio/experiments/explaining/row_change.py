"""RowChange: which value of a row would have to be another one, in its own unit, for another answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnstudio.data.arrays import Array
from nnstudio.data.new_row import RowField
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.experiments.explaining.answers import Answers

_VALUES = 101  # that are tried of each number
_MOST_TOGETHER = 3
_CATEGORY_COST = 0.5  # another category is as much as half of a number's range


@dataclass(frozen=True)
class ValueChange:
    """One value of a row that is another one; ``cost`` is its way as a share of what training saw."""

    field: RowField
    before: float | str
    after: float | str
    cost: float


@dataclass(frozen=True)
class RowChange:
    """Values that have to change together so that the network says class ``target``."""

    changes: tuple[ValueChange, ...]
    target: int
    share: float

    @property
    def cost(self) -> float:
        """How far all of them move."""
        return sum(change.cost for change in self.changes)


def row_changes(
    answers: Answers, raw: Array, fields: Sequence[RowField], target: int, watch: Watch = UNWATCHED
) -> list[RowChange]:
    """Return what would make a row (*shape) be read as class ``target``, the smallest change first.

    Each value is tried alone: numbers all over the range that training saw, categories one by one. Where
    none is enough, the one that helps most is taken, and so on up to three together. Empty where that is
    not enough either.

    Raises:
        Cancelled: a person stopped it.
    """
    taken: tuple[ValueChange, ...] = ()
    here = raw.reshape(-1).astype(np.float32)
    for together in range(_MOST_TOGETHER):
        left = [field for field in fields if all(field is not change.field for change in taken)]
        tried = [change for field in left for change in _tries(field, here)]
        if not tried:
            break
        watch.told(together / _MOST_TOGETHER, "Trying other values")
        rows = np.stack([change.field.changed(here, change.after) for change in tried])
        found = answers.of(rows.reshape(-1, *raw.shape), watch)
        enough = np.flatnonzero(found.argmax(axis=1) == target)
        if len(enough):
            changes = [RowChange((*taken, tried[i]), target, float(found[i, target])) for i in enough]
            return _least_of_each_field(changes)
        best = int(answers_leads(answers, rows.reshape(-1, *raw.shape), target, watch).argmax())
        taken, here = (*taken, tried[best]), rows[best]
    return []


def answers_leads(answers: Answers, rows: Array, about: int, watch: Watch) -> Array:
    """Return the lead of ``about`` for many rows, (n,)."""
    parts = []
    for start in range(0, len(rows), 256):
        watch.go_on()
        parts.append(answers.leads(rows[start : start + 256], about))
    return np.concatenate(parts)


def _tries(field: RowField, row: Array) -> list[ValueChange]:
    """Return all other values that are tried of a field, nearest first."""
    before = field.value(row)
    if field.categories:
        others = [name for name in field.categories if name != before]
        return [ValueChange(field, before, name, _CATEGORY_COST) for name in others]
    values = values_over(field)
    reach = (field.high - field.low) or 1.0
    found = [
        ValueChange(field, before, float(value), abs(float(value) - float(before)) / reach)
        for value in values
        if value != before
    ]
    return sorted(found, key=_cost)


def values_over(field: RowField, count: int = _VALUES) -> Array:
    """Return numbers over the range of a field, whole ones where all are whole: (count,) or fewer."""
    values = np.linspace(field.low, field.high, count, dtype=np.float32)
    return np.unique(np.rint(values)) if field.step >= 1.0 else values


def _cost(change: ValueChange) -> float:
    return change.cost


def _least_of_each_field(changes: list[RowChange]) -> list[RowChange]:
    """Return of each field the change that goes least far; all, the least one first."""
    least: dict[str, RowChange] = {}
    for change in sorted(changes, key=_row_cost):
        least.setdefault(change.changes[-1].field.name, change)
    return list(least.values())


def _row_cost(change: RowChange) -> float:
    return change.cost


@dataclass(frozen=True)
class ColumnReach:
    """Which values are predicted while one column goes through all that training saw of it."""

    field: RowField
    low: float
    high: float
    at_low: float | str
    at_high: float | str

    @property
    def width(self) -> float:
        """How far the prediction moves."""
        return self.high - self.low


def column_reaches(
    answers: Answers, raw: Array, fields: Sequence[RowField], about: int, watch: Watch = UNWATCHED
) -> list[ColumnReach]:
    """Return how far each column alone can move value ``about`` of a row (*shape), the farthest first."""
    found, here = [], raw.reshape(-1).astype(np.float32)
    for place, field in enumerate(fields):
        watch.told(place / len(fields), "Trying other values")
        values: Sequence[float | str] = field.categories or [float(v) for v in values_over(field)]
        rows = np.stack([field.changed(here, value) for value in values])
        answer = answers.of(rows.reshape(-1, *raw.shape), watch)[:, about]
        low, high = int(answer.argmin()), int(answer.argmax())
        found.append(ColumnReach(field, float(answer[low]), float(answer[high]), values[low], values[high]))
    return sorted(found, key=_narrowness)


def _narrowness(reach: ColumnReach) -> float:
    return -reach.width
