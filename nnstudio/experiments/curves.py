"""Curves: a history as lines, thinned without losing a peak, over batches, epochs or seconds."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.experiments.history import History, Table
from nnstudio.experiments.marks import Mark
from nnstudio.experiments.peaks import Peaks, kept_rows
from nnstudio.experiments.smoothing import Smoother

Array = npt.NDArray[Any]


class Axis(StrEnum):
    """What x counts."""

    BATCH = "Batch"
    EPOCH = "Epoch"
    SECONDS = "Seconds"


_OUTLIER_REACH = 1.5
_STEP_COLUMNS = {Axis.BATCH: "iteration", Axis.EPOCH: "position", Axis.SECONDS: "seconds"}
_EPOCH_COLUMNS = {Axis.BATCH: "iteration", Axis.EPOCH: "epoch", Axis.SECONDS: "seconds"}


@dataclass(frozen=True, eq=False)
class Curves:
    """The lines of the loss or of one metric, at the moment when they were asked for.

    ``x``, ``raw`` and ``smooth`` (batches,); ``checked_x`` and ``checked`` (epochs validated,);
    ``best`` is the index among these of the epoch with the lowest validation loss, None without one.
    ``peaks`` are those of ``raw`` and of ``smooth``, whose row 0 is row ``first`` there.
    """

    x: Array
    raw: Array
    smooth: Array
    checked_x: Array
    checked: Array
    best: int | None = None
    peaks: tuple[Peaks, Peaks] | None = None
    first: int = 0

    @property
    def end(self) -> float:
        """The largest x; 0 where there is none."""
        return max((float(xs[-1]) for xs in (self.x, self.checked_x) if len(xs)), default=0.0)

    def within(self, low: float, high: float) -> Curves:
        """Return the part from x = ``low`` to ``high``, with one point more at each end."""
        steps, epochs = _part(self.x, low, high), _part(self.checked_x, low, high)
        inside = self.best is not None and epochs.start <= self.best < epochs.stop
        best = self.best - epochs.start if inside and self.best is not None else None
        lines = (self.x[steps], self.raw[steps], self.smooth[steps])
        checked = (self.checked_x[epochs], self.checked[epochs])
        return Curves(*lines, *checked, best, self.peaks, self.first + steps.start)

    def thinned_raw(self, most: int) -> tuple[Array, Array]:
        """Return at most ``most`` points of the raw line; no peak is lost."""
        return self._thinned(self.raw, 0, most)

    def thinned_smooth(self, most: int) -> tuple[Array, Array]:
        """Return at most ``most`` points of the smooth line; no peak is lost."""
        return self._thinned(self.smooth, 1, most)

    def _thinned(self, y: Array, which: int, most: int) -> tuple[Array, Array]:
        if self.peaks is None:
            return thinned(self.x, y, most)
        kept = self.peaks[which].kept(y, self.first, most)
        return self.x[kept], y[kept]


def _part(x: Array, low: float, high: float) -> slice:
    # not searchsorted, which copies a column of a table as a whole before it looks for anything
    return slice(max(0, bisect_left(x, low) - 1), bisect_right(x, high) + 1)


_NONE: Array = np.empty(0)
NO_CURVES = Curves(_NONE, _NONE, _NONE, _NONE, _NONE)


class CurveMaker:
    """Makes the curves of one history again and again, at the cost of what is new.

    ``behind`` says whether the newest curves end before the newest batch that there was.
    """

    def __init__(self, history: History, name: str, smoothing: float) -> None:
        self.made_of = (history, name, smoothing)
        self.behind = False
        self._count = 0
        self._smoother = Smoother(smoothing)
        self._peaks = (Peaks(), Peaks())

    def curves(self, axis: Axis, most_new: int | None = None) -> Curves:
        """Return the curves as they are now, or ``most_new`` batches further than the last time."""
        history, name, _ = self.made_of
        x, raw = step_curve(history, name, axis)
        count = len(raw) if most_new is None else min(len(raw), self._count + most_new)
        self.behind, self._count = count < len(raw), count
        x, raw = x[:count], raw[:count]
        checked_x, checked = epoch_curve(history, f"val_{name}", axis)
        losses = epoch_curve(history, "val_loss", axis)[1][: len(checked)]  # one more may have come since
        best = int(losses.argmin()) if len(losses) and len(checked) else None
        smooth = self._smoother.extended(raw)
        for peaks, line in zip(self._peaks, (raw, smooth), strict=True):
            peaks.extend(line)
        return Curves(x, raw, smooth, checked_x, checked, best, self._peaks)


def step_curve(history: History, name: str, axis: Axis) -> tuple[Array, Array]:
    """Return x and y of every batch for the loss or a metric, each (batches,)."""
    return _columns(history.steps, _STEP_COLUMNS[axis], name)


def epoch_curve(history: History, name: str, axis: Axis) -> tuple[Array, Array]:
    """Return x and y of every epoch, each (epochs,), without those that were not measured."""
    if name not in history.epochs.columns:
        return _NONE, _NONE
    x, y = _columns(history.epochs, _EPOCH_COLUMNS[axis], name)
    measured = np.isfinite(y)
    return x[measured], y[measured]


def _columns(table: Table, *names: str) -> tuple[Array, Array]:
    rows = table.rows()  # one look, so that both columns have the same length
    x, y = (rows[:, table.columns.index(name)] for name in names)
    return x, y


def thinned(x: Array, y: Array, most: int) -> tuple[Array, Array]:
    """Return at most ``most`` (4 or more) points of a curve, (points,) each.

    They are its ends, and the lowest and the highest of each stretch: no peak is lost.
    """
    kept = kept_rows(y, most)
    return x[kept], y[kept]


def place_of(mark: Mark, axis: Axis) -> float:
    """Return where a mark stands on the axis."""
    return {Axis.BATCH: float(mark.iteration), Axis.EPOCH: mark.position, Axis.SECONDS: mark.seconds}[axis]


def most_of(values: Array) -> tuple[float, float] | None:
    """Return the range of all values but outliers: three times the middle half around it; None for none."""
    if not len(values):
        return None
    low, high = (float(quarter) for quarter in np.quantile(values, (0.25, 0.75)))
    reach = _OUTLIER_REACH * (high - low)
    kept = values[(values >= low - reach) & (values <= high + reach)]
    return (float(kept.min()), float(kept.max())) if len(kept) else (low, high)


def value_at(x: Array, y: Array, where: float) -> float:
    """Return the value of a curve at the point nearest to ``where``; nan where the curve is empty."""
    if not len(x):
        return math.nan
    right = bisect_left(x, where)
    near = [index for index in (right - 1, right) if 0 <= index < len(x)]
    return float(y[min(near, key=lambda index: abs(x[index] - where))])


def place_on(history: History, position: float, axis: Axis) -> float:
    """Return where ``position`` epochs into a run lie on an axis; nan stays nan."""
    if axis is Axis.EPOCH or not position > 0.0:
        return position
    positions, _ = step_curve(history, "loss", Axis.EPOCH)
    return value_at(positions, step_curve(history, "loss", axis)[0], position)
