"""Optimizers: how gradients change weights, by Keras' formulas and defaults.

In the formulas w is a weight, g its gradient, lr the learning rate and t the number of the batch from 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

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

    @classmethod
    def one_line(cls) -> str:
        """The first sentence of the class's docstring."""
        return (cls.__doc__ or "").strip().split("\n")[0]

    def slot_names(self) -> tuple[str, ...]:
        """Return the names of the vectors that it keeps, as Keras 3 names them."""
        return ()

    def slots_for(self, network: Network) -> Slots:
        """Return fresh slots beside the network's trainable parameters."""
        trainable = network.parameters[: network.gradients.size]
        return Slots(self.slot_names(), trainable, network.gradients, self.learning_rate)

    def train_batch(self, network: Network, x: Array, y: Array, slots: Slots) -> float:
        """Learn from one batch and return its loss; nan, and nothing changed, where it is not finite."""
        loss = network.backpropagate(x, y)
        if not math.isfinite(loss + float(network.gradients @ network.gradients)):
            return math.nan  # a loss can be finite where its gradients are not
        slots.iteration += 1
        for piece in slots.pieces:
            self.update(piece, slots.learning_rate, slots.iteration)
        return loss

    def update(self, piece: Piece, lr: float, t: int) -> None:
        """Change the weights of ``piece`` and its slots in place."""
        raise NotImplementedError


@dataclass(frozen=True)
class SGD(Optimizer):
    """Stochastic gradient descent, with a memory of its direction where momentum is set.

    w -= lr g;  momentum: v = momentum v - lr g, w += v;  Nesterov: w += momentum v - lr g.
    Source: Sutskever et al. 2013, On the importance of initialization and momentum in deep learning.
    """

    learning_rate: float = setting(
        0.01, "How far a step goes.", above=0.0, maximum=1e6, ladder=True, main=True
    )
    momentum: float = setting(0.0, "Share of the last step that is kept.", minimum=0.0, maximum=1.0)
    nesterov: bool = setting(False, "Whether to look ahead along the momentum.")

    def slot_names(self) -> tuple[str, ...]:
        return ("momentum",) if self.momentum else ()

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
class RMSprop(Optimizer):
    """Divide each step by the recent size of its gradient.

    v = rho v + (1 - rho) g^2;  step = lr g / sqrt(v + epsilon);  w -= step;
    momentum: m = momentum m + step, w -= m.
    Source: Tieleman and Hinton 2012, Coursera lecture 6.5; epsilon as in Keras 3.
    """

    rho: float = setting(0.9, "How slowly the memory of the gradients' size fades.", minimum=0.0, below=1.0)
    momentum: float = setting(0.0, "Share of the last step that is kept.", minimum=0.0, maximum=1.0)
    epsilon: float = setting(1e-7, "Keeps the division finite.", above=0.0, maximum=1.0, ladder=True)

    def slot_names(self) -> tuple[str, ...]:
        return ("velocity", "momentum") if self.momentum else ("velocity",)

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
class Adam(Optimizer):
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

    def slot_names(self) -> tuple[str, ...]:
        return ("momentum", "velocity")

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


OPTIMIZERS: tuple[type[Optimizer], ...] = (Adam, RMSprop, SGD)
