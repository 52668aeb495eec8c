"""Curves: a history as lines: smoothed, thinned without losing a peak, over batches, epochs or seconds."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.experiments.history import History, Table

Array = npt.NDArray[Any]

_BLOCK = 256


class Axis(StrEnum):
    """What x counts."""

    BATCH = "Batch"
    EPOCH = "Epoch"
    SECONDS = "Seconds"


_STEP_COLUMNS = {Axis.BATCH: "iteration", Axis.EPOCH: "position", Axis.SECONDS: "seconds"}
_EPOCH_COLUMNS = {Axis.BATCH: "iteration", Axis.EPOCH: "epoch", Axis.SECONDS: "seconds"}


def step_curve(history: History, name: str, axis: Axis) -> tuple[Array, Array]:
    """Return x and y of every batch for the loss or a metric, each (batches,)."""
    return _columns(history.steps, _STEP_COLUMNS[axis], name)


def epoch_curve(history: History, name: str, axis: Axis) -> tuple[Array, Array]:
    """Return x and y of every epoch, each (epochs,), without those that were not measured."""
    x, y = _columns(history.epochs, _EPOCH_COLUMNS[axis], name)
    measured = np.isfinite(y)
    return x[measured], y[measured]


def _columns(table: Table, *names: str) -> tuple[Array, Array]:
    rows = table.rows()  # one look, so that both columns have the same length
    x, y = (rows[:, table.columns.index(name)] for name in names)
    return x, y


def smoothed(y: Array, weight: float) -> Array:
    """Return the de-biased exponential moving average of ``y`` (n,).

    ``weight`` from 0 (as it is) to below 1 says how much of the past is kept. The first values are not drawn
    towards zero: each is divided by the sum of the weights that it has seen, as Adam does.

    The recursion is solved for blocks at a time, in which the powers of ``weight`` stay in range.
    """
    if weight <= 0.0 or not len(y):
        return y
    result = np.empty(len(y))
    past = 0.0
    powers = weight ** np.arange(1, _BLOCK + 1)
    kernel = np.tril(weight ** np.abs(np.subtract.outer(np.arange(_BLOCK), np.arange(_BLOCK)))) * (
        1.0 - weight
    )
    for start in range(0, len(y), _BLOCK):
        block = y[start : start + _BLOCK]
        count = len(block)
        sums = kernel[:count, :count] @ block + powers[:count] * past
        past = sums[-1]
        result[start : start + count] = sums
    result /= 1.0 - weight ** np.arange(1.0, len(y) + 1)
    return result


def thinned(x: Array, y: Array, most: int) -> tuple[Array, Array]:
    """Return at most ``most`` points of a curve: of each stretch its lowest and its highest, in order."""
    stretches = most // 2
    if len(y) <= most or stretches < 1:
        return x, y
    length = -(-len(y) // stretches)
    whole = len(y) // length * length
    blocks = y[:whole].reshape(-1, length)
    offsets = np.arange(len(blocks)) * length
    rows = np.concatenate((offsets + blocks.argmin(axis=1), offsets + blocks.argmax(axis=1)))
    if whole < len(y):
        rest = y[whole:]
        rows = np.concatenate((rows, [whole + rest.argmin(), whole + rest.argmax()]))
    rows = np.unique(np.concatenate((rows, [0, len(y) - 1])))
    return x[rows], y[rows]


def value_at(x: Array, y: Array, where: float) -> float:
    """Return the value of a curve at the point nearest to ``where``; nan where the curve is empty."""
    if not len(x):
        return float("nan")
    right = int(np.searchsorted(x, where))
    near = [index for index in (right - 1, right) if 0 <= index < len(x)]
    return float(y[min(near, key=lambda index: abs(x[index] - where))])
