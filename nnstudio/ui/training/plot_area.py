"""PlotArea: where the values of two axes lie in a widget, and how the axes are painted."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from nnstudio.ui import theme
from nnstudio.ui.painting import sized
from nnstudio.ui.training.ticks import Range, linear_ticks, tick_words
from nnstudio.ui.widgets import figures_font

LEFT_PX, BOTTOM_PX, TOP_PX, RIGHT_PX = 58.0, 36.0, 20.0, 14.0
_TICK_PX = 18.0
_POINTS = 8.5
_GAP_X_PX, _GAP_Y_PX = 64.0, 44.0


@dataclass(frozen=True)
class PlotArea:
    """The box within the axes, and the values at its edges."""

    box: QRectF
    xs: Range
    ys: Range

    def x(self, value: float) -> float:
        """Return where a value of the lower axis lies."""
        low, high = self.xs
        return self.box.left() + (value - low) / (high - low) * self.box.width()

    def y(self, value: float) -> float:
        """Return where a value of the left axis lies."""
        low, high = self.ys
        return self.box.bottom() - (value - low) / (high - low) * self.box.height()

    def values_at(self, place: QPointF) -> tuple[float, float]:
        """Return the values at a place of the widget, moved into the box where it lies outside."""
        across = min(max((place.x() - self.box.left()) / self.box.width(), 0.0), 1.0)
        up = min(max((self.box.bottom() - place.y()) / self.box.height(), 0.0), 1.0)
        return self.xs[0] + across * (self.xs[1] - self.xs[0]), self.ys[0] + up * (self.ys[1] - self.ys[0])


def area_in(rect: QRectF, xs: Range, ys: Range, *, square: bool = False) -> PlotArea:
    """Return the area that leaves room for numbers and names in ``rect``; a ``square`` one in its middle."""
    box = rect.adjusted(LEFT_PX, TOP_PX, -RIGHT_PX, -BOTTOM_PX)
    box.setSize(box.size().expandedTo(QRectF(0, 0, 1, 1).size()))
    if square:
        side = min(box.width(), box.height())
        left = box.left() + (box.width() - side) / 2.0
        box = QRectF(left, box.top() + (box.height() - side) / 2.0, side, side)
    return PlotArea(QRectF(box.toAlignedRect()), xs, ys)


def paint_axes(painter: QPainter, area: PlotArea, names: tuple[str, str], *, grid: bool) -> None:
    """Paint the frame, round numbers along it, the names of both axes and, if wanted, lines across."""
    colors, box = theme.current(), area.box
    painter.setFont(_font(painter.font()))
    xs = linear_ticks(*area.xs, max(2, int(box.width() / _GAP_X_PX)))
    ys = linear_ticks(*area.ys, max(2, int(box.height() / _GAP_Y_PX)))
    if grid:
        painter.setPen(QPen(colors.color("grid"), 1))
        for value in ys:
            painter.drawLine(QPointF(box.left(), area.y(value)), QPointF(box.right(), area.y(value)))
    painter.setPen(QPen(colors.color("line_strong"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    painter.setPen(colors.color("text_3"))
    for value, words in zip(xs, tick_words(xs), strict=True):
        spot = QRectF(area.x(value) - 40, box.bottom() + 2, 80, _TICK_PX)
        painter.drawText(spot, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, words)
    for value, words in zip(ys, tick_words(ys), strict=True):
        spot = QRectF(box.left() - LEFT_PX, area.y(value) - 9, LEFT_PX - 7, 18)
        painter.drawText(spot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
    _paint_names(painter, area, names)


def _paint_names(painter: QPainter, area: PlotArea, names: tuple[str, str]) -> None:
    box, width = area.box, int(area.box.width())
    painter.setPen(theme.current().color("text_2"))
    below = QRectF(box.left(), box.bottom() + _TICK_PX, box.width(), BOTTOM_PX - _TICK_PX)
    above = QRectF(box.left() - LEFT_PX + 8, box.top() - TOP_PX, box.width(), TOP_PX - 2)
    for spot, words, side in (
        (below, names[0], Qt.AlignmentFlag.AlignHCenter),
        (above, names[1], Qt.AlignmentFlag.AlignLeft),
    ):
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, width)
        painter.drawText(spot, side | Qt.AlignmentFlag.AlignVCenter, shown)


def _font(font: QFont) -> QFont:
    return figures_font(sized(font, _POINTS))
