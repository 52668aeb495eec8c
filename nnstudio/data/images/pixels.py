"""Pixels: what the values of a picture say of it, whatever its file was."""

from __future__ import annotations

import numpy as np

from nnstudio.data.arrays import Array, Bytes

_GREY_SPREAD = 16  # JPEG's colours of a grey picture differ by a few


def eight_bits(deep: Array) -> Bytes:
    """Return grey values as bytes: of 16 bits, or numbers that run to 1 or to 255."""
    values = np.nan_to_num(deep.astype(np.float64))
    if deep.dtype.kind in "iu":
        values /= 257.0 if deep.dtype.itemsize == 2 or values.max() > 255 else 1.0
    elif values.max() <= 1:
        values *= 255.0
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


def is_grey(rgba: Array) -> bool:
    """Return whether nearly all pixels of ``rgba`` (height, width, 4) that can be seen have no colour."""
    seen = rgba[rgba[:, :, 3] > 0][:, :3].astype(np.int16)
    return bool(not len(seen) or np.mean(np.ptp(seen, axis=1) > _GREY_SPREAD) < 0.02)


def has_bright_ground(rgba: Array) -> bool:
    """Return whether the ground is bright: the border, or for ink on nothing what the ink is not."""
    grey, opaque = rgba[:, :, :3].mean(axis=2), rgba[:, :, 3] > 127
    if not opaque.all():
        return bool(not opaque.any() or grey[opaque].mean() < 128)
    border = np.concatenate((grey[0], grey[-1], grey[:, 0], grey[:, -1]))
    return bool(np.median(border) > 127)
