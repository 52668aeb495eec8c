"""Tiles: convolution with a fraction of the multiplications, for windows that move cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np

from nnstudio.engine.images.blocks import framed_block, from_block
from nnstudio.engine.images.correlation import Correlation
from nnstudio.engine.images.polynomials import MOST_POINTS, Transforms, transforms
from nnstudio.engine.images.windows import Pair, Windows
from nnstudio.engine.layer import Array
from nnstudio.engine.scratch import Scratch

_MOVING = 8.0  # to move and transform a number takes about as long as so many multiply-adds


def best_tile(windows: Windows) -> Pair | None:
    """Return the tile that covers the places with the fewest points; None where there cannot be tiles."""
    cell_by_cell = windows.strides == windows.dilation == (1, 1)
    if not cell_by_cell or not all(1 < size < MOST_POINTS for size in windows.size):
        return None
    down, across = map(_best_length, windows.places, windows.size)
    return down, across


def _best_length(places: int, size: int) -> int:
    lengths = range(2, MOST_POINTS - size + 2)
    return min(lengths, key=lambda length: -(-places // length) * (length + size - 1))


@dataclass(frozen=True)
class Tiles(Correlation):
    """Convolution of ``tile`` places at a time, through the values of polynomials at a few points.

    With the matrices of `Transforms` for both axes, and x what one tile sees:
    u = input x input^T;  v = kernel k kernel^T;  m = u v, for each point a matrix product over the channels;
    z = output m output^T.  Back the same way: dm = output^T dz output, dv = u^T dm, du = dm v^T.
    For 3 × 3 kernels 36 products do the work of 144.

    By points an array is (points across, points down, tiles down, tiles across, images, ...), of which the
    first two and the next three are one axis each.
    """

    tile: Pair

    @cached_property
    def effort(self) -> float:
        moved = _MOVING * (self.channels + self.filters)
        return prod(self._counts) * prod(self._points) * (self.channels * self.filters + moved)

    @cached_property
    def numbers(self) -> int:
        return prod(self._counts) * prod(self._points) * (self.channels + self.filters)

    @cached_property
    def _points(self) -> Pair:
        """How many points a tile has along each axis, which is how many cells it sees."""
        (down, across), (high, wide) = self.tile, self.windows.size
        return down + high - 1, across + wide - 1

    @cached_property
    def _counts(self) -> Pair:
        """How many tiles there are along each axis; the last may reach beyond the image."""
        (high, wide), (down, across) = self.windows.places, self.tile
        return -(-high // down), -(-wide // across)

    def prepare(self, kernel: Array, scratch: Scratch) -> Array:
        (down, across), (high, wide) = self._transforms(kernel), self._points
        half = scratch.array("half kernel", (wide, self.windows.size[0], self.channels * self.filters))
        np.matmul(across.kernel, kernel.reshape(*self.windows.size, -1), out=half.swapaxes(0, 1))
        v = np.matmul(down.kernel, half, out=scratch.array("v", (wide, high, half.shape[2])))
        return v.reshape(-1, self.channels, self.filters)

    def forward(self, x: Array, factor: Array, scratch: Scratch) -> Array:
        m = self._room_by_points("m", len(x), self.filters, scratch)
        np.matmul(self._values(x, scratch), factor, out=m)
        (down, across), (half, tiles) = self._transforms(x), self._room_by_places(len(x), scratch)
        np.matmul(across.output, self._by_tile(m, len(x)), out=half)
        np.matmul(down.output, self._by_row(half), out=tiles)
        high, wide = self.windows.places
        return self._as_image(tiles, len(x))[:high, :wide]

    def prepare_back(self, kernel: Array, scratch: Scratch) -> Array:
        v = self.prepare(kernel, scratch)
        factor = scratch.array("factor", (len(v), self.filters, self.channels))
        np.copyto(factor, v.swapaxes(1, 2))
        return factor

    def slopes(self, images: int, scratch: Scratch) -> Array:
        whole = self._as_image(self._room_by_places(images, scratch)[1], images)
        high, wide = self.windows.places
        whole[high:], whole[:, wide:] = 0, 0  # where the last tiles reach beyond the image
        return whole[:high, :wide]

    def kernel_slopes(self, x: Array, scratch: Scratch) -> Array:
        (down, across), (half, tiles) = self._transforms(x), self._room_by_places(len(x), scratch)
        np.matmul(down.output.T, tiles, out=self._by_row(half))
        dm = self._room_by_points("m", len(x), self.filters, scratch)
        np.matmul(across.output.T, half, out=self._by_tile(dm, len(x)))
        u = self._values(x, scratch)
        return np.matmul(u.swapaxes(1, 2), dm, out=scratch.array("dv", (len(u), self.channels, self.filters)))

    def dx(self, factor: Array, out: Array, scratch: Scratch) -> None:
        (down, across), (rows, columns) = self._transforms(out), self._counts
        (high, wide), images = self._points, len(out)
        du = self._room_by_points("u", images, self.channels, scratch)
        np.matmul(scratch["m"], factor, out=du)
        seen = scratch.array("seen across", (high * rows, columns, wide, images * self.channels))
        np.matmul(across.input.T, self._by_tile(du, images), out=seen)
        half = laid_over(seen, self.tile[1], scratch, "half")
        seen = scratch.array("seen down", (1, rows, high, prod(half.shape[1:])))
        np.matmul(down.input.T, self._by_row(half), out=seen[0])
        frame = laid_over(seen, self.tile[0], scratch, "frame")
        from_block(self.windows.inside(frame.reshape(-1, half.shape[1], images, self.channels)), out)

    def kernel_gradient(self, total: Array, out: Array, scratch: Scratch) -> None:
        (down, across), size = self._transforms(out), self.windows.size
        half = scratch.array("half kernel", (self._points[1], size[0], self.channels * self.filters))
        np.matmul(down.kernel.T, total.reshape(*self._points[::-1], -1), out=half)
        np.matmul(across.kernel.T, half.swapaxes(0, 1), out=out.reshape(*size, -1))

    def _values(self, x: Array, scratch: Scratch) -> Array:
        """Return u, the values of what each tile sees of x, by points (..., channels)."""
        (down, across), (high, wide) = self._transforms(x), self._points
        (rows, columns), tile, size = self._counts, self.tile, self.windows.size
        height, width = rows * tile[0] + size[0] - 1, columns * tile[1] + size[1] - 1
        frame = framed_block(x, (height, width), self.windows.before, scratch)
        (seen,) = overlapping(frame.reshape(1, height, -1), rows, tile[0], high)
        half = scratch.array("half", (high * rows, width, len(x) * self.channels))
        np.matmul(down.input, seen, out=self._by_row(half))
        u = self._room_by_points("u", len(x), self.channels, scratch)
        seen = overlapping(half, columns, tile[1], wide)
        np.matmul(across.input, seen, out=self._by_tile(u, len(x)))
        return u

    def _transforms(self, array: Array) -> tuple[Transforms, Transforms]:
        (down, across), (high, wide) = self.tile, self.windows.size
        return transforms(down, high, array.dtype), transforms(across, wide, array.dtype)

    def _room_by_points(self, name: str, images: int, depth: int, scratch: Scratch) -> Array:
        return scratch.array(name, (prod(self._points), prod(self._counts) * images, depth))

    def _room_by_places(self, images: int, scratch: Scratch) -> tuple[Array, Array]:
        """Return room for filters (points down * tiles down, ...), and (tiles down, places down, ...)."""
        (rows, columns), (down, across) = self._counts, self.tile
        half = scratch.array("half places", (self._points[0] * rows, columns, across, images * self.filters))
        return half, scratch.array("places", (rows, down, columns * across * images * self.filters))

    def _by_tile(self, points: Array, images: int) -> Array:
        """Return an array by points as (points down * tiles down, tiles across, points across, ...)."""
        (rows, columns), (high, wide) = self._counts, self._points
        return points.reshape(wide, high * rows, columns, -1).transpose(1, 2, 0, 3)

    def _by_row(self, half: Array) -> Array:
        """Return an array (points down * tiles down, ...) as (tiles down, points down, ...)."""
        return half.reshape(self._points[0], self._counts[0], -1).swapaxes(0, 1)

    def _as_image(self, tiles: Array, images: int) -> Array:
        (rows, columns), (down, across) = self._counts, self.tile
        return tiles.reshape(rows * down, columns * across, images, self.filters)


def overlapping(lines: Array, tiles: int, step: int, reach: int) -> Array:
    """Return lines (count, length, n) as tiles that begin every ``step``: a view (count, tiles, reach, n)."""
    line, one, number = lines.strides
    shape = (len(lines), tiles, reach, lines.shape[2])
    return np.ndarray(shape, lines.dtype, lines, 0, (line, one * step, one, number))


def laid_over(tiles: Array, step: int, scratch: Scratch, name: str) -> Array:
    """Return the sums of tiles (count, tiles, reach, n) that lie over each other, (count, length, n).

    First steps are laid side by side, second ones added to what is behind them, and so on.
    """
    lines, count, reach, n = tiles.shape
    more = (reach - 1) // step
    sums = scratch.array(name, (lines, count + more, step, n))
    np.copyto(sums[:, :count], tiles[:, :, :step])
    sums[:, count:] = 0
    for index in range(1, more + 1):
        part = tiles[:, :, index * step : (index + 1) * step]
        under = sums[:, index : index + count, : part.shape[2]]
        np.add(under, part, out=under)
    return sums.reshape(lines, -1, n)
