"""SGD: small steps straight down the gradient."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from nnstudio.engine.optimizers.gradient import GradientOptimizer
from nnstudio.engine.slots import Piece, Slots
from nnstudio.settings import setting


@dataclass(frozen=True)
class SGD(GradientOptimizer):
    """Stochastic gradient descent, with a memory of its direction where momentum is set.

    w -= lr g;  momentum: v = momentum v - lr g, w += v;  Nesterov: w += momentum v - lr g.
    Source: Sutskever et al. 2013, On the importance of initialization and momentum in deep learning.
    """

    learning_rate: float = setting(
        0.01, "How far a step goes.", above=0.0, maximum=1e6, ladder=True, main=True
    )
    momentum: float = setting(0.0, "Share of the last step that is kept.", minimum=0.0, maximum=1.0)
    nesterov: bool = setting(False, "Whether to look ahead along the momentum.")

    def slot_starts(self) -> dict[str, float]:
        return {"momentum": 0.0} if self.momentum else {}

    def update(self, pieces: Iterable[Piece], slots: Slots, lr: float, t: int) -> None:
        multiply, subtract = np.multiply, np.subtract
        rate, momentum = slots.scalars(lr, self.momentum)
        for w, g, kept, step, _ in pieces:
            multiply(g, rate, out=step)
            if not kept:
                subtract(w, step, out=w)
                continue
            (v,) = kept
            multiply(v, momentum, out=v)
            subtract(v, step, out=v)
            if self.nesterov:
                subtract(w, step, out=w)
                np.add(w, multiply(v, momentum, out=step), out=w)
            else:
                np.add(w, v, out=w)
