"""PointMarks: samples as marks: a shape and a colour for the class, filled to train, hollow to test."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from nnstudio.experiments.ground import Ground, Points
from nnstudio.ui import theme
from nnstudio.ui.data.class_colors import class_color
from nnstudio.ui.prediction.matrix_colors import text_on
from nnstudio.ui.training.answer_colors import value_color
from nnstudio.ui.training.plot_area import PlotArea

_SIZE_PX, _SMALL_PX = 7.5, 6.0
_MANY = 250
_LINE_STRENGTH = 0.75
Values = tuple[float, float]
_CORNERS = (0, 4, 3, 5, 6)  # of the shapes of classes; 0 is a circle


def paint_mark(
    painter: QPainter, place: QPointF, shape: int, color: QColor, *, filled: bool, size: float = _SIZE_PX
) -> None:
    """Paint a mark: the circle, square, triangle, ... number ``shape``."""
    base = theme.current().color("base")
    painter.setPen(QPen(base if filled else color, 1.0 if filled else 1.6))
    painter.setBrush(color if filled else base)
    paint_shape(painter, place, shape, size if filled else size - 1.0)


def paint_shape(painter: QPainter, place: QPointF, shape: int, size: float) -> None:
    """Paint a shape with the pen and the brush that are set."""
    corners, radius = _CORNERS[shape % len(_CORNERS)], size / 2.0
    if not corners:
        painter.drawEllipse(place, radius, radius)
    elif corners == 4:
        side = 0.9 * size
        painter.drawRect(QRectF(place.x() - side / 2, place.y() - side / 2, side, side))
    else:
        painter.drawPolygon(QPolygonF(list(_corners(place, corners, 1.25 * radius))))


def _corners(place: QPointF, count: int, radius: float) -> Iterator[QPointF]:
    for number in range(count):
        angle = 2.0 * math.pi * number / count
        yield place + QPointF(radius * math.sin(angle), -radius * math.cos(angle))


def points_picture(
    ground: Ground, size: QSize, ratio: float, area: PlotArea, values_of: Callable[[Points, int], Values]
) -> QPixmap:
    """Return a picture of all points within ``area``, ``size`` device pixels large, on nothing."""
    pixmap = QPixmap(size)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)

    def place(points: Points, row: int) -> QPointF:
        x, y = values_of(points, row)
        return QPointF(area.x(x), area.y(y))

    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(area.box)
        _paint_points(painter, ground, place)
    return pixmap


def _paint_points(painter: QPainter, ground: Ground, place: Callable[[Points, int], QPointF]) -> None:
    """Paint the training points and above them those for testing, each where ``place`` says."""
    size = _SMALL_PX if len(ground.training.x) > _MANY else _SIZE_PX
    for points, filled in ((ground.training, True), (ground.test, False)):
        for row in range(len(points.y)):
            if ground.facts.is_classes:
                index = int(points.y[row])
                color = class_color(index)
                paint_mark(painter, place(points, row), index, color, filled=filled, size=size)
            elif len(ground.ranges) == 2:
                color = value_color(float(points.y[row]), ground.values)
                paint_value_mark(painter, place(points, row), color, tests=not filled, size=size)
            else:
                color = theme.current().color("training" if filled else "validation")
                paint_mark(painter, place(points, row), 0 if filled else 1, color, filled=filled, size=size)


def paint_value_mark(
    painter: QPainter, place: QPointF, color: QColor, *, tests: bool, size: float = _SIZE_PX
) -> None:
    """Paint a sample whose colour is its value: a circle to train, a square to test."""
    line = QColor(text_on(color.rgb()))
    line.setAlphaF(_LINE_STRENGTH)
    painter.setPen(QPen(line, 1.0))
    painter.setBrush(color)
    paint_shape(painter, place, int(tests), size)
