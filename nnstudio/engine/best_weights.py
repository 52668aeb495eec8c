"""BestWeights: a copy of the weights of the epoch with the lowest loss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


@dataclass
class BestWeights:
    """The number of the best epoch, 0 while there is none, its loss and its weights.

    Where the best weights were put back into the network (``in_place``), ``parameters`` are those that the
    training came to, so that it can go on as if it had not ended.
    """

    epoch: int = 0
    loss: float | None = None
    parameters: Array | None = None
    in_place: bool = False

    def look(self, epoch: int, loss: float, parameters: Array) -> None:
        """Copy ``parameters`` where the loss of their epoch is lower than any before."""
        if not loss < (np.inf if self.loss is None else self.loss):
            return
        self.epoch, self.loss = epoch, loss
        if self.parameters is None:
            self.parameters = np.empty_like(parameters)
        np.copyto(self.parameters, parameters)

    def put_back(self, parameters: Array) -> None:
        """Write the best weights over ``parameters``, and keep what stood there; nothing while in place."""
        if self.parameters is not None and not self.in_place:
            self._swap(parameters)

    def take_out(self, parameters: Array) -> None:
        """Undo `put_back`."""
        if self.in_place:
            self._swap(parameters)

    def _swap(self, parameters: Array) -> None:
        before = parameters.copy()
        np.copyto(parameters, self.parameters)  # type: ignore[arg-type]
        self.parameters, self.in_place = before, not self.in_place
