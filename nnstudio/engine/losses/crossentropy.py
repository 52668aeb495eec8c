"""Crossentropy: what the losses that measure the surprise about the right answer share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nnstudio.engine.losses.loss import Array, Loss
from nnstudio.settings import setting


@dataclass(frozen=True)
class Crossentropy(Loss):
    """The surprise about the right answer: -log of the probability that it was given.

    From logits the outputs are what stands before the ``activation``, which the loss then does itself.
    """

    activation: ClassVar[str] = "softmax"

    from_logits: bool = setting(
        False,
        "Whether the loss makes probabilities of the outputs, so that the last layer stays linear.",
        advanced=True,
    )

    @property
    def fuses(self) -> str:
        return "" if self.from_logits else self.activation

    @property
    def end(self) -> str:
        return "linear" if self.from_logits else self.activation

    @property
    def boundary(self) -> float:
        return 0.0 if self.from_logits else 0.5

    def with_gradient(self, y: Array, p: Array) -> tuple[Array, Array]:
        return self.fused(y, p, np.empty_like(p)) if self.from_logits else self.of_probabilities(y, p)

    def of_probabilities(self, y: Array, p: Array) -> tuple[Array, Array]:
        """Return what `with_gradient` returns, for outputs that are probabilities."""
        raise NotImplementedError
