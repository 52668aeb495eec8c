"""Warping: pictures seen through an affine map, each through its own."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.task import Shape

Array = npt.NDArray[Any]

# So many numbers at a time stay in the L2 cache, in memory that is not asked of the system anew: twice as
# fast as a whole batch.
_PIECE_SIZE = 12_000


def warp(x: Array, maps: Array) -> None:
    """Replace pictures ``x``, (batch, height, width) or that with channels, by what ``maps`` make of them.

    ``maps`` (batch, 2, 3) say from where a point (row, column, 1) comes, measured from the middle of the
    picture. Between pixels it is bilinear, outside 0.
    """
    height, width = x.shape[1:3]
    points = _points((height, width), x.dtype)
    step = max(1, _PIECE_SIZE // max(1, x[:1].size))
    maps = maps.astype(x.dtype)
    maps[:, :, 2] += ((height + 1) / 2, (width + 1) / 2)  # the middle, within a frame of one pixel
    for start in range(0, len(x), step):
        _warp_piece(x[start : start + step], maps[start : start + step], points)


def _points(shape: Shape, dtype: npt.DTypeLike) -> Array:
    """Return row, column and 1 of each pixel, (3, pixels), measured from the middle."""
    rows, columns = np.indices(shape).reshape(2, -1)
    height, width = shape
    middle = ((height - 1) / 2, (width - 1) / 2)
    return np.array((rows - middle[0], columns - middle[1], np.ones(len(rows))), dtype)


def _warp_piece(x: Array, maps: Array, points: Array) -> None:
    height, width = x.shape[1:3]
    channels = x.shape[3:]
    # A frame of zeros is what lies outside: one pixel before the first ones, two behind the last.
    framed = np.zeros((len(x), height + 3, width + 3, *channels), x.dtype)
    framed[:, 1 : height + 1, 1 : width + 1] = x
    sources = maps @ points
    rows = np.clip(sources[:, 0], 0, height + 1, out=sources[:, 0])
    columns = np.clip(sources[:, 1], 0, width + 1, out=sources[:, 1])
    whole = sources.astype(np.intp)
    sources -= whole
    corners = whole[:, 0]
    corners *= width + 3
    corners += whole[:, 1]
    corners += np.arange(len(x))[:, None] * ((height + 3) * (width + 3))
    if channels:
        rows, columns = rows[..., None], columns[..., None]
    x[...] = _between(framed.reshape(-1, *channels), corners, rows, columns, width + 3).reshape(x.shape)


def _between(pixels: Array, corners: Array, down: Array, right: Array, width: int) -> Array:
    """Return what lies ``down`` and ``right`` (0 to 1) of the pixels number ``corners``, between four."""
    upper, lower = (_along(pixels[start:], corners, right) for start in (0, width))
    lower -= upper
    lower *= down
    lower += upper
    return lower


def _along(pixels: Array, corners: Array, right: Array) -> Array:
    left, following = pixels.take(corners, axis=0), pixels[1:].take(corners, axis=0)
    following -= left
    following *= right
    following += left
    return following
