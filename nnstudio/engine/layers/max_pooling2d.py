"""MaxPooling2D: keeps the largest number of each window of an image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nnstudio.engine.images.maxima import give_to_maxima, take_maxima, winners
from nnstudio.engine.images.pooling import Pooling2D
from nnstudio.engine.images.windows import Windows
from nnstudio.engine.layer import Array
from nnstudio.engine.scratch import Scratch


@dataclass(frozen=True)
class MaxPooling2D(Pooling2D):
    """Keep the largest number of each window of an image.

    (height, width, channels) in, (places down, places across, channels) out. What "same" padding adds is
    never the largest. The gradient goes to the largest number, to the first one where several are equal.
    """

    padding_value: ClassVar[float] = -np.inf

    def pool(self, frame: Array, windows: Windows, piece: slice, scratch: Scratch) -> Array:
        winner = winners(len(scratch["x"]), piece, windows, frame.shape[3], scratch)
        return take_maxima(frame, windows, winner, scratch)

    def spread(self, dy: Array, windows: Windows, piece: slice, frame: Array, scratch: Scratch) -> None:
        winner = winners(len(scratch["x"]), piece, windows, dy.shape[3], scratch)
        give_to_maxima(dy, windows, winner, frame, scratch)
