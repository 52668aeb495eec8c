"""OptimizerState: what an optimizer remembered when a training elsewhere ended, to go on from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class OptimizerState:
    """After how many batches it was, and the vectors (trainable size,) by the names of the slots.

    Without vectors the optimizer begins anew: a file can hold weights alone.
    """

    iteration: int = 0
    vectors: dict[str, Array] = field(default_factory=dict)

    def suits(self, starts: dict[str, float], size: int) -> bool:
        """Return whether an optimizer with such slots, over ``size`` numbers, could go on from it."""
        shapes = all(vector.shape == (size,) for vector in self.vectors.values())
        fresh = not self.vectors and (not starts or self.iteration == 0)
        return shapes and (fresh or self.vectors.keys() == starts.keys())

    def fill(self, vectors: dict[str, Array]) -> None:
        """Copy what is remembered into the slots."""
        for name, vector in self.vectors.items():
            np.copyto(vectors[name], vector)
