"""Preparation: how raw samples become the numbers that a network sees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnstudio.data.arrays import Array
from nnstudio.settings import setting

NO_SCALING = "none"
ZERO_TO_ONE = "0 to 1"


@dataclass(frozen=True)
class Preparation:
    """Scale raw values the same way in training, in prediction and in an exported model.

    It is saved with the model: a network that learnt from values between 0 and 1 reads nothing in
    values up to 255.
    """

    scaling: str = setting(
        ZERO_TO_ONE,
        "How values are scaled: not at all, or pixels of 0 to 255 to numbers of 0 to 1.",
        choices=(NO_SCALING, ZERO_TO_ONE),
    )

    def apply(self, raw: Array) -> Array:
        """Return ``raw`` (any shape, any real type) prepared, as a new float32 array."""
        return self.apply_into(raw, np.empty(raw.shape, np.float32))

    def apply_into(self, raw: Array, out: Array) -> Array:
        """Fill ``out`` (float32 or float64, the shape of ``raw``) with prepared values; it may be ``raw``."""
        if self.scaling == ZERO_TO_ONE:
            # A division, as people write it for Keras: the product with 1 / 255 differs in the last bit
            # for half of the 256 values, and saves next to no time.
            np.divide(raw, out.dtype.type(255), out=out)
        elif raw is not out:
            np.copyto(out, raw)
        return out
