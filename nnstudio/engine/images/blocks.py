"""Blocks: a few images of a batch at a time, with the images inside: (height, width, images, channels).

A batch is worked through in blocks, so that what one step makes is still in the cache for the next. The
numbers of all images at one position lie side by side, so that what is done with one cell of all windows is
done in long runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import numpy as np

from nnstudio.engine.images.windows import Pair, Windows
from nnstudio.engine.layer import Array
from nnstudio.engine.scratch import Scratch

# What the steps of one block hand to each other: two megabytes of float32. Larger blocks leave the L2 cache,
# smaller ones take more calls.
_NUMBERS_AT_ONCE = 500_000


def pieces(images: int, numbers: int) -> Iterator[slice]:
    """Cut a batch of ``images`` into pieces of at least one; a block of one image has ``numbers`` at hand."""
    step = max(1, _NUMBERS_AT_ONCE // numbers)
    return (slice(start, min(start + step, images)) for start in range(0, images, step))


def as_cells(array: Array) -> Array:
    """Return an array (..., channels), contiguous in its channels, as cells (...).

    A cell is all channels at one position of one image. As one stretch of memory it is moved in a fraction of
    the time that its numbers take one by one.
    """
    return array.view(_cell(array.shape[-1] * array.itemsize))[..., 0]


@cache
def _cell(size: int) -> np.dtype[np.void]:
    return np.dtype((np.void, size))


def to_block(images: Array, block: Array) -> None:
    """Fill a block (height, width, images, channels) from images (images, height, width, channels)."""
    np.copyto(as_cells(block), as_cells(np.ascontiguousarray(images)).transpose(1, 2, 0))


def from_block(block: Array, images: Array) -> None:
    """Fill images (images, height, width, channels) from a block (height, width, images, channels)."""
    np.copyto(as_cells(images).transpose(1, 2, 0), as_cells(block))


def framed_block(images: Array, frame: Pair, before: Pair, scratch: Scratch, padding: float = 0.0) -> Array:
    """Return images (images, height, width, channels) as a block in a frame, (*frame, images, channels).

    They lie ``before`` cells from its top and left, with ``padding`` around them.
    """
    (count, height, width, channels), (top, left) = images.shape, before
    block = scratch.array("frame", (*frame, count, channels))
    block[:top], block[top + height :] = padding, padding
    block[:, :left], block[:, left + width :] = padding, padding
    to_block(images, block[top : top + height, left : left + width])
    return block


def looks(frame: Array, windows: Windows) -> Array:
    """Return a view of what each cell of the window sees of a contiguous framed block.

    It is (*size, *places, images, channels).
    """
    row, cell, *inside = frame.strides
    (down, across), (high, wide) = windows.strides, windows.dilation
    strides = (row * high, cell * wide, row * down, cell * across, *inside)
    return np.ndarray((*windows.size, *windows.places, *frame.shape[2:]), frame.dtype, frame, 0, strides)


def each_look(frame: Array, windows: Windows) -> Iterator[Array]:
    """Return such a view (*places, images, channels) for each cell of the window, in row-major order."""
    (down, across), (high, wide) = windows.strides, windows.places
    for i, j in windows.offsets:
        yield frame[i : i + down * high : down, j : j + across * wide : across]


def put_together(parts: Iterable[Array], windows: Windows, frame: Array) -> None:
    """Fill a framed block with the sums of the parts (*places, images, channels) that each cell has seen."""
    if not windows.are_everywhere:
        frame.fill(0)
    for look, part in zip(each_look(frame, windows), parts, strict=True):
        if windows.are_apart:
            np.copyto(look, part)
        else:
            np.add(look, part, out=look)
