"""Scaler: the same arithmetic on every value in training, in prediction and in an exported model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnstudio.data.arrays import Array


@dataclass(frozen=True, eq=False)
class Scaler:
    """(x - offset) / spread, each float32, a single number () or one per input (inputs,); None: left out."""

    offset: Array | None = None
    spread: Array | None = None

    def apply(self, raw: Array) -> Array:
        """Return ``raw`` (any shape, any real type) scaled, as a new float32 array."""
        return self.apply_into(raw, np.empty(raw.shape, np.float32))

    def apply_into(self, raw: Array, out: Array) -> Array:
        """Fill ``out`` (float32 or float64, the shape of ``raw``) with scaled values; it may be ``raw``."""
        if self.offset is not None:
            raw = np.subtract(raw, self.offset, out=out, dtype=out.dtype)
        if self.spread is not None:
            # A division, as people write it for Keras: the product with 1 / 255 differs in the last bit
            # for half of the 256 values, and saves next to no time.
            divided: Array = np.divide(raw, self.spread, out=out, dtype=out.dtype)
            return divided
        if raw is not out:
            np.copyto(out, raw)
        return out


PLAIN = Scaler()
PIXELS = Scaler(spread=np.array(255, np.float32))
