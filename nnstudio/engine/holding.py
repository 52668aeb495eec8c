"""Holding: a step of a recurrent layer that changes nothing for some samples of the batch."""

from __future__ import annotations

import numpy as np

from nnstudio.engine.layer import Array
from nnstudio.engine.tape import Cell, Tape


class Holding:
    """A cell whose state, and what else it carries, stays as it is where ``empty`` (steps, batch) says so."""

    def __init__(self, cell: Cell, tape: Tape, empty: Array) -> None:
        self._cell, self._empty = cell, empty
        self._carried = (tape.state, *cell.carried)
        self._gradients = cell.carried_gradients

    carried: tuple[Array, ...] = ()
    carried_gradients: tuple[Array, ...] = ()

    def step(self, t: int) -> None:
        self._cell.step(t)
        for array in self._carried:
            np.copyto(array[t + 1], array[t], where=self._empty[t])

    def step_back(self, t: int, dh: Array, dv: Array) -> None:
        """Let the gradients of samples that are held go by."""
        empty = self._empty[t]
        if not empty.any():
            self._cell.step_back(t, dh, dv)
            return
        by = [gradient[:, empty] for gradient in (dh, *self._gradients)]
        for gradient in (dh, *self._gradients):
            gradient[:, empty] = 0.0
        units = len(dh)
        self._cell.step_back(t, dh, dv)
        dv[-units:][:, empty] += by[0]
        for gradient, kept in zip(self._gradients, by[1:], strict=True):
            gradient[:, empty] += kept
