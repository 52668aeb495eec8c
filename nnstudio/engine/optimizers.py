"""Optimizers: how gradients change weights, by Keras' formulas and defaults.

In the formulas w is a weight, g its gradient, lr the learning rate and t the number of the batch from 1.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nnstudio.engine.schedules import SCHEDULES, Constant, Schedule
from nnstudio.engine.slots import Array, Piece, Slots
from nnstudio.settings import setting

if TYPE_CHECKING:
    from nnstudio.engine.network import Network


@dataclass(frozen=True)
class Optimizer:
    """An optimizer as a value; what it remembers lives in the run's `Slots`."""

    learning_rate: float = setting(
        0.001, "How far a step goes.", above=0.0, maximum=1e6, ladder=True, main=True
    )
    schedule: Schedule = setting(
        Constant(), "How the learning rate changes while training goes on.", choices=SCHEDULES
    )

    @classmethod
    def one_line(cls) -> str:
        """The first sentence of the class's docstring."""
        return (cls.__doc__ or "").strip().split("\n")[0]

    def slot_starts(self) -> dict[str, float]:
        """Return the vectors that it keeps, by the names of Keras 3, and the value that each begins with."""
        return {}

    def slots_for(self, network: Network) -> Slots:
        """Return fresh slots beside the network's trainable parameters."""
        trainable = network.parameters[: network.gradients.size]
        return Slots(self.slot_starts(), trainable, network.gradients, self.learning_rate)

    def train_batch(
        self, network: Network, x: Array, y: Array, slots: Slots, sample_weights: Array | None = None
    ) -> float:
        """Learn from one batch and return its loss; nan, and nothing changed, where it is not finite.

        ``sample_weights`` (batch,) say how much each sample counts.
        """
        raise NotImplementedError


@dataclass(frozen=True)
class GradientOptimizer(Optimizer):
    """An optimizer that follows gradients: backwards through the network, then one walk over the weights."""

    weight_decay: float | None = setting(
        None,
        "Share of every weight that is taken away per step, times the learning rate.",
        minimum=0.0,
        below=1.0,
        ladder=True,
    )
    clipnorm: float | None = setting(
        None, "The greatest length of the gradient of one array of weights.", above=0.0, maximum=1e9
    )
    clipvalue: float | None = setting(
        None, "The greatest size of a gradient's single number.", above=0.0, maximum=1e9
    )
    global_clipnorm: float | None = setting(
        None, "The greatest length of the whole gradient.", above=0.0, maximum=1e9
    )

    def conflicts(self) -> Iterator[str]:
        """Tell which settings exclude each other."""
        if sum(limit is not None for limit in (self.clipnorm, self.clipvalue, self.global_clipnorm)) > 1:
            yield "Only one of clipnorm, clipvalue and global_clipnorm can be set."

    def train_batch(
        self, network: Network, x: Array, y: Array, slots: Slots, sample_weights: Array | None = None
    ) -> float:
        loss = network.backpropagate(x, y, sample_weights)
        if not math.isfinite(loss + float(network.gradients @ network.gradients)):
            network.forget_batch()
            return math.nan  # a loss can be finite where its gradients are not
        self._clip(network)
        rate = slots.rate = slots.learning_rate * self.schedule.factor(slots.iteration, slots.total)
        slots.iteration += 1
        for piece in slots.pieces:
            if self.weight_decay:
                np.multiply(piece.weights, 1.0 - self.weight_decay * rate, out=piece.weights)
            self.update(piece, rate, slots.iteration)
        network.constrain()
        return loss

    def _clip(self, network: Network) -> None:
        gradients = network.gradients
        if self.clipvalue is not None:
            np.clip(gradients, -self.clipvalue, self.clipvalue, out=gradients)
        if self.global_clipnorm is not None:
            _shorten(gradients, self.global_clipnorm)
        if self.clipnorm is not None:
            for gradient in network.gradient_arrays():
                _shorten(gradient, self.clipnorm)

    def update(self, piece: Piece, lr: float, t: int) -> None:
        """Change the weights of ``piece`` and its slots in place."""
        raise NotImplementedError


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

    def update(self, piece: Piece, lr: float, t: int) -> None:
        step = np.multiply(piece.grads, lr, out=piece.temp)
        if not self.momentum:
            np.subtract(piece.weights, step, out=piece.weights)
            return
        (v,) = piece.slots
        np.multiply(v, self.momentum, out=v)
        np.subtract(v, step, out=v)
        if not self.nesterov:
            np.add(piece.weights, v, out=piece.weights)
            return
        np.subtract(piece.weights, step, out=piece.weights)
        np.add(piece.weights, np.multiply(v, self.momentum, out=piece.temp), out=piece.weights)


