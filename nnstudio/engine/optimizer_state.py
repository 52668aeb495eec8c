"""OptimizerState: what an optimizer remembered when a training elsewhere ended, to go on from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from nnstudio.engine.saved_state import SavedState

Array = npt.NDArray[Any]
_SLOTS = "slots/"


@dataclass(frozen=True, eq=False)
class OptimizerState:
    """After how many batches it was, and the vectors (trainable size,) by the names of the slots.

    Without vectors the optimizer begins anew: a file can hold weights alone.
    """

    iteration: int = 0
    vectors: dict[str, Array] = field(default_factory=dict)

    @classmethod
    def of(cls, saved: SavedState) -> OptimizerState:
        """Return what the optimizer of a saved run remembers."""
        batches = sum(saved.numbers.get(name, 0) for name in ("iteration", "before"))
        slots = {name: array for name, array in saved.arrays.items() if name.startswith(_SLOTS)}
        return cls(batches, {name.removeprefix(_SLOTS): array for name, array in slots.items()})

    def suits(self, starts: dict[str, float], size: int) -> bool:
        """Return whether an optimizer with such slots, over ``size`` numbers, could go on from it."""
        shapes = all(vector.shape == (size,) for vector in self.vectors.values())
        fresh = not self.vectors and (not starts or self.iteration == 0)
        return shapes and (fresh or self.vectors.keys() == starts.keys())

    def fill(self, vectors: dict[str, Array]) -> None:
        """Copy what is remembered into the slots."""
        for name, vector in self.vectors.items():
            np.copyto(vectors[name], vector)
