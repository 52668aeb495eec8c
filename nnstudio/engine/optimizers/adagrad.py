"""Adagrad: every weight has a learning rate of its own that only falls."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from nnstudio.engine.optimizers.gradient import GradientOptimizer
from nnstudio.engine.slots import Piece, Slots
from nnstudio.settings import setting


@dataclass(frozen=True)
class Adagrad(GradientOptimizer):
    """Divide each step by the size of all gradients so far: rare inputs keep learning, frequent ones settle.

    a += g^2;  w -= lr g / sqrt(a + epsilon);  a begins with the initial accumulator value.
    Source: Duchi et al. 2011, Adaptive Subgradient Methods for Online Learning and Stochastic Optimization.
    """

    initial_accumulator_value: float = setting(
        0.1, "What the sum of the squared gradients begins with.", minimum=0.0, maximum=1e6, advanced=True
    )
    epsilon: float = setting(
        1e-7, "Keeps the division finite.", above=0.0, maximum=1.0, ladder=True, advanced=True
    )

    def slot_starts(self) -> dict[str, float]:
        return {"accumulator": self.initial_accumulator_value}

    def update(self, pieces: Iterable[Piece], slots: Slots, lr: float, t: int) -> None:
        rate, epsilon = slots.scalars(lr, self.epsilon)
        for w, g, (a,), temp, step in pieces:
            np.add(a, np.multiply(g, g, out=temp), out=a)
            np.sqrt(np.add(a, epsilon, out=temp), out=temp)
            np.divide(np.multiply(g, rate, out=step), temp, out=step)
            np.subtract(w, step, out=w)
