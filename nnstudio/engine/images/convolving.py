"""Convolving: a convolution with bias and activation, and the max pooling behind it where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import prod

import numpy as np

from nnstudio.engine.activations import ActivationFunction
from nnstudio.engine.images.blocks import from_block, pieces, to_block
from nnstudio.engine.images.correlation import Correlation
from nnstudio.engine.images.maxima import give_to_maxima, take_maxima, winners
from nnstudio.engine.images.patches import Patches
from nnstudio.engine.images.tiles import Tiles, best_tile
from nnstudio.engine.images.windows import Windows
from nnstudio.engine.layer import Array, Weights
from nnstudio.engine.scratch import Scratch


@cache
def fastest_correlation(windows: Windows, channels: int, filters: int) -> Correlation:
    """Return the way to convolve that takes the least effort."""
    ways: list[Correlation] = [Patches(windows, channels, filters)]
    tile = best_tile(windows)
    if tile:
        ways.append(Tiles(windows, channels, filters, tile))
    return min(ways, key=lambda way: way.effort)


@dataclass(frozen=True)
class Convolving:
    """y = activation(x kernel + bias), or activation(the largest x kernel in each window of ``pool`` + bias).

    A few images go all the way while they are in the cache. Pooling comes first because it leaves less to do
    for the rest; an activation that never falls lets the largest number stay the largest.
    """

    way: Correlation
    function: ActivationFunction
    pool: Windows | None = None

    def forward(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        """Return y (batch, *places, filters) for x (batch, height, width, channels)."""
        shape = (len(scratch.keep("x", x)), *(self.pool or self.way.windows).places, self.way.filters)
        sums = scratch.array("sums", shape)
        y = scratch.array("y", shape) if self.function.needs_input else scratch.keep("y", sums)
        factor = self.way.prepare(weights["kernel"], scratch)
        bias = scratch.array("bias", shape[2:])  # for a row of places: long runs are added faster
        np.copyto(bias, weights.get("bias", 0))
        for piece in self._pieces(len(x)):
            from_block(self._pooled(self.way.forward(x[piece], factor, scratch), piece, scratch), sums[piece])
            np.add(sums[piece], bias, out=sums[piece])
            self.function.forward(sums[piece], y[piece])
        return y

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        """Fill ``grads``, and return dx (batch, height, width, channels) where it is needed."""
        x = scratch["x"]
        dx = scratch.array("dx", x.shape) if scratch.needs_dx else dy
        factor = self.way.prepare_back(weights["kernel"], scratch)
        total = scratch.array("total", (len(factor), self.way.channels, self.way.filters))
        for array in (total, *grads.values()):
            array.fill(0)
        for piece in self._pieces(len(x)):
            dsums = self._fill_slopes(dy, piece, scratch)
            if "bias" in grads:
                np.add(grads["bias"], _sum_of_rows(dsums.reshape(-1, self.way.filters)), out=grads["bias"])
            np.add(total, self.way.kernel_slopes(x[piece], scratch), out=total)
            if scratch.needs_dx:
                self.way.dx(factor, dx[piece], scratch)
        self.way.kernel_gradient(total, grads["kernel"], scratch)
        return dx

    def _pieces(self, images: int) -> Iterator[slice]:
        pooled = prod(self.pool.places) * self.way.filters if self.pool else 0
        return pieces(images, self.way.numbers + pooled)

    def _pooled(self, z: Array, piece: slice, scratch: Scratch) -> Array:
        """Return a block z (*places, images, filters) after the pooling."""
        pool = self.pool
        if pool is None:
            return z
        frame = _frame_around(z, pool, scratch)
        if pool.are_framed:
            frame.fill(-np.inf)
            np.copyto(pool.inside(frame), z)
        winner = winners(len(scratch["x"]), piece, pool, self.way.filters, scratch)
        return take_maxima(frame, pool, winner, scratch)

    def _fill_slopes(self, dy: Array, piece: slice, scratch: Scratch) -> Array:
        """Fill the slopes of a piece; return its gradient by the sums, (images, *places, filters)."""
        slopes, pool = self.way.slopes(len(dy[piece]), scratch), self.pool
        sums, y = scratch["sums"][piece], scratch["y"][piece]
        dsums = self.function.backward(sums, y, dy[piece], scratch.array("dsums", sums.shape))
        if pool is None:
            to_block(dsums, slopes)
            return dsums
        dlargest = scratch.array("largest", (*pool.places, *slopes.shape[2:]))
        to_block(dsums, dlargest)
        frame = _frame_around(slopes, pool, scratch)
        winner = winners(len(dy), piece, pool, self.way.filters, scratch)
        give_to_maxima(dlargest, pool, winner, frame, scratch)
        if pool.are_framed:
            np.copyto(slopes, pool.inside(frame))
        return dsums


def _frame_around(block: Array, windows: Windows, scratch: Scratch) -> Array:
    """Return room for ``block`` with its padding; where it has none, the block itself."""
    if not windows.are_framed:
        return block
    return scratch.array("pool frame", (*windows.frame, *block.shape[2:]))


def _sum_of_rows(rows: Array) -> Array:
    """Return the sum of rows (count, n), as a product, which is several times as fast as `np.sum`."""
    return np.ones(len(rows), rows.dtype) @ rows
