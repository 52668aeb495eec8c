"""Guess: learning without any calculus: change a weight, look, and keep what is better."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nnstudio.engine.optimizers.optimizer import Optimizer
from nnstudio.engine.slots import Array, Slots
from nnstudio.settings import setting

if TYPE_CHECKING:
    from nnstudio.engine.network import Network


@dataclass(frozen=True)
class Guess(Optimizer):
    """Nudge one weight after the other up or down, and keep what lowers the loss of the batch.

    Needs no gradient, and shows what one is worth: it tells for all weights at once what is found here with
    up to two losses for each. It comes no nearer to the best weights than the change. Every loss is one of
    predicting: nothing is dropped, and what layers note of the batches they see stays as it is.
    Source: Hooke and Jeeves 1961, "Direct Search" Solution of Numerical and Statistical Problems, without
    its pattern moves: hill climbing, one weight at a time.
    """

    learning_rate: float = setting(
        0.01,
        "How far a weight is nudged up and down.",
        above=0.0,
        maximum=1e6,
        ladder=True,
        main=True,
        label="Change",
    )

    def train_batch(
        self, network: Network, x: Array, y: Array, slots: Slots, sample_weights: Array | None = None
    ) -> float:
        change = self.take_rate(slots)
        loss = network.loss(x, y, sample_weights)
        if not (math.isfinite(loss) and np.isfinite(x).all()):  # tanh hides an infinite input from the loss
            return math.nan
        outputs = network.outputs.copy()
        self._search(network, (x, y, sample_weights), change, loss)
        slots.iteration += 1
        network.constrain()
        network.outputs = outputs
        return loss

    def _search(
        self, network: Network, batch: tuple[Array, Array, Array | None], change: float, lowest: float
    ) -> None:
        weights = network.parameters
        for index in range(network.gradients.size):
            before = weights[index]
            for nudge in (change, -change):
                weights[index] = before + nudge
                loss = network.loss(*batch)
                if loss < lowest:
                    lowest = loss
                    break
            else:
                weights[index] = before
