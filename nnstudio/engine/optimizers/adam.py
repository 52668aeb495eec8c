"""Adam: momentum, divided by the recent size of the gradients."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from nnstudio.engine.optimizers.gradient import GradientOptimizer
from nnstudio.engine.slots import Piece, Slots
from nnstudio.settings import setting


@dataclass(frozen=True)
class Adam(GradientOptimizer):
    """Momentum, divided by the recent size of the gradients; a good first choice.

    m += (1 - beta_1)(g - m);  v += (1 - beta_2)(g^2 - v);
    w -= lr sqrt(1 - beta_2^t) / (1 - beta_1^t) m / (sqrt(v) + epsilon);
    amsgrad: the largest v so far takes the place of v.
    Source: Kingma and Ba 2015, Adam: A Method for Stochastic Optimization, in its "epsilon hat" form;
    Reddi et al. 2018, On the Convergence of Adam and Beyond.
    """

    beta_1: float = setting(0.9, "How slowly the direction fades.", minimum=0.0, below=1.0, advanced=True)
    beta_2: float = setting(
        0.999, "How slowly the memory of the gradients' size fades.", minimum=0.0, below=1.0, advanced=True
    )
    epsilon: float = setting(
        1e-7, "Keeps the division finite.", above=0.0, maximum=1.0, ladder=True, advanced=True
    )
    amsgrad: bool = setting(
        False,
        "Whether the largest size of the gradients so far divides, not the recent one.",
        advanced=True,
        label="AMSGrad",
    )

    def slot_starts(self) -> dict[str, float]:
        starts = {"momentum": 0.0, "velocity": 0.0}
        return {**starts, "velocity_hat": 0.0} if self.amsgrad else starts

    def update(self, pieces: Iterable[Piece], slots: Slots, lr: float, t: int) -> None:
        add, subtract, multiply = np.add, np.subtract, np.multiply
        alpha = lr * math.sqrt(1.0 - self.beta_2**t) / (1.0 - self.beta_1**t)
        a, b, epsilon, rate = slots.scalars(1.0 - self.beta_1, 1.0 - self.beta_2, self.epsilon, alpha)
        for w, g, (m, v, *largest), temp, _ in pieces:
            multiply(subtract(g, m, out=temp), a, out=temp)
            add(m, temp, out=m)
            subtract(multiply(g, g, out=temp), v, out=temp)
            add(v, multiply(temp, b, out=temp), out=v)
            if largest:
                v = np.maximum(largest[0], v, out=largest[0])
            add(np.sqrt(v, out=temp), epsilon, out=temp)
            np.divide(m, temp, out=temp)
            subtract(w, multiply(temp, rate, out=temp), out=w)


@dataclass(frozen=True)
class AdamW(Adam):
    """Adam whose weights shrink a little with every step, so that needless ones become small.

    Source: Loshchilov and Hutter 2019, Decoupled Weight Decay Regularization.
    """

    weight_decay: float = setting(
        0.004,
        "Share of every weight that is taken away per step, times the learning rate.",
        minimum=0.0,
        below=1.0,
        ladder=True,
    )
