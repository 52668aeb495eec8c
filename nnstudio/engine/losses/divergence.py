"""KLDivergence: how far one distribution over the classes is from another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nnstudio.engine.losses.loss import EPSILON, Aim, Array, Loss


@dataclass(frozen=True)
class KLDivergence(Loss):
    """How far the outputs are from the shares that the classes have, both adding up to 1.

    loss = sum(y log(y / p)), with y and p clipped to [epsilon, 1].
    """

    keras_name: ClassVar[str] = "kl_divergence"
    title: ClassVar[str] = "KL divergence"
    aim: ClassVar[Aim] = Aim.CLASSES

    @property
    def end(self) -> str:
        return "softmax"

    def with_gradient(self, y: Array, p: Array) -> tuple[Array, Array]:
        y, q = np.clip(y, EPSILON, 1.0), np.clip(p, EPSILON, 1.0)
        ratio = y / q
        slopes = np.where(q == p, ratio, 0.0)  # a clipped output does not move the loss
        slopes /= -len(p)
        return np.add.reduce(y * np.log(ratio), -1), slopes
