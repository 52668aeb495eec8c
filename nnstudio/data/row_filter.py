"""Row filter: which rows of a sheet to show, as values: conditions that all have to hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from nnstudio.data.arrays import Array, Flags
from nnstudio.data.sheet import Field, Sheet
from nnstudio.data.watch import UNWATCHED, Watch

EQUAL, CONTAINS, LESS, GREATER, MISSING = COMPARISONS = ("=", "contains", "<", ">", "is missing")
MOST_CONDITIONS = 6


@dataclass(frozen=True)
class Condition:
    """A column compared with a value, as a person wrote it."""

    column: str
    comparison: str = EQUAL
    value: str = ""

    @property
    def words(self) -> str:
        """What it asks for: "age > 30"."""
        return " ".join(filter(None, (self.column, self.comparison, self._shown_value)))

    @property
    def _shown_value(self) -> str:
        return "" if self.comparison == MISSING else self.value


def comparisons_for(field: Field) -> tuple[str, ...]:
    """Return what can be asked of a column."""
    return (EQUAL, LESS, GREATER, MISSING) if field.is_number else (EQUAL, CONTAINS, MISSING)


def condition_problem(condition: Condition, sheet: Sheet) -> str:
    """Say why nothing can be compared yet; "" where it can. An empty value lets everything through."""
    index = sheet.index(condition.column)
    if index is None:
        return f"There is no column {condition.column} here."
    field = sheet.fields[index]
    if condition.comparison not in comparisons_for(field):
        kind = "numbers" if field.is_number else "names"
        return f"{field.name} holds {kind}: choose {' or '.join(comparisons_for(field))}."
    if condition.comparison == MISSING or not condition.value.strip() or not field.is_number:
        return ""
    if number_in(condition.value) is None:
        return f"{field.name} holds numbers: write one such as 30 or 2.5."
    return ""


def number_in(text: str) -> float | None:
    """Return the number that a person wrote, with a point or a comma; None for anything else."""
    try:
        return float(text.strip().replace("\N{MINUS SIGN}", "-").replace(",", "."))
    except ValueError:
        return None


def matching(sheet: Sheet, conditions: Iterable[Condition], watch: Watch = UNWATCHED) -> Flags:
    """Return which rows of ``sheet`` meet all conditions, (n,); those with a problem are left out.

    Raises:
        Cancelled: a person stopped it.
    """
    keep = np.ones(len(sheet), bool)
    for condition in conditions:
        watch.go_on()
        asks = condition.comparison == MISSING or condition.value.strip()
        if asks and not condition_problem(condition, sheet):
            keep &= _meets(sheet, condition, watch)
    return keep


def missing_in(field: Field, values: Array) -> Flags:
    """Return which of a column's values are missing, (n,)."""
    if field.is_text:
        return np.asarray(values == "")
    return np.asarray(values < 0 if field.categories else np.isnan(values))


def _meets(sheet: Sheet, condition: Condition, watch: Watch) -> Flags:
    index = sheet.index(condition.column)
    assert index is not None
    field, values = sheet.fields[index], sheet.values(index, watch)
    if condition.comparison == MISSING:
        return missing_in(field, values)
    if field.is_number:
        return _compared(values, condition.comparison, number_in(condition.value) or 0.0)
    wanted, whole = condition.value.strip().casefold(), condition.comparison == EQUAL
    if field.is_text:
        names, places = np.unique(values, return_inverse=True)
        return _named(tuple(names), wanted, whole)[places]
    return _named(field.categories, wanted, whole)[values] & (values >= 0)


def _compared(values: Array, comparison: str, number: float) -> Flags:
    wanted = np.asarray(number, values.dtype if values.dtype.kind == "f" else np.float64)
    if comparison == EQUAL:
        return np.asarray(values == wanted)
    return np.asarray(values < wanted if comparison == LESS else values > wanted)


def _named(names: tuple[str, ...], wanted: str, whole: bool) -> Flags:
    lower = [str(name).casefold() for name in names]
    return np.array([name == wanted if whole else wanted in name for name in lower], bool)
