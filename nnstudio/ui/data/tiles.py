"""Tiles: paints thumbnails fast: what all have in common is drawn once and kept."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPixmap

from nnstudio.data.arrays import Array
from nnstudio.ui import theme
from nnstudio.ui.data.parts import Part
from nnstudio.ui.painting import rounded, sized, text
from nnstudio.ui.prediction.pictures import table_for

_SHARP_FROM = 2.0
_EDGE_PX = 3
_CORNER_PX = 15
_CORNER_POINTS = 7.5
_WORDS_FROM_PX = 40
_CORNER_SHARE = 0.6  # of the side: longer words would hide the picture
_RADIUS_PX = 4.0
_ASIDE_PX = 2  # so that the ink of most pictures leaves the corner to the class


class Tiles:
    """Paints a card with a picture and its class in the corner, for one part of the data in one size."""

    def __init__(self) -> None:
        self._look: object = None
        self._common: dict[str, QPixmap] = {}

    def begin(self, painter: QPainter, part: Part, side: int, font: QFont) -> None:
        """Make ready for tiles of ``side`` pixels of the samples of ``part``."""
        ratio = painter.device().devicePixelRatioF()
        look = (part.samples, theme.current().name, side, ratio, font.key())
        if look != self._look:
            self._look, self._part, self._side, self._ratio, self._font = look, part, side, ratio, font
            self._common.clear()
            self._inks = np.array(table_for(part.samples.inked), dtype=np.uint32)
            self._place, self._sharp = self._measure(part.samples.shape[:2])
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not self._sharp)

    def paint(self, painter: QPainter, corner: QPoint, sample: int) -> None:
        """Paint the tile of a sample; ``corner`` is the upper left one."""
        words = self._part.class_of(sample) if self._side >= _WORDS_FROM_PX else ""
        painter.drawPixmap(corner, self._common.get("card") or self._card())
        _draw(painter, self._place.translated(corner), self._part.samples.picture(sample), self._inks)
        if words:
            painter.drawPixmap(corner, self._common.get(f"class {words}") or self._words(words))

    def _measure(self, shape: tuple[int, ...]) -> tuple[QRectF, bool]:
        """Return where the picture stands in the tile, and whether its pixels show as squares."""
        height, width = shape
        scale, sharp = sharp_scale(self._side - 2 * _EDGE_PX, max(height, width), self._ratio)
        place = QRectF(0, 0, width * scale, height * scale)
        aside = _ASIDE_PX if self._side >= _WORDS_FROM_PX and self._part.samples.inked else 0
        place.moveTo(
            round((self._side - place.width()) / 2) - aside, round((self._side - place.height()) / 2) - aside
        )
        return place, sharp

    def _card(self) -> QPixmap:
        colors, pixmap = theme.current(), self._blank()
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRect(0, 0, self._side, self._side)
            rounded(painter, box, fill=colors.color("base"), line=colors.color("line"), radius=_RADIUS_PX)
        self._common["card"] = pixmap
        return pixmap

    def _words(self, words: str) -> QPixmap:
        pixmap = self._blank()
        with QPainter(pixmap) as painter:
            box, inked = QRect(0, 0, self._side, self._side), self._part.samples.inked
            paint_corner(painter, box, words, self._part.class_names, self._font, inked)
        self._common[f"class {words}"] = pixmap
        return pixmap

    def _blank(self) -> QPixmap:
        wide = math.ceil(self._side * self._ratio)
        pixmap = QPixmap(QSize(wide, wide))
        pixmap.setDevicePixelRatio(self._ratio)
        pixmap.fill(QColor(0, 0, 0, 0))
        return pixmap


def paint_corner(
    painter: QPainter, box: QRect, name: str, names: Sequence[str], font: QFont, inked: bool = True
) -> None:
    """Write a class into the corner of a tile: its name where all ``names`` are short, else its index.

    On a picture that is no ink, and fills the tile, it stands on a ground of its own.
    """
    small, right = sized(font, _CORNER_POINTS), Qt.AlignmentFlag.AlignRight
    longest = max(names, key=len, default=name)
    wide = QFontMetrics(small).horizontalAdvance(longest) > _CORNER_SHARE * box.width()
    words = str(names.index(name)) if wide and name in names else name
    corner = box.adjusted(4, box.height() - _CORNER_PX, -4, -1)
    if not inked:
        ground = corner.adjusted(0, 1, 2, 0)
        ground.setLeft(ground.right() - QFontMetrics(small).horizontalAdvance(words) - 4)
        rounded(painter, ground, fill=theme.current().color("base"), radius=_EDGE_PX)
    text(painter, corner, words, theme.current().color("text_3"), font=small, align=right)


def sharp_scale(room: float, pixels: int, ratio: float) -> tuple[float, bool]:
    """Return how large a picture of ``pixels`` is drawn in ``room``, and whether its pixels show as squares.

    From two device pixels on a picture is drawn in whole ones, below it is smoothed and fills the room.
    """
    dense = room * ratio / pixels
    return (int(dense) / ratio, True) if dense >= _SHARP_FROM else (room / pixels, False)


def _draw(painter: QPainter, place: QRectF, picture: Array, inks: Array) -> None:
    """Draw ``picture``, uint8 (height, width) or (height, width, 3), in the colours of the theme.

    They are looked up here, for Qt takes longer to read a table of colours from Python than to draw.
    """
    height, width = picture.shape[:2]
    if picture.ndim == 3:
        pixels, line, form = np.ascontiguousarray(picture), 3 * width, QImage.Format.Format_RGB888
    else:
        pixels, line, form = inks[picture], 4 * width, QImage.Format.Format_RGB32
    painter.drawImage(place, QImage(pixels.data, width, height, line, form))  # ``pixels`` must outlive it
