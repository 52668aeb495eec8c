"""PictureParts: how many parts of the ink do not touch, and how an image fits a network of another size."""

from __future__ import annotations

import numpy as np

from nnstudio.data.arrays import Array, Bytes
from nnstudio.data.raster import resampled
from nnstudio.task import Shape

_LEAST_SHARE = 0.08  # of all ink: a speck, or the gap in a hasty 5, is no part
_COLOURS = 3


def parts_of(image: Bytes) -> int:
    """Return how many separate parts the ink of ``image`` (height, width) has; corners touch, too."""
    left = {(int(row), int(column)) for row, column in np.argwhere(image)}
    total = float(image.sum(dtype=np.int64))
    count = 0
    while left:
        part = _taken(left)
        count += sum(int(image[cell]) for cell in part) >= _LEAST_SHARE * total
    return count


def _taken(left: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Take one part out of the cells that are ``left``."""
    part = [left.pop()]
    for row, column in part:  # it grows while it is walked through
        around = {(row + down, column + right) for down in (-1, 0, 1) for right in (-1, 0, 1)} & left
        left -= around
        part += around
    return part


def takes_pictures(shape: Shape, pixels: int) -> bool:
    """Return whether samples of ``shape`` are pictures, or rows of as many numbers as ``pixels``."""
    return int(np.prod(shape)) == pixels or len(shape) == 2 or (len(shape) == 3 and shape[2] in (1, _COLOURS))


def fitted(image: Bytes, shape: Shape) -> Array | None:
    """Return ``image`` (height, width) in size and colours of ``shape``; None where that is no picture."""
    if image.size == int(np.prod(shape)):
        return image
    if not takes_pictures(shape, image.size):
        return None
    scaled = np.rint(resampled(image, shape[0], shape[1])).astype(np.uint8)
    colours: Array = np.repeat(scaled[:, :, None], shape[2], axis=2) if len(shape) == 3 else scaled
    return colours[:, :, 0] if shape[2:] == (1,) else colours
