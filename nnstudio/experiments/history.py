"""History: the exact record of a training: every batch and every epoch, once and in order."""

from __future__ import annotations

import math
import os
import tempfile
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.engine.design import Design

Array = npt.NDArray[Any]

_FIRST_ROWS = 1024
MOST_ROWS_IN_MEMORY = 2**20  # more lie in a temporary file, which the system keeps in memory as it sees fit


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
            grown = room(max(_FIRST_ROWS, 2 * self._count), len(self.columns))
            grown[: self._count] = self._data
            self._data = grown
        self._data[self._count] = row
        self._count += 1

    def extend(self, rows: Array) -> None:
        """Add rows (count, columns) at once."""
        count = self._count + len(rows)
        if not len(rows):
            return
        if count > len(self._data):
            grown = room(max(_FIRST_ROWS, 2 * count), len(self.columns))
            grown[: self._count] = self._data[: self._count]
            self._data = grown
        self._data[self._count : count] = rows
        self._count = count

    def rows(self) -> Array:
        """Return all complete rows, (rows, columns); the count is read before the data that may grow."""
        count = self._count
        rows = self._data[:count]
        rows.flags.writeable = False
        return rows

    def frozen(self) -> Table:
        """Return a table of the rows that are complete now; nothing is copied."""
        other = Table(self.columns)
        other._data = self.rows()
        other._count = len(other._data)
        return other

    def up_to(self, column: str, most: float) -> Table:
        """Return a table of the rows until ``column`` is above ``most``."""
        above = np.flatnonzero(self.column(column) > most)
        return Table(self.columns, self.rows()[: above[0]] if len(above) else self.rows())

    def column(self, name: str) -> Array:
        """Return one column, (rows,)."""
        return self.rows()[:, self.columns.index(name)]

    def last(self, name: str) -> float:
        """Return the newest value of a column, or nan where there is none."""
        column = self.column(name)
        return float(column[-1]) if len(column) else math.nan


def room(rows: int, columns: int) -> Array:
    """Return memory for numbers; where it is much, and the disk has as much, in a file without a name."""
    if rows > MOST_ROWS_IN_MEMORY:
        try:
            with tempfile.TemporaryFile(prefix="nnstudio-") as file:
                os.posix_fallocate(file.fileno(), 0, rows * columns * 8)  # else a full disk ends the program
                return np.asarray(np.memmap(file, np.float64, "r+", shape=(rows, columns)))
        except (OSError, AttributeError):  # no room there, or a system without such a call
            pass
    return np.empty((rows, columns))


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

    def frozen(self) -> History:
        """Return the record as it is now; nothing is copied."""
        return self._with(self.steps.frozen(), self.epochs.frozen())

    def up_to(self, iteration: int, epoch: int) -> History:
        """Return the record as it was after ``iteration`` batches and ``epoch`` complete epochs."""
        return self._with(self.steps.up_to("iteration", iteration), self.epochs.up_to("epoch", epoch))

    def _with(self, steps: Table, epochs: Table) -> History:
        other = History(self.names)
        other.steps, other.epochs = steps, epochs
        return other

    def best_epoch(self) -> int | None:
        """Return the epoch (from 1) with the lowest validation loss, or None where nothing was validated."""
        losses = self.epochs.column("val_loss")
        if not len(losses) or np.isnan(losses).all():
            return None
        return int(self.epochs.column("epoch")[np.nanargmin(losses)])
