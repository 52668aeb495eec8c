"""Patches: convolution as one matrix product with everything that each window sees."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np

from nnstudio.engine.images.blocks import as_cells, framed_block, from_block, looks, put_together
from nnstudio.engine.images.correlation import Correlation
from nnstudio.engine.layer import Array
from nnstudio.engine.scratch import Scratch

_COPYING = 1.0  # to copy a number takes about as long as a multiply-add in a product
_FEW_CHANNELS = 8


@dataclass(frozen=True)
class Patches(Correlation):
    """Convolution by laying what each window sees in a row of a matrix: its patch. Takes any windows.

    z = patches kernel;  dkernel = patches^T dz;  dx gathers dz kernel^T, one cell of the window at a time.
    """

    @cached_property
    def effort(self) -> float:
        return prod(self.windows.places) * self._depth * (self.filters + _COPYING)

    @cached_property
    def numbers(self) -> int:
        return prod(self.windows.places) * (self._depth + self.filters)

    @cached_property
    def _depth(self) -> int:
        return prod(self.windows.size) * self.channels

    def prepare(self, kernel: Array, scratch: Scratch) -> Array:
        return kernel.reshape(self._depth, self.filters)

    def forward(self, x: Array, factor: Array, scratch: Scratch) -> Array:
        z, patches = self.slopes(len(x), scratch), self._patches(x, scratch)
        np.matmul(patches, factor, out=z.reshape(len(patches), -1, self.filters))
        return z

    def prepare_back(self, kernel: Array, scratch: Scratch) -> Array:
        factor = scratch.array("factor", (prod(self.windows.size), self.filters, self.channels))
        np.copyto(factor, kernel.reshape(-1, self.channels, self.filters).swapaxes(1, 2))
        return factor

    def slopes(self, images: int, scratch: Scratch) -> Array:
        return scratch.array("z", (*self.windows.places, images, self.filters))

    def kernel_slopes(self, x: Array, scratch: Scratch) -> Array:
        patches = self._patches(x, scratch)
        dz = scratch["z"].reshape(len(patches), -1, self.filters)
        parts = scratch.array("dkernels", (len(patches), self._depth, self.filters))
        np.matmul(patches.swapaxes(1, 2), dz, out=parts)
        total: Array = parts[0] if len(parts) == 1 else np.add.reduce(parts, axis=0)
        return total.reshape(-1, self.channels, self.filters)

    def dx(self, factor: Array, out: Array, scratch: Scratch) -> None:
        dz, windows = scratch["z"], self.windows
        parts = scratch.array("parts", (len(factor), *dz.shape[:3], self.channels))
        np.matmul(dz.reshape(-1, self.filters), factor, out=parts.reshape(len(factor), -1, self.channels))
        frame = scratch.array("frame", (*windows.frame, len(out), self.channels))
        put_together(parts, windows, frame)
        from_block(windows.inside(frame), out)

    def kernel_gradient(self, total: Array, out: Array, scratch: Scratch) -> None:
        np.copyto(out, total.reshape(out.shape))

    def _patches(self, x: Array, scratch: Scratch) -> Array:
        """Return what each window sees, (matrices, places * images, size * channels).

        In memory the patches of all places lie by rows, to which whole cells are copied. Where cells are
        small they lie by columns, with a matrix for each row of places: small products are faster one by one.
        """
        windows, images = self.windows, len(x)
        seen = looks(framed_block(x, windows.frame, windows.before, scratch), windows)
        if self.channels < _FEW_CHANNELS:
            columns = scratch.array("patches", (*windows.size, self.channels, *windows.places, images))
            np.copyto(columns, seen.transpose(0, 1, 5, 2, 3, 4))
            return columns.reshape(self._depth, windows.places[0], -1).transpose(1, 2, 0)
        rows = scratch.array("patches", (*windows.places, images, *windows.size, self.channels))
        np.copyto(as_cells(rows), as_cells(seen).transpose(2, 3, 4, 0, 1))
        return rows.reshape(1, -1, self._depth)
