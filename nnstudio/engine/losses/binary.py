"""BinaryCrossentropy: the surprise about yes-or-no outputs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from nnstudio.engine.activations import sigmoid
from nnstudio.engine.losses.crossentropy import Crossentropy
from nnstudio.engine.losses.loss import EPSILON, Aim, Array, row_means
from nnstudio.engine.losses.targets import refuse_outside, smoothed
from nnstudio.settings import setting

# As arrays, which NumPy takes faster than Python's numbers; float32, so that they never widen an array.
_ZERO, _MINUS = np.array(0.0, np.float32), np.array(-1.0, np.float32)


@dataclass(frozen=True)
class BinaryCrossentropy(Crossentropy):
    """The surprise about yes-or-no outputs, each a probability from a sigmoid.

    loss = -mean(y log(p) + (1 - y) log(1 - p)), with p clipped to [epsilon, 1 - epsilon].
    """

    keras_name: ClassVar[str] = "binary_crossentropy"
    aim: ClassVar[Aim] = Aim.YES_NO
    activation: ClassVar[str] = "sigmoid"

    label_smoothing: float = setting(
        0.0, "How far the targets 0 and 1 are moved towards 0.5.", minimum=0.0, maximum=1.0, advanced=True
    )

    def encode(self, y: Array, outputs: int, dtype: npt.DTypeLike) -> Array:
        rows = super().encode(y, outputs, dtype)
        refuse_outside(rows, 0.0, 1.0, "BinaryCrossentropy takes targets from 0 for no to 1 for yes")
        return smoothed(rows, self.label_smoothing, 0.5)

    def of_probabilities(self, y: Array, p: Array) -> tuple[Array, Array]:
        q = np.clip(p, EPSILON, 1.0 - EPSILON)
        losses = -row_means(y * np.log(q) + (1.0 - y) * np.log(1.0 - q))
        slope = (q - y) / (q * (1.0 - q)) / p.size
        return losses, np.where(q == p, slope, 0.0)  # a clipped probability does not move the loss

    def fused(self, y: Array, z: Array, p: Array) -> tuple[Array, Array]:
        """loss = mean(max(z, 0) - z y + log(1 + exp(-|z|))), dz = (p - y) / size."""
        sigmoid(z, p)
        small = np.copysign(z, _MINUS)
        np.exp(small, small)
        np.log1p(small, small)
        losses = np.maximum(z, _ZERO)
        losses -= z * y  # before the small part is added: of large z nothing is left, or it is lost in them
        losses += small
        dz: Array = p - y
        dz /= z.size
        return row_means(losses), dz
