"""Curves: a history as lines, thinned without losing a peak, over batches, epochs or seconds."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.experiments.history import History, Table
from nnstudio.experiments.marks import Mark
from nnstudio.experiments.peaks import Peaks, rows_within
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
    ``peaks`` are rows of ``raw`` and ``smooth`` between which no value is lower or higher, up to where new
    ones begin: what is drawn of a long record is taken from these alone.
    """

    x: Array
    raw: Array
    smooth: Array
    checked_x: Array
    checked: Array
    best: int | None = None
    peaks: Array | None = None

    @property
    def end(self) -> float:
        """The largest x; 0 where there is none."""
        return max((float(xs[-1]) for xs in (self.x, self.checked_x) if len(xs)), default=0.0)

    def within(self, low: float, high: float) -> Curves:
        """Return the part from x = ``low`` to ``high``, with one point more at each end.

        Of a long part these are its peaks and the ends.
        """
        steps, epochs = _part(self.x, low, high), _part(self.checked_x, low, high)
        inside = self.best is not None and epochs.start <= self.best < epochs.stop
        best = self.best - epochs.start if inside and self.best is not None else None
        rows = steps if self.peaks is None else rows_within(self.peaks, steps)
        lines = (self.x[rows], self.raw[rows], self.smooth[rows])
        return Curves(*lines, self.checked_x[epochs], self.checked[epochs], best)


def _part(x: Array, low: float, high: float) -> slice:
    stop = min(len(x), int(np.searchsorted(x, high, "right")) + 1)
    return slice(max(0, int(np.searchsorted(x, low)) - 1), stop)


_NONE: Array = np.empty(0)
NO_CURVES = Curves(_NONE, _NONE, _NONE, _NONE, _NONE)


class CurveMaker:
    """Makes the curves of one history again and again, at the cost of what is new."""

    def __init__(self, history: History, name: str, smoothing: float) -> None:
        self.history, self.name, self.smoothing = history, name, smoothing
        self._smoother = Smoother(smoothing)
        self._peaks = Peaks()

    def curves(self, axis: Axis) -> Curves:
        """Return the curves as they are now."""
        x, raw = step_curve(self.history, self.name, axis)
        checked_x, checked = epoch_curve(self.history, f"val_{self.name}", axis)
        losses = epoch_curve(self.history, "val_loss", axis)[1][
            : len(checked)
        ]  # one more may have come since
        best = int(losses.argmin()) if len(losses) and len(checked) else None
        smooth = self._smoother.extended(raw)
        return Curves(x, raw, smooth, checked_x, checked, best, self._peaks.extended(raw, smooth))


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
    if len(y) <= most:
        return x, y
    length = -(-len(y) // ((most - 2) // 2))
    whole = len(y) // length * length
    blocks = y[:whole].reshape(-1, length)
    starts = np.arange(0, whole, length)
    rows = [starts + blocks.argmin(axis=1), starts + blocks.argmax(axis=1)]
    if whole < len(y):
        rows.append(whole + np.array([y[whole:].argmin(), y[whole:].argmax()]))
    kept = np.unique(np.concatenate((*rows, [0, len(y) - 1])))
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
    right = int(np.searchsorted(x, where))
    near = [index for index in (right - 1, right) if 0 <= index < len(x)]
    return float(y[min(near, key=lambda index: abs(x[index] - where))])


def place_on(history: History, position: float, axis: Axis) -> float:
    """Return where ``position`` epochs into a run lie on an axis; nan stays nan."""
    if axis is Axis.EPOCH or not position > 0.0:
        return position
    positions, _ = step_curve(history, "loss", Axis.EPOCH)
    return value_at(positions, step_curve(history, "loss", axis)[0], position)
