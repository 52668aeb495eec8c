"""RMSprop: steps of the learning rate's size, however long the gradient is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from nnstudio.engine.optimizers.gradient import GradientOptimizer
from nnstudio.engine.slots import Array, Piece, Slots
from nnstudio.settings import setting


@dataclass(frozen=True)
class RMSprop(GradientOptimizer):
    """Divide each step by the recent size of its gradient.

    v = rho v + (1 - rho) g^2;  step = lr g / sqrt(v + epsilon);  w -= step;
    momentum: m = momentum m + step, w -= m;
    centered: a = rho a + (1 - rho) g, and v - a^2 takes the place of v under the root;
    legacy epsilon: lr g / (sqrt(v) + epsilon), but not where there is momentum.
    Source: Tieleman and Hinton 2012, Coursera lecture 6.5; epsilon as in Keras 3; centered as in Graves
    2013, Generating Sequences With Recurrent Neural Networks.
    """

    rho: float = setting(
        0.9, "How slowly the memory of the gradients' size fades.", minimum=0.0, below=1.0, advanced=True
    )
    momentum: float = setting(0.0, "Share of the last step that is kept.", minimum=0.0, maximum=1.0)
    epsilon: float = setting(
        1e-7, "Keeps the division finite.", above=0.0, maximum=1.0, ladder=True, advanced=True
    )
    centered: bool = setting(
        False, "Whether the gradients' spread about their mean divides, not their size.", advanced=True
    )
    legacy_epsilon: bool = setting(
        False, "Whether epsilon is added after the root, as Keras 2's older RMSprop does.", advanced=True
    )

    def slot_starts(self) -> dict[str, float]:
        wanted = {"velocity": True, "momentum": self.momentum > 0.0, "average_gradient": self.centered}
        return {name: 0.0 for name, is_kept in wanted.items() if is_kept}

    def update(self, pieces: Iterable[Piece], slots: Slots, lr: float, t: int) -> None:
        add, multiply = np.add, np.multiply
        outside = self.legacy_epsilon and not self.momentum
        rho, rest, epsilon, rate, momentum = slots.scalars(
            self.rho, 1.0 - self.rho, self.epsilon, lr, self.momentum
        )
        for w, g, kept, temp, step in pieces:
            v = kept[0]
            multiply(v, rho, out=v)
            multiply(g, g, out=temp)
            add(v, multiply(temp, rest, out=temp), out=v)
            size = _spread(v, kept[-1], g, temp, rho, rest) if self.centered else v
            if outside:
                add(np.sqrt(size, out=temp), epsilon, out=temp)
            else:
                np.sqrt(add(size, epsilon, out=temp), out=temp)
            np.divide(multiply(g, rate, out=step), temp, out=step)
            if self.momentum:
                m = kept[1]
                step = add(multiply(m, momentum, out=m), step, out=m)
            np.subtract(w, step, out=w)


def _spread(v: Array, mean: Array, g: Array, temp: Array, rho: Array, rest: Array) -> Array:
    """Move the mean of the gradients on; fill ``temp`` with v - mean^2, no less than 0 by rounding."""
    np.multiply(mean, rho, out=mean)
    np.add(mean, np.multiply(g, rest, out=temp), out=mean)
    np.subtract(v, np.multiply(mean, mean, out=temp), out=temp)
    return np.maximum(temp, 0.0, out=temp)