@dataclass(frozen=True)
class RMSprop(GradientOptimizer):
    """Divide each step by the recent size of its gradient.

    v = rho v + (1 - rho) g^2;  step = lr g / sqrt(v + epsilon);  w -= step;
    momentum: m = momentum m + step, w -= m.
    Source: Tieleman and Hinton 2012, Coursera lecture 6.5; epsilon as in Keras 3.
    """

    rho: float = setting(0.9, "How slowly the memory of the gradients' size fades.", minimum=0.0, below=1.0)
    momentum: float = setting(0.0, "Share of the last step that is kept.", minimum=0.0, maximum=1.0)
    epsilon: float = setting(1e-7, "Keeps the division finite.", above=0.0, maximum=1.0, ladder=True)

    def slot_starts(self) -> dict[str, float]:
        return {"velocity": 0.0, "momentum": 0.0} if self.momentum else {"velocity": 0.0}

    def update(self, piece: Piece, lr: float, t: int) -> None:
        v, g, temp, step = piece.slots[0], piece.grads, piece.temp, piece.spare
        np.multiply(v, self.rho, out=v)
        np.multiply(g, g, out=temp)
        np.multiply(temp, 1.0 - self.rho, out=temp)
        np.add(v, temp, out=v)
        np.sqrt(np.add(v, self.epsilon, out=temp), out=temp)
        np.divide(np.multiply(g, lr, out=step), temp, out=step)
        if self.momentum:
            m = piece.slots[1]
            np.multiply(m, self.momentum, out=m)
            step = np.add(m, step, out=m)
        np.subtract(piece.weights, step, out=piece.weights)


@dataclass(frozen=True)
class Adam(GradientOptimizer):
    """Momentum, divided by the recent size of the gradients; a good first choice.

    m += (1 - beta_1)(g - m);  v += (1 - beta_2)(g^2 - v);
    w -= lr sqrt(1 - beta_2^t) / (1 - beta_1^t) m / (sqrt(v) + epsilon).
    Source: Kingma and Ba 2015, Adam: A Method for Stochastic Optimization, in its "epsilon hat" form.
    """

    beta_1: float = setting(0.9, "How slowly the direction fades.", minimum=0.0, below=1.0)
    beta_2: float = setting(
        0.999, "How slowly the memory of the gradients' size fades.", minimum=0.0, below=1.0
    )
    epsilon: float = setting(1e-7, "Keeps the division finite.", above=0.0, maximum=1.0, ladder=True)

    def slot_starts(self) -> dict[str, float]:
        return {"momentum": 0.0, "velocity": 0.0}

    def update(self, piece: Piece, lr: float, t: int) -> None:
        (m, v), g, temp = piece.slots, piece.grads, piece.temp
        alpha = lr * math.sqrt(1.0 - self.beta_2**t) / (1.0 - self.beta_1**t)
        np.multiply(np.subtract(g, m, out=temp), 1.0 - self.beta_1, out=temp)
        np.add(m, temp, out=m)
        np.subtract(np.multiply(g, g, out=temp), v, out=temp)
        np.add(v, np.multiply(temp, 1.0 - self.beta_2, out=temp), out=v)
        np.add(np.sqrt(v, out=temp), self.epsilon, out=temp)
        np.divide(m, temp, out=temp)
        np.subtract(piece.weights, np.multiply(temp, alpha, out=temp), out=piece.weights)


def _shorten(gradient: Array, longest: float) -> None:
    length = float(np.sqrt(np.vdot(gradient, gradient)))
    if length > longest:
        np.multiply(gradient, longest / length, out=gradient)


OPTIMIZERS: tuple[type[Optimizer], ...] = (Adam, RMSprop, SGD)
