"""Matrix picture: a confusion matrix outside the window, large enough to read every number in it."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QSize
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from nnstudio.ui import theme
from nnstudio.ui.prediction.matrix_face import MatrixFace
from nnstudio.ui.prediction.matrix_layout import MatrixLayout, layout_for
from nnstudio.ui.prediction.matrix_painter import MatrixPainter

_MARGIN_PX = 20
_ROOM_PX = 100_000  # more than any matrix takes, so that its cells are as large as they become
_SCALE, _SCALE_OF_MANY, _MANY = 2, 1, 30


def matrix_image(face: MatrixFace, font: QFont) -> QImage:
    """Return the matrix as an image, in the theme in force."""
    layout, size = _layout(face, font)
    scale = _SCALE if face.classes < _MANY else _SCALE_OF_MANY
    image = QImage(size * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(theme.current().color("surface"))
    with QPainter(image) as painter:
        _paint(painter, face, font, layout, size)
    return image


def matrix_svg(face: MatrixFace, font: QFont) -> bytes:
    """Return the matrix as a drawing, in the theme in force."""
    layout, size = _layout(face, font)
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRect(QPoint(0, 0), size))
    generator.setTitle("Confusion matrix")
    with QPainter(generator) as painter:
        painter.fillRect(QRect(QPoint(0, 0), size), theme.current().color("surface"))
        _paint(painter, face, font, layout, size)
    return bytes(content.data())


def png_of(image: QImage) -> bytes:
    """Return an image as the content of a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _layout(face: MatrixFace, font: QFont) -> tuple[MatrixLayout, QSize]:
    layout = layout_for(face.confusion.names, font, QSize(_ROOM_PX, _ROOM_PX))
    return layout, layout.geometry.size + QSize(2 * _MARGIN_PX, 2 * _MARGIN_PX)


def _paint(painter: QPainter, face: MatrixFace, font: QFont, layout: MatrixLayout, size: QSize) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(_MARGIN_PX, _MARGIN_PX)
    MatrixPainter(painter, font, face, layout.geometry, QRect(QPoint(0, 0), size)).paint(layout.upright)
