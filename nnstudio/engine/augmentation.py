"""Augmentation: training pictures that are moved, turned, scaled and noisy, another way in each epoch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.engine.fit_words import shape_words
from nnstudio.engine.warping import warp
from nnstudio.settings import setting
from nnstudio.task import Shape

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Augmentation:
    """Change every training sample a little, by chance, each time that it is learnt from.

    Each number of a picture's movement is drawn evenly up to what is set, in both directions; what comes from
    outside is 0. Noise is normally distributed. The validation is left as it is.
    """

    shift: float = setting(
        0.1, "How far a picture is moved, as a share of its width and height.", minimum=0.0, maximum=1.0
    )
    rotation: float = setting(
        10.0, "How far a picture is turned.", minimum=0.0, maximum=180.0, unit="degrees"
    )
    scale: float = setting(
        0.1, "By which share a picture becomes larger or smaller.", minimum=0.0, maximum=0.9
    )
    noise: float = setting(
        0.0, "The standard deviation of what is added to each number.", minimum=0.0, maximum=1e6, ladder=True
    )

    @property
    def moves(self) -> bool:
        """Whether it asks for pictures."""
        return max(self.shift, self.rotation, self.scale) > 0.0

    def misfits(self, shape: Shape, indices: bool = False) -> Iterator[str]:
        """Tell why samples of ``shape``, or of ``indices`` instead of real numbers, cannot be changed so."""
        if indices and (self.moves or self.noise):
            yield "Samples of whole numbers, as this network takes them, cannot be changed a little."
            return
        if self.moves and len(shape) not in (2, 3):
            yield (
                "Only pictures can be moved, turned or scaled, but a sample is "
                f"{shape_words(shape)} numbers. Set shift, rotation and scale to 0; noise is for any data."
            )

    def apply(self, x: Array, rng: np.random.Generator) -> None:
        """Change a batch of prepared samples in place: (batch, height, width) or that with channels."""
        if self.moves:
            warp(x, self._movements(rng, x.shape))
        if self.noise:
            drawn = rng.standard_normal(x.shape, dtype=np.float32)
            x += np.multiply(drawn, self.noise, out=drawn)

    def _movements(self, rng: np.random.Generator, shape: Shape) -> Array:
        """Return for each picture where its points come from, (batch, 2, 3), as `warp` takes it.

        A point p of the changed picture comes from turned(p - moved) / scaled, all from the middle.
        """
        turned, scaled, down, right = rng.uniform(-1.0, 1.0, (4, shape[0]))
        angle, size = np.deg2rad(self.rotation) * turned, 1.0 + self.scale * scaled
        cosine, sine = np.cos(angle) / size, np.sin(angle) / size
        down, right = self.shift * shape[1] * down, self.shift * shape[2] * right
        rows = (cosine, -sine, sine * right - cosine * down)
        columns = (sine, cosine, -sine * down - cosine * right)
        return np.array((rows, columns)).transpose(2, 0, 1)
