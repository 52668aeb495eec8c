"""Slots: what an optimizer remembers between batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

# A piece of the parameter vector, its gradients and its slots stay in the L2 cache together.
PIECE_SIZE = 16_384


@dataclass(frozen=True)
class Piece:
    """One stretch of the parameter vector with its gradients, its slots and two arrays to compute in."""

    weights: Array
    grads: Array
    slots: tuple[Array, ...]
    temp: Array
    spare: Array


class Slots:
    """The vectors of an optimizer, one per slot name, beside the network's trainable parameters.

    ``learning_rate`` is the one in force now; ``iteration`` counts the batches that were learnt from.
    """

    def __init__(
        self, names: Sequence[str], parameters: Array, gradients: Array, learning_rate: float
    ) -> None:
        self.vectors: dict[str, Array] = {name: np.zeros_like(gradients) for name in names}
        self.learning_rate = learning_rate
        self.iteration = 0
        self.pieces = self._cut(parameters, gradients)

    def _cut(self, parameters: Array, gradients: Array) -> tuple[Piece, ...]:
        temp, spare = np.empty((2, PIECE_SIZE), gradients.dtype)
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
