"""History: the exact record of a training: every batch and every epoch, once and in order."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.engine.design import Design

Array = npt.NDArray[Any]

_FIRST_ROWS = 1024


class Table:
    """Rows of float64 under named columns: one thread appends, any thread reads what is complete."""

    def __init__(self, columns: Sequence[str], rows: Array | None = None) -> None:
        self.columns = tuple(columns)
        given = np.empty(0) if rows is None else np.array(rows, float)
        self._data = given.reshape(-1, len(self.columns))
        self._count = len(self._data)

    def __len__(self) -> int:
        return self._count

    def append(self, row: Sequence[float]) -> None:
        """Add a row; readers see it only when it is complete."""
        if self._count == len(self._data):
            grown = np.empty((max(_FIRST_ROWS, 2 * self._count), len(self.columns)))
            grown[: self._count] = self._data
            self._data = grown
        self._data[self._count] = row
        self._count += 1

    def rows(self) -> Array:
        """Return all complete rows, (rows, columns); the count is read before the data that may grow."""
        count = self._count
        rows = self._data[:count]
        rows.flags.writeable = False
        return rows

    def column(self, name: str) -> Array:
        """Return one column, (rows,)."""
        return self.rows()[:, self.columns.index(name)]

    def last(self, name: str) -> float:
        """Return the newest value of a column, or nan where there is none."""
        column = self.column(name)
        return float(column[-1]) if len(column) else math.nan


class History:
    """Two tables, one row per batch and one per epoch.

    ``names`` are the loss and the metrics. ``position`` counts epochs, ``seconds`` pure training time.
    """

    def __init__(self, names: Iterable[str], steps: Array | None = None, epochs: Array | None = None) -> None:
        self.names = tuple(names)
        self.steps = Table(("iteration", "position", "seconds", "learning_rate", *self.names), steps)
        checked = tuple(f"val_{name}" for name in self.names)
        self.epochs = Table(("epoch", "iteration", "seconds", *self.names, *checked), epochs)

    @classmethod
    def of(cls, design: Design) -> History:
        """Return an empty record for a training of ``design``."""
        return cls(("loss", *(metric.keras_name for metric in design.metrics)))

    def add_step(
        self, iteration: int, position: float, seconds: float, rate: float, values: dict[str, float]
    ) -> None:
        """Record one batch."""
        self.steps.append((iteration, position, seconds, rate, *(values[name] for name in self.names)))

    def add_epoch(self, epoch: int, iteration: int, seconds: float, values: dict[str, float]) -> None:
        """Record one epoch; a value that was not measured, such as a validation without samples, is nan."""
        measured = (values.get(name, math.nan) for name in self.epochs.columns[3:])
        self.epochs.append((epoch, iteration, seconds, *measured))

    def best_epoch(self) -> int | None:
        """Return the epoch (from 1) with the lowest validation loss, or None where nothing was validated."""
        losses = self.epochs.column("val_loss")
        if not len(losses) or np.isnan(losses).all():
            return None
        return int(self.epochs.column("epoch")[np.nanargmin(losses)])
