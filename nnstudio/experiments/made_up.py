"""MadeUp: as many made-up samples as one likes, to learn from where only the time counts."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.engine.design import Design
from nnstudio.engine.layers import Embedding
from nnstudio.task import DataFacts, Task

Array = npt.NDArray[Any]

_MOST_KEPT = 1 << 20  # numbers of made-up samples


class MadeUp:
    """As many samples as one likes, in the shapes that ``facts`` tell, out of a few that lie in memory.

    They are gathered and scaled as those of a data set are.
    """

    def __init__(self, design: Design, facts: DataFacts, count: int) -> None:
        rng = np.random.default_rng(0)
        kept = max(1, min(count, _MOST_KEPT // max(math.prod(facts.sample_shape), 1)))
        shape = (kept, *facts.sample_shape)
        highest = next((layer.input_dim for layer in design.layers if isinstance(layer, Embedding)), 0)
        self._x = rng.random(shape, np.float32)
        if highest:
            self._x = np.floor(self._x * highest)
        self._scaled = not highest
        self._facts = facts
        self._count = count

    def __len__(self) -> int:
        return self._count

    def x_rows(self, rows: Array, out: Array) -> Array:
        part = out[: len(rows)]
        np.take(self._x, rows % len(self._x), 0, part, "clip")
        if self._scaled:
            np.multiply(part, part.dtype.type(1.0), out=part)
        return part

    def y_rows(self, rows: Array) -> Array:
        if self._facts.task is Task.REGRESSION:
            return np.full((len(rows), self._facts.outputs), 0.5, np.float32)
        return rows % self._facts.classes
