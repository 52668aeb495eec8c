"""Heat: numbers as colours over a picture: blue below 0, orange above, nothing at 0."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage

from nnstudio.data.arrays import Array, Bytes
from nnstudio.ui import theme
from nnstudio.ui.prediction.pictures import ramp_of

_LIMIT_PERCENTILE = 99.5
_STEEP = 0.7  # makes weak places visible
_LEAST = 1e-12
_BRIGHTNESS = np.array([0.299, 0.587, 0.114], np.float32)  # of red, green and blue, as eyes see them


def limit_of(values: Array) -> float:
    """Return the size that gets the full colour: the 99.5th percentile of all sizes."""
    finite = np.abs(values[np.isfinite(values)])
    found = float(np.percentile(finite, _LIMIT_PERCENTILE)) if finite.size else 0.0
    return max(found, float(finite.max()) * 1e-3 if finite.size else 0.0, _LEAST)


def heat_image(values: Array, limit: float, opacity: float) -> QImage:
    """Return ``values`` (height, width) as an image with holes, in the colours of the theme in force.

    The two ends of the diverging ramp stand for ``limit`` and its negative; how far a colour covers what is
    below grows with the size of its value, up to ``opacity``.
    """
    scaled = np.clip(np.nan_to_num(values) / limit, -1.0, 1.0)
    ramp = ramp_of(theme.current().diverging)
    strong = np.where(scaled < 0, 0, 255)  # the ends of the ramp; the middle is a hole
    colors = ramp[:, strong]
    alpha = np.rint(255 * opacity * np.abs(scaled) ** _STEEP).astype(np.uint32)
    red, green, blue = (channel.astype(np.uint32) for channel in colors)
    pixels = np.ascontiguousarray(alpha << 24 | red << 16 | green << 8 | blue)
    height, width = values.shape
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32).copy()


def greyed(picture: Bytes, share: float) -> Bytes:
    """Return a coloured picture (height, width, 3) with a ``share`` of its colour gone; others as they are.

    Else nobody could tell the colours of the map from its own.
    """
    if picture.ndim != 3:
        return picture
    grey = picture @ _BRIGHTNESS
    mixed: Bytes = np.rint(picture + share * (grey[..., None] - picture)).astype(np.uint8)
    return mixed
