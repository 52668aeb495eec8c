"""Raster: lines become ink on a small grid, by the distance of each point to them, or grids another size."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnstudio.data.arrays import Array, Bytes, Flags, Floats, IntArray
from nnstudio.data.strokes import divided, thinned

_FINE = 4
_PIECES_AT_ONCE = 512


def ink_of(lines: Sequence[Floats], pen: float, side: int) -> Bytes:
    """Draw ``lines``, each (n, 2) in pixels, with a round pen ``pen`` pixels wide.

    Return an image (side, side), uint8: 255 times the share of each pixel that has ink, counted on a
    grid four times as fine.
    """
    fine = np.zeros(side * _FINE * side * _FINE, dtype=bool)
    starts, ends = _segments(lines, pen / 2)
    for first in range(0, len(starts), _PIECES_AT_ONCE):
        part = slice(first, first + _PIECES_AT_ONCE)
        _draw(fine, side * _FINE, starts[part] * _FINE, ends[part] * _FINE, pen / 2 * _FINE)
    shares: Floats = fine.reshape(side, _FINE, side, _FINE).mean(axis=(1, 3), dtype=np.float32)
    return np.rint(shares * 255).astype(np.uint8)


def _segments(lines: Sequence[Floats], step: float) -> tuple[Floats, Floats]:
    """Return starts and ends (n, 2) of short segments along ``lines``; a dot is a segment without length."""
    # An eighth of the pen's radius: nobody sees the corners that are cut off.
    fine = [divided(thinned(line, step / 8), step) for line in lines]
    starts = np.concatenate([line[: max(1, len(line) - 1)] for line in fine])
    ends = np.concatenate([line[min(1, len(line) - 1) :] for line in fine])
    return starts, ends


def _draw(fine: Flags, side: int, starts: Floats, ends: Floats, radius: float) -> None:
    """Set the cells of ``fine`` (side * side,) whose centre is within ``radius`` of a segment.

    All segments are about as short as the pen is wide, so each needs only a window of one size.
    """
    corner, window = _windows(starts, ends, radius)
    rows = corner[:, 1, None] + window
    columns = corner[:, 0, None] + window
    near = _near(starts, ends, columns + 0.5, rows + 0.5, radius)
    near &= ((rows >= 0) & (rows < side))[:, :, None] & ((columns >= 0) & (columns < side))[:, None, :]
    cells = rows[:, :, None] * side + columns[:, None, :]
    fine[cells[near]] = True


def _windows(starts: Floats, ends: Floats, radius: float) -> tuple[IntArray, IntArray]:
    """Return the first cell (n, 2) around each segment, and the offsets of all cells from it."""
    corner = np.floor(np.minimum(starts, ends) - radius).astype(np.int64)
    reach = np.abs(ends - starts).max() + 2 * radius
    return corner, np.arange(int(np.ceil(reach)) + 1)


def _near(starts: Floats, ends: Floats, x: Floats, y: Floats, radius: float) -> Flags:
    """Return which points of windows (n, rows, columns) lie within ``radius`` of their segment."""
    delta = ends - starts
    length = np.maximum((delta * delta).sum(axis=1), 1e-12)
    away_x, away_y = x - starts[:, 0, None], y - starts[:, 1, None]
    # Where along the segment the nearest point lies: a sum of a part per column and one per row.
    along = (away_x * (delta[:, 0] / length)[:, None])[:, None, :] + (
        away_y * (delta[:, 1] / length)[:, None]
    )[:, :, None]
    np.clip(along, 0, 1, out=along)
    off_x = away_x[:, None, :] - along * delta[:, 0, None, None]
    off_y = away_y[:, :, None] - along * delta[:, 1, None, None]
    off_x *= off_x
    off_y *= off_y
    off_x += off_y
    near: Flags = off_x <= radius * radius
    return near


def resampled(picture: Array, height: int, width: int) -> Array:
    """Return ``picture`` in another size, each new pixel the mean of what it covers."""
    small: Array = _shares(height, picture.shape[0]) @ picture @ _shares(width, picture.shape[1]).T
    return small


def _shares(count: int, length: int) -> Array:
    """Return how much each of ``length`` pixels gives to each of ``count`` new ones, (count, length)."""
    edges = np.linspace(0, length, count + 1)
    pixels = np.arange(length)
    overlap: Array = np.minimum(edges[1:, None], pixels + 1) - np.maximum(edges[:-1, None], pixels)
    return np.maximum(overlap * (count / length), 0, dtype=np.float32)
