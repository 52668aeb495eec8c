"""Adamax: Adam that divides by the largest of the recent gradients."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from nnstudio.engine.optimizers.gradient import GradientOptimizer
from nnstudio.engine.slots import Piece, Slots
from nnstudio.settings import setting


@dataclass(frozen=True)
class Adamax(GradientOptimizer):
    """Momentum, divided by the largest of the recent gradients, each forgotten slowly.

    m += (1 - beta_1)(g - m);  u = max(beta_2 u, |g|);  w -= lr / (1 - beta_1^t) m / (u + epsilon).
    Source: Kingma and Ba 2015, Adam: A Method for Stochastic Optimization, section 7.1.
    """

    beta_1: float = setting(0.9, "How slowly the direction fades.", minimum=0.0, below=1.0, advanced=True)
    beta_2: float = setting(
        0.999, "How slowly the largest gradient fades.", minimum=0.0, below=1.0, advanced=True
    )
    epsilon: float = setting(
        1e-7, "Keeps the division finite.", above=0.0, maximum=1.0, ladder=True, advanced=True
    )

    def slot_starts(self) -> dict[str, float]:
        return {"momentum": 0.0, "norm": 0.0}

    def update(self, pieces: Iterable[Piece], slots: Slots, lr: float, t: int) -> None:
        multiply, subtract = np.multiply, np.subtract
        a, beta_2, epsilon, rate = slots.scalars(
            1.0 - self.beta_1, self.beta_2, self.epsilon, lr / (1.0 - self.beta_1**t)
        )
        for w, g, (m, u), temp, _ in pieces:
            np.add(m, multiply(subtract(g, m, out=temp), a, out=temp), out=m)
            np.maximum(multiply(u, beta_2, out=u), np.abs(g, out=temp), out=u)
            np.divide(m, np.add(u, epsilon, out=temp), out=temp)
            subtract(w, multiply(temp, rate, out=temp), out=w)
