"""Tape: what the steps of a recurrent layer see and compute for one batch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from nnstudio.engine.layer import Array


class Tape:
    """One stretch of memory for each step: (steps + 1, rows, batch), a sample in each column.

    The first rows are what the step sees, ``seen``: its inputs, ones for the constants and, in ``state``, the
    state before it, so that what a step makes goes into ``state`` of the next. Behind them lie ``blocks`` of
    ``units`` rows each in which the layer keeps what it needs on its way back. All in one array: from 4 MB on
    NumPy asks for huge pages, which made a training step a twentieth faster.
    """

    def __init__(self, whole: Array, seen: int, units: int) -> None:
        self.seen = whole[:, :seen]
        self.state = self.seen[:, -units:]
        self._own, self._units = whole[:, seen:], units

    def __len__(self) -> int:
        """How many steps there are."""
        return len(self.seen) - 1

    def own(self, first: int, blocks: int) -> Array:
        """Return (steps + 1, blocks * units, batch): some of the layer's own blocks, from ``first`` on."""
        return self._own[:, first * self._units : (first + blocks) * self._units]

    def read(self, x: Array) -> None:
        """Take inputs (batch, steps, features); the first state is zero."""
        features = x.shape[-1]
        self.seen[:-1, :features] = x.transpose(1, 2, 0)
        self.seen[:, features : -self._units] = 1.0
        self.state[0] = 0.0


class Cell(Protocol):
    """The maths of one step, over the tape of one batch.

    Beside the state ``carried`` goes from step to step, arrays (steps + 1, units, batch), and its gradients
    (units, batch) the other way.
    """

    carried: tuple[Array, ...]
    carried_gradients: tuple[Array, ...]

    def step(self, t: int) -> None:
        """Make the state that step t + 1 sees out of what step t sees."""
        ...

    def step_back(self, t: int, dh: Array, dv: Array) -> None:
        """Fill ``dv``, the gradient by what step t sees or by the last rows of it.

        ``dh`` (units, batch), the gradient by the state that the step made, may be overwritten.
        """
        ...


def steps_back(dh: Array, dy: Array) -> Iterator[tuple[int, Array]]:
    """Tell each step, the last one first, with the gradient by the state after it.

    ``dh[t]`` is the gradient by the state before step t, (steps + 1, units, batch), which the layer fills on
    its way. ``dy``, that by the outputs, is (batch, units) or (batch, steps, units).
    """
    every_step = dy.ndim == 3
    dh[-1] = dy[:, -1].T if every_step else dy.T
    for t in reversed(range(len(dh) - 1)):
        yield t, dh[t + 1]
        if every_step and t:
            dh[t] += dy[:, t - 1].T
