"""AveragePooling2D: keeps the mean of each window of an image."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat
from math import prod

import numpy as np

from nnstudio.engine.images.blocks import each_look, put_together
from nnstudio.engine.images.pooling import Pooling2D
from nnstudio.engine.images.windows import Windows
from nnstudio.engine.layer import Array
from nnstudio.engine.scratch import Scratch


@dataclass(frozen=True)
class AveragePooling2D(Pooling2D):
    """Keep the mean of each window of an image.

    (height, width, channels) in, (places down, places across, channels) out. What "same" padding adds does
    not count: the mean is that of the cells in the image.
    """

    def pool(self, frame: Array, windows: Windows, piece: slice, scratch: Scratch) -> Array:
        first, *others = each_look(frame, windows)
        mean = scratch.array("mean", first.shape)
        np.copyto(mean, first)
        for look in others:
            np.add(mean, look, out=mean)
        return np.multiply(mean, _shares(windows, mean.dtype), out=mean)

    def spread(self, dy: Array, windows: Windows, piece: slice, frame: Array, scratch: Scratch) -> None:
        share = np.multiply(dy, _shares(windows, dy.dtype), out=scratch.array("share", dy.shape))
        put_together(repeat(share, prod(windows.size)), windows, frame)


def _shares(windows: Windows, dtype: np.dtype[np.floating]) -> Array:
    """Return 1 / how many cells of the image each window sees, (*places, 1, 1)."""
    ones = np.zeros((*windows.frame, 1, 1), dtype)
    windows.inside(ones).fill(1)
    return np.reciprocal(sum(each_look(ones, windows)))
