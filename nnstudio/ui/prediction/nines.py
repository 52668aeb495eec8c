"""Nines: the first nine that are right and the first nine that are wrong, as one picture."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication, QImage, QPainter

from nnstudio.data.dataset import Samples
from nnstudio.experiments.evaluation import Evaluation
from nnstudio.ui import theme
from nnstudio.ui.prediction.fonts import sized
from nnstudio.ui.prediction.pictures import image_of, paint_picture, table_for

_COUNT, _ACROSS = 9, 3
_PICTURE_PX, _TEXT_PX, _GAP_PX, _TITLE_PX, _MARGIN_PX, _BETWEEN_PX = 84, 34, 12, 30, 16, 40
_CELL_PX = 112
_BLOCK_PX = _ACROSS * _CELL_PX + (_ACROSS - 1) * _GAP_PX
_PITCH_PX = _PICTURE_PX + _TEXT_PX + _GAP_PX
WIDTH_PX = 2 * _BLOCK_PX + _BETWEEN_PX + 2 * _MARGIN_PX
HEIGHT_PX = _TITLE_PX + _ACROSS * _PITCH_PX + 2 * _MARGIN_PX - _GAP_PX


def nines_picture(evaluation: Evaluation, samples: Samples, scale: float = 2.0) -> QImage:
    """Return the picture, ``scale`` times as dense as the window, in the colours of the theme."""
    image = QImage(round(WIDTH_PX * scale), round(HEIGHT_PX * scale), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(theme.current().color("base"))
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, (title, right) in enumerate((("right", True), ("wrong", False))):
            corner = QPointF(_MARGIN_PX + place * (_BLOCK_PX + _BETWEEN_PX), _MARGIN_PX)
            chosen = np.flatnonzero(evaluation.right == right)[:_COUNT]
            _paint_title(
                painter,
                corner,
                f"The first {_words(len(chosen))} {title}" if len(chosen) else f"None {title}",
            )
            for index, sample in enumerate(map(int, chosen)):
                across, down = index % _ACROSS, index // _ACROSS
                cell = QPointF(across * (_CELL_PX + _GAP_PX), _TITLE_PX + down * _PITCH_PX)
                _paint_sample(painter, corner + cell, evaluation, samples, sample)
    return image


def _words(count: int) -> str:
    return "nine" if count == _COUNT else str(count)


def _paint_title(painter: QPainter, corner: QPointF, words: str) -> None:
    painter.setFont(sized(_font(), 11.0, strong=True))
    painter.setPen(theme.current().color("text"))
    box = QRectF(corner.x(), corner.y(), _BLOCK_PX, _TITLE_PX - 8)
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)


def _paint_sample(
    painter: QPainter, corner: QPointF, evaluation: Evaluation, samples: Samples, sample: int
) -> None:
    """Draw a picture with what it was read as and what it is below."""
    place = QRectF(corner.x() + (_CELL_PX - _PICTURE_PX) / 2, corner.y(), _PICTURE_PX, _PICTURE_PX)
    paint_picture(painter, image_of(samples.picture(sample), table_for(samples.inked)), place)
    names, colors, font = evaluation.facts.class_names, theme.current(), sized(_font(), 9.0)
    painter.setFont(font)
    role = "text_2" if evaluation.right[sample] else "error"
    lines = (("Predicted", evaluation.predicted, role), ("Actual", evaluation.actual, "text_2"))
    for line, (word, classes, color) in enumerate(lines):
        painter.setPen(colors.color(color))
        words = f"{word} {names[int(classes[sample])]}"
        words = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, _CELL_PX)
        box = QRectF(corner.x(), corner.y() + _PICTURE_PX + 2 + line * 15, _CELL_PX, 15)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def _font() -> QFont:
    return QGuiApplication.font()
