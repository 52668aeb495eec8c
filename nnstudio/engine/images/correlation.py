"""Correlation: what every way to compute a convolution does with a few images at a time."""

from __future__ import annotations

from dataclasses import dataclass

from nnstudio.engine.images.windows import Windows
from nnstudio.engine.layer import Array
from nnstudio.engine.scratch import Scratch


@dataclass(frozen=True)
class Correlation:
    """A way to compute z, the sum of x kernel over each window, and its gradients by kernel and x.

    What follows from the kernel alone is made once for a batch: `prepare`, and then `forward` for each piece.
    Back: `prepare_back`; for each piece `slopes`, which is then filled, `kernel_slopes` and `dx`; at last
    `kernel_gradient` of the total of all kernel slopes. They hand on what they need in the scratch.
    """

    windows: Windows
    channels: int
    filters: int

    @property
    def effort(self) -> float:
        """About how long an image takes, in multiply-adds."""
        raise NotImplementedError

    @property
    def numbers(self) -> int:
        """About how many numbers an image has at hand."""
        raise NotImplementedError

    def prepare(self, kernel: Array, scratch: Scratch) -> Array:
        """Return the factor for `forward`; ``kernel`` is (*size, channels, filters)."""
        raise NotImplementedError

    def forward(self, x: Array, factor: Array, scratch: Scratch) -> Array:
        """Return z as a block (*places, images, filters) for x (images, height, width, channels)."""
        raise NotImplementedError

    def prepare_back(self, kernel: Array, scratch: Scratch) -> Array:
        """Return the factor for `dx`, (points, filters, channels)."""
        raise NotImplementedError

    def slopes(self, images: int, scratch: Scratch) -> Array:
        """Return the room for dz as a block (*places, images, filters)."""
        raise NotImplementedError

    def kernel_slopes(self, x: Array, scratch: Scratch) -> Array:
        """Return what a piece adds to the total, (points, channels, filters)."""
        raise NotImplementedError

    def dx(self, factor: Array, out: Array, scratch: Scratch) -> None:
        """Fill ``out`` (images, height, width, channels) for the piece whose `kernel_slopes` came last."""
        raise NotImplementedError

    def kernel_gradient(self, total: Array, out: Array, scratch: Scratch) -> None:
        """Fill ``out`` (*size, channels, filters) with the gradient by the kernel."""
        raise NotImplementedError
