"""Statistics: what the values of one column are like as a whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnstudio.data.arrays import Array, IntArray
from nnstudio.data.row_filter import missing_in
from nnstudio.data.sheet import Field, Sheet
from nnstudio.data.watch import UNWATCHED, Watch

BINS = 24
MOST_BARS = 12


@dataclass(frozen=True, eq=False)
class ColumnStatistics:
    """``count`` values of which some are missing, and what the others are like.

    ``figures`` hold mean, standard deviation, least value, quartiles and greatest value of numbers. ``bars``
    (groups, bins) count values by class, or all of them in one group; the bins are equal ranges between the
    least and the greatest number, or the most frequent ``names``.
    """

    field: Field
    count: int
    missing: int
    distinct: int
    zeros: int
    figures: dict[str, float]
    bars: IntArray
    names: tuple[str, ...] = ()

    @property
    def low(self) -> float:
        """The least number."""
        return self.figures.get("Minimum", 0.0)

    @property
    def high(self) -> float:
        """The greatest number."""
        return self.figures.get("Maximum", 0.0)


def column_statistics(sheet: Sheet, column: int, classes: int, watch: Watch = UNWATCHED) -> ColumnStatistics:
    """Measure a column of ``sheet``; its bars are split by class where there are ``classes``.

    Raises:
        Cancelled: a person stopped it.
    """
    field, values = sheet.fields[column], sheet.values(column, watch)
    watch.go_on()
    known = ~missing_in(field, values)
    groups = sheet.samples.y[known] if classes and not field.is_target else np.zeros(known.sum(), np.intp)
    measure = _of_numbers if field.is_number else _of_names
    return measure(field, values[known], len(values), groups, max(1, classes if not field.is_target else 1))


def _of_numbers(field: Field, values: Array, count: int, groups: Array, classes: int) -> ColumnStatistics:
    finite = np.isfinite(values)
    values, groups = values[finite].astype(np.float64), groups[finite]
    figures: dict[str, float] = {}
    if len(values):
        ordered = np.sort(values)
        figures = {"Mean": float(values.mean()), "Std. deviation": float(values.std())}
        names = ("Minimum", "Lower quartile", "Median", "Upper quartile", "Maximum")
        figures |= dict(zip(names, map(float, _quantiles(ordered)), strict=True))
        distinct = 1 + int(np.count_nonzero(np.diff(ordered)))
    else:
        distinct = 0
    bars = _bars(_bin_of(values, figures), groups, classes, BINS)
    zeros = int(np.count_nonzero(values == 0))
    return ColumnStatistics(field, count, count - len(values), distinct, zeros, figures, bars)


def _quantiles(ordered: Array) -> Array:
    """Return the five quarters of sorted values, between two of them where they lie so."""
    places = np.linspace(0, len(ordered) - 1, 5)
    below = np.floor(places).astype(np.intp)
    above = np.minimum(below + 1, len(ordered) - 1)
    quarters: Array = ordered[below] + (places - below) * (ordered[above] - ordered[below])
    return quarters


def _bin_of(values: Array, figures: dict[str, float]) -> IntArray:
    if not len(values):
        return np.zeros(0, np.intp)
    low, high = figures["Minimum"], figures["Maximum"]
    scaled = (values - low) * (BINS / (high - low)) if high > low else np.zeros(len(values))
    return np.asarray(np.minimum(scaled.astype(np.intp), BINS - 1))


def _of_names(field: Field, values: Array, count: int, groups: Array, classes: int) -> ColumnStatistics:
    if field.is_text:
        texts, values = np.unique(values, return_inverse=True)
        names = tuple(map(str, texts))
    else:
        names = field.categories
    counts = np.bincount(values, minlength=len(names))
    shown = np.argsort(-counts, kind="stable")[:MOST_BARS]
    places = np.full(len(names) + 1, -1)
    places[shown] = np.arange(len(shown))
    bins = places[values]
    bars = _bars(bins[bins >= 0], groups[bins >= 0], classes, len(shown))
    frequent = tuple(names[index] for index in shown)
    distinct = int(np.count_nonzero(counts))
    return ColumnStatistics(field, count, count - len(values), distinct, 0, {}, bars, frequent)


def _bars(bins: IntArray, groups: Array, classes: int, count: int) -> IntArray:
    flat = np.bincount(groups * count + bins, minlength=classes * count)
    return np.asarray(flat.reshape(classes, count))
