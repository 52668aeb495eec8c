"""GradientOptimizer: what all share that go down the gradient: clipping, weight decay and the walk."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nnstudio.engine.optimizers.optimizer import Optimizer
from nnstudio.engine.slots import Array, Piece, Slots
from nnstudio.settings import setting

if TYPE_CHECKING:
    from nnstudio.engine.network import Network


@dataclass(frozen=True, kw_only=True)
class GradientOptimizer(Optimizer):
    """An optimizer that follows gradients: backwards through the network, then one walk over the weights.

    In the formulas w is a weight, g its gradient, lr the learning rate and t the number of the batch from 1.
    Clipping changes g before all else; weight decay takes w weight_decay lr from w before its step.
    Source of the decay: Loshchilov and Hutter 2019, Decoupled Weight Decay Regularization.
    """

    weight_decay: float | None = setting(
        None,
        "Share of every weight that is taken away per step, times the learning rate.",
        minimum=0.0,
        below=1.0,
        ladder=True,
        advanced=True,
        start=0.004,
    )
    clipnorm: float | None = setting(
        None,
        "The greatest length of the gradient of one array of weights.",
        above=0.0,
        maximum=1e9,
        advanced=True,
        label="Clip norm",
    )
    clipvalue: float | None = setting(
        None,
        "The greatest size of a gradient's single number.",
        above=0.0,
        maximum=1e9,
        advanced=True,
        label="Clip value",
    )
    global_clipnorm: float | None = setting(
        None,
        "The greatest length of the whole gradient.",
        above=0.0,
        maximum=1e9,
        advanced=True,
        label="Global clip norm",
    )

    def conflicts(self) -> Iterator[str]:
        """Tell which settings exclude each other."""
        if sum(limit is not None for limit in (self.clipnorm, self.clipvalue, self.global_clipnorm)) > 1:
            yield "Only one of clipnorm, clipvalue and global_clipnorm can be set."

    def train_batch(
        self, network: Network, x: Array, y: Array, slots: Slots, sample_weights: Array | None = None
    ) -> float:
        rate, gradients = self.take_rate(slots), network.gradients
        loss = network.backpropagate(x, y, sample_weights)
        if not math.isfinite(loss + float(np.dot(gradients, gradients))):
            network.forget_batch()
            return math.nan  # a loss can be finite where its gradients are not
        if self.clipnorm or self.clipvalue or self.global_clipnorm:
            self._clip(network)
        slots.iteration += 1
        pieces = _decayed(slots.pieces, self.weight_decay * rate) if self.weight_decay else slots.pieces
        self.update(pieces, slots, rate, slots.before + slots.iteration)
        network.constrain()
        return loss

    def update(self, pieces: Iterable[Piece], slots: Slots, lr: float, t: int) -> None:
        """Walk over ``pieces`` once and change their weights and slots in place."""
        raise NotImplementedError

    def _clip(self, network: Network) -> None:
        if self.clipvalue is not None:
            np.clip(network.gradients, -self.clipvalue, self.clipvalue, out=network.gradients)
        if self.global_clipnorm is not None:
            _shorten(network.gradients, self.global_clipnorm)
        if self.clipnorm is not None:
            for gradient in network.gradient_arrays():
                _shorten(gradient, self.clipnorm)


def _decayed(pieces: Iterable[Piece], share: float) -> Iterator[Piece]:
    """Take ``share`` of its weights from each piece and return it: they are then in the cache.

    In one product with 1 - share a share of some millionths would be rounded by a hundredth, in every step.
    """
    for piece in pieces:
        taken = np.multiply(piece.weights, share, out=piece.temp)
        np.subtract(piece.weights, taken, out=piece.weights)
        yield piece


def _shorten(gradient: Array, longest: float) -> None:
    length = math.sqrt(np.vdot(gradient, gradient))
    if length > longest:
        np.multiply(gradient, longest / length, out=gradient)
