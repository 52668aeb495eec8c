"""Tiles: pictures of thumbnails, painted once and kept while they may be seen again."""

from __future__ import annotations

import math
from collections import OrderedDict

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPixmap

from nnstudio.ui import theme
from nnstudio.ui.data.parts import Part
from nnstudio.ui.painting import rounded, sized, text
from nnstudio.ui.prediction.pictures import image_of, ink_table

_MOST_BYTES = 32 << 20
_SHARP_FROM = 2.0
_EDGE_PX = 3
_CORNER_POINTS = 7.5
_WORDS_FROM_PX = 40
_RADIUS_PX = 4.0


class Tiles:
    """Makes the picture of a sample in one size; forgets the oldest where there are too many."""

    def __init__(self) -> None:
        self._pixmaps: OrderedDict[tuple[int, int], QPixmap] = OrderedDict()
        self._look: object = None

    def pixmap(self, part: Part, sample: int, side: int, ratio: float, font: QFont) -> QPixmap:
        """Return the picture of a sample, ``side`` logical pixels wide and high."""
        look = (theme.current().name, side, ratio, font.key())
        if look != self._look:
            self._pixmaps.clear()
            self._look = look
        key = (id(part.samples.x.base), part.samples.x.ctypes.data + sample * part.samples.x.strides[0])
        found = self._pixmaps.get(key)
        if found is None:
            found = self._pixmaps[key] = _paint(part, sample, side, ratio, font)
            if len(self._pixmaps) * (side * ratio) ** 2 * 4 > _MOST_BYTES:
                self._pixmaps.popitem(last=False)
        return found

    def clear(self) -> None:
        """Forget everything, for other data."""
        self._pixmaps.clear()


def _paint(part: Part, sample: int, side: int, ratio: float, font: QFont) -> QPixmap:
    pixmap = QPixmap(QSize(math.ceil(side * ratio), math.ceil(side * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_tile(painter, QRect(0, 0, side, side), part, sample, ratio, font)
    return pixmap


def paint_tile(painter: QPainter, box: QRect, part: Part, sample: int, ratio: float, font: QFont) -> None:
    """Paint a card with the picture of a sample and its class in the corner."""
    colors = theme.current()
    rounded(painter, box, fill=colors.color("base"), line=colors.color("line"), radius=_RADIUS_PX)
    picture = part.samples.picture(sample)
    height, width = picture.shape[:2]
    scale, sharp = sharp_scale(box.width() - 2 * _EDGE_PX, max(height, width), ratio)
    place = QRectF(0, 0, width * scale, height * scale)
    place.moveCenter(box.toRectF().center())
    place.moveTopLeft(place.topLeft().toPoint().toPointF())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not sharp)
    painter.drawImage(place, image_of(picture, ink_table()))
    if box.width() >= _WORDS_FROM_PX:
        corner = box.adjusted(4, box.height() - 15, -4, -1)
        small = sized(font, _CORNER_POINTS)
        right = Qt.AlignmentFlag.AlignRight
        text(painter, corner, part.class_of(sample), colors.color("text_3"), font=small, align=right)


def sharp_scale(room: float, pixels: int, ratio: float) -> tuple[float, bool]:
    """Return how large a picture of ``pixels`` is drawn in ``room``, and whether its pixels show as squares.

    From two device pixels on a picture is drawn in whole ones, below it is smoothed and fills the room.
    """
    dense = room * ratio / pixels
    return (int(dense) / ratio, True) if dense >= _SHARP_FROM else (room / pixels, False)
