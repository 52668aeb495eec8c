"""Slots: what an optimizer remembers between batches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from nnstudio.engine.aligned import aligned_empty, aligned_full

Array = npt.NDArray[Any]

# A piece of the gradients, of two slots and of what is computed fill 512 kB: they stay in an L2 cache
# together, and the calls that a piece costs are short beside its numbers.
PIECE_SIZE = 32_768
_MOST_SCALARS = 10


class Piece(NamedTuple):
    """One stretch of the parameter vector with its gradients, its slots and two arrays to compute in."""

    weights: Array
    grads: Array
    slots: tuple[Array, ...]
    temp: Array
    spare: Array


class Slots:
    """The vectors of an optimizer, one per slot name, beside the network's trainable parameters.

    ``learning_rate`` is the one that is set now and ``rate`` the part of it that the schedule gave the last
    batch; ``iteration`` counts the batches that were learnt from, of ``total`` that are planned, and
    ``before`` those of a training elsewhere that this one goes on from.
    """

    def __init__(
        self, starts: Mapping[str, float], parameters: Array, gradients: Array, learning_rate: float
    ) -> None:
        self.vectors: dict[str, Array] = {
            name: aligned_full(gradients.shape, start, gradients.dtype) for name, start in starts.items()
        }
        self.learning_rate = self.rate = learning_rate
        self.iteration = self.total = self.before = 0
        self.pieces = self._cut(parameters, gradients)
        self._numbers: Array = np.empty(_MOST_SCALARS, gradients.dtype)
        self._scalars: tuple[Array, ...] = tuple(self._numbers[index, ...] for index in range(_MOST_SCALARS))

    def scalars(self, *values: float) -> tuple[Array, ...]:
        """Return numbers as arrays () of the weights' type, until the next call.

        NumPy computes with these in half the time that it takes for Python's numbers; on a small network
        a step is nothing but such calls.
        """
        for index, value in enumerate(values):
            self._numbers[index] = value
        return self._scalars[: len(values)]

    def _cut(self, parameters: Array, gradients: Array) -> tuple[Piece, ...]:
        temp, spare = aligned_empty((2, PIECE_SIZE), gradients.dtype)
        stretches = (
            slice(start, min(start + PIECE_SIZE, gradients.size))
            for start in range(0, gradients.size, PIECE_SIZE)
        )
        return tuple(
            Piece(
                parameters[stretch],
                gradients[stretch],
                tuple(vector[stretch] for vector in self.vectors.values()),
                temp[: stretch.stop - stretch.start],
                spare[: stretch.stop - stretch.start],
            )
            for stretch in stretches
        )
