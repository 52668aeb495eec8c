"""Pictures: raw images as Qt's, coloured by a table so that the theme never touches a value."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter

from nnstudio.ui import theme

Array = npt.NDArray[Any]

_SHARP_FROM = 2.0  # from this scale on, in device pixels, pixels are shown as squares


@lru_cache(maxsize=8)
def color_table(low: str, high: str) -> list[int]:
    """Return 256 colours from ``low`` for 0 to ``high`` for 255."""
    red, green, blue = ramp_of((low, high))
    return list(map(int, 0xFF000000 | red << 16 | green << 8 | blue))


def ramp_of(stops: tuple[str, ...]) -> Array:
    """Return 256 colours over evenly spaced ``stops``, as red, green and blue, (3, 256)."""
    points, at = np.linspace(0.0, 1.0, len(stops)), np.linspace(0.0, 1.0, 256)
    colors = [QColor(stop) for stop in stops]
    channels = ([c.red() for c in colors], [c.green() for c in colors], [c.blue() for c in colors])
    return np.rint([np.interp(at, points, channel) for channel in channels]).astype(int)


def ink_table() -> list[int]:
    """Return the colours of ink on a card, in the theme in force."""
    colors = theme.current()
    return color_table(colors.base, colors.ink)


def raw_table() -> list[int]:
    """Return the colours as the network sees them: white on black."""
    return color_table("#000000", "#FFFFFF")


def table_for(inked: bool) -> list[int]:
    """Return the colours of grey pictures: ink is drawn in the theme's, a photograph as it was taken."""
    return ink_table() if inked else raw_table()


def image_of(picture: Array, table: list[int]) -> QImage:
    """Return ``picture``, uint8 (height, width) or (height, width, 3), as an image of its own memory."""
    picture = np.ascontiguousarray(picture)
    height, width = picture.shape[:2]
    if picture.ndim == 3:
        return QImage(picture.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
    image = QImage(picture.data, width, height, width, QImage.Format.Format_Indexed8).copy()
    image.setColorTable(table)
    return image


def paint_picture(painter: QPainter, image: QImage, box: QRectF) -> None:
    """Draw ``image`` as large as ``box`` allows, in its middle and in its own proportions."""
    size = image.size()
    scale = _scale(size, box)
    width, height = size.width() * scale, size.height() * scale
    place = QRectF(box.center().x() - width / 2, box.center().y() - height / 2, width, height)
    dense = scale * painter.device().devicePixelRatioF()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, dense < _SHARP_FROM)
    painter.drawImage(place.toAlignedRect() if scale == int(scale) else place, image)


def _scale(size: QSize, box: QRectF) -> float:
    scale = min(box.width() / size.width(), box.height() / size.height())
    return float(int(scale)) if scale >= 1 else scale
