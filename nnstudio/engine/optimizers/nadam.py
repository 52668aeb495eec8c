"""Nadam: Adam that looks ahead along its momentum."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from nnstudio.engine.optimizers.gradient import GradientOptimizer
from nnstudio.engine.slots import Piece, Slots
from nnstudio.settings import setting

_FADING = 0.96
# The products of 1 - 0.5 0.96^i for i from 1 up to each number: behind the last one no factor differs from 1.
_PRODUCTS: tuple[float, ...] = (1.0, *np.cumprod(1.0 - 0.5 * _FADING ** np.arange(1, 1000)).tolist())


@dataclass(frozen=True)
class Nadam(GradientOptimizer):
    """Adam with Nesterov's momentum: each step already goes along the direction that the next one will have.

    m += (1 - beta_1)(g - m);  v += (1 - beta_2)(g^2 - v);
    u_t = beta_1 (1 - 0.5 0.96^t);  p_t = u_1 u_2 ... u_t;
    m' = u_(t+1) m / (1 - p_(t+1)) + (1 - u_t) g / (1 - p_t);
    w -= lr m' / (sqrt(v / (1 - beta_2^t)) + epsilon).
    Source: Dozat 2016, Incorporating Nesterov Momentum into Adam.
    """

    beta_1: float = setting(0.9, "How slowly the direction fades.", minimum=0.0, below=1.0, advanced=True)
    beta_2: float = setting(
        0.999, "How slowly the memory of the gradients' size fades.", minimum=0.0, below=1.0, advanced=True
    )
    epsilon: float = setting(
        1e-7, "Keeps the division finite.", above=0.0, maximum=1.0, ladder=True, advanced=True
    )

    def slot_starts(self) -> dict[str, float]:
        return {"momentum": 0.0, "velocity": 0.0}

    def momenta(self, t: int) -> float:
        """Return p_t, the product of the first ``t`` momenta."""
        return self.beta_1**t * _PRODUCTS[min(t, len(_PRODUCTS) - 1)]

    def update(self, pieces: Iterable[Piece], slots: Slots, lr: float, t: int) -> None:
        add, subtract, multiply = np.add, np.subtract, np.multiply
        now, following = (self.beta_1 * (1.0 - 0.5 * _FADING**step) for step in (t, t + 1))
        root = math.sqrt(1.0 - self.beta_2**t)  # taken out of the division, so that v needs no pass for it
        ahead = lr * root * following / (1.0 - self.momenta(t + 1))
        here = lr * root * (1.0 - now) / (1.0 - self.momenta(t))
        a, b, epsilon, of_m, of_g = slots.scalars(
            1.0 - self.beta_1, 1.0 - self.beta_2, self.epsilon * root, ahead, here
        )
        for w, g, (m, v), temp, step in pieces:
            add(m, multiply(subtract(g, m, out=temp), a, out=temp), out=m)
            subtract(multiply(g, g, out=temp), v, out=temp)
            add(v, multiply(temp, b, out=temp), out=v)
            add(multiply(m, of_m, out=step), multiply(g, of_g, out=temp), out=step)
            add(np.sqrt(v, out=temp), epsilon, out=temp)
            subtract(w, np.divide(step, temp, out=step), out=w)
