"""Adadelta: steps as large as the recent ones were, in the units of the weights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from nnstudio.engine.optimizers.gradient import GradientOptimizer
from nnstudio.engine.slots import Piece, Slots
from nnstudio.settings import setting


@dataclass(frozen=True)
class Adadelta(GradientOptimizer):
    """Divide each step by the recent size of its gradient, and multiply it with that of the recent steps.

    a = rho a + (1 - rho) g^2;  u = sqrt(d + epsilon) / sqrt(a + epsilon) g;  d = rho d + (1 - rho) u^2;
    w -= lr u.  The paper has no learning rate: it is 1.
    Source: Zeiler 2012, ADADELTA: An Adaptive Learning Rate Method.
    """

    rho: float = setting(0.95, "How slowly the memory of sizes fades.", minimum=0.0, below=1.0, advanced=True)
    epsilon: float = setting(
        1e-7,
        "Keeps the division finite and makes the first step.",
        above=0.0,
        maximum=1.0,
        ladder=True,
        advanced=True,
    )

    def slot_starts(self) -> dict[str, float]:
        return {"accumulated_grad": 0.0, "accumulated_delta_var": 0.0}

    def update(self, pieces: Iterable[Piece], slots: Slots, lr: float, t: int) -> None:
        add, multiply, sqrt = np.add, np.multiply, np.sqrt
        rho, rest, epsilon, rate = slots.scalars(self.rho, 1.0 - self.rho, self.epsilon, lr)
        for w, g, (a, d), temp, u in pieces:
            multiply(a, rho, out=a)
            add(a, multiply(multiply(g, g, out=temp), rest, out=temp), out=a)
            sqrt(add(d, epsilon, out=u), out=u)
            np.divide(u, sqrt(add(a, epsilon, out=temp), out=temp), out=u)
            multiply(u, g, out=u)
            multiply(d, rho, out=d)
            add(d, multiply(multiply(u, u, out=temp), rest, out=temp), out=d)
            np.subtract(w, multiply(u, rate, out=u), out=w)
