"""ThresholdPlot: one curve over all thresholds between 0 and 1, with the point of the threshold of now."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnstudio.data.arrays import Array
from nnstudio.ui import theme
from nnstudio.ui.painting import rounded, sized, text
from nnstudio.ui.widgets import figures_font

_MOST_POINTS = 800
_LEFT_PX, _BOTTOM_PX, _TOP_PX, _RIGHT_PX = 48, 38, 12, 14
_POINT_PX = 10
_TICKS = (0.0, 0.5, 1.0)
_RIGHT = Qt.AlignmentFlag.AlignRight
_CENTRE = Qt.AlignmentFlag.AlignHCenter


def _nothing() -> Array:
    return np.empty(0)


@dataclass(frozen=True, eq=False)
class Drawn:
    """Points (k,) of a curve, each at one of ``thresholds``, and the line that guessing would give."""

    x: Array = field(default_factory=_nothing)
    y: Array = field(default_factory=_nothing)
    thresholds: Array = field(default_factory=_nothing)
    guessing: tuple[tuple[float, float], tuple[float, float]] = ((0.0, 0.0), (1.0, 1.0))

    def thinned(self) -> Drawn:
        """Return the curve with no more points than can be seen."""
        if len(self.x) <= _MOST_POINTS:
            return self
        keep = np.unique(np.linspace(0, len(self.x) - 1, _MOST_POINTS).round().astype(int))
        return Drawn(self.x[keep], self.y[keep], self.thresholds[keep], self.guessing)


class ThresholdPlot(QWidget):
    """Both axes go from 0 to 1.

    Signals:
        edited(threshold): A person pressed on the curve or drew along it.
    """

    edited = Signal(float)

    def __init__(self, name: str, across: str, up: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._across, self._up = across, up
        self._drawn = Drawn()
        self._point = (0.0, 0.0)
        self.setAccessibleName(name)
        self.setMinimumSize(150, 130)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def point(self) -> tuple[float, float]:
        """Where the threshold of now is."""
        return self._point

    def show_curve(self, drawn: Drawn) -> None:
        """Show another curve."""
        self._drawn = drawn.thinned()
        self.update()

    def show_point(self, point: tuple[float, float]) -> None:
        """Mark where the threshold of now is."""
        self._point = point
        self.update()

    def place_of(self, x: float, y: float) -> QPointF:
        """Return where a point of the plot is, in pixels."""
        plot = self._plot()
        return QPointF(plot.left() + x * plot.width(), plot.bottom() - y * plot.height())

    def _plot(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_LEFT_PX, _TOP_PX, -_RIGHT_PX, -_BOTTOM_PX)

    def _paint_grid(self, painter: QPainter, plot: QRectF) -> None:
        colors, font = theme.current(), sized(figures_font(self.font()), 8.0)
        for value in _TICKS:
            at, words = self.place_of(value, value), f"{value:g}"
            painter.setPen(QPen(colors.color("grid"), 1))
            painter.drawLine(QPointF(plot.left(), at.y()), QPointF(plot.right(), at.y()))
            painter.drawLine(QPointF(at.x(), plot.top()), QPointF(at.x(), plot.bottom()))
            beside = QRect(0, round(at.y()) - 8, _LEFT_PX - 6, 16)
            text(painter, beside, words, colors.color("text_3"), font=font, align=_RIGHT)
            below = QRect(round(at.x()) - 16, round(plot.bottom()) + 2, 32, 15)
            text(painter, below, words, colors.color("text_3"), font=font, align=_CENTRE)
        foot = QRect(round(plot.left()), round(plot.bottom()) + 17, round(plot.width()), 16)
        text(painter, foot, self._across, colors.color("text_2"), font=font, align=_CENTRE)
        self._paint_upright(painter, plot)

    def _paint_upright(self, painter: QPainter, plot: QRectF) -> None:
        painter.save()
        painter.translate(5, plot.bottom())
        painter.rotate(-90)
        box = QRect(0, 0, round(plot.height()), 14)
        text(painter, box, self._up, theme.current().color("text_2"), align=_CENTRE)
        painter.restore()

    def _paint_curve(self, painter: QPainter) -> None:
        colors = theme.current()
        painter.setPen(QPen(colors.color("line_strong"), 1.2, Qt.PenStyle.DashLine))
        start, end = self._drawn.guessing
        painter.drawLine(self.place_of(*start), self.place_of(*end))
        painter.setPen(QPen(colors.color("accent"), 2))
        points = zip(self._drawn.x.tolist(), self._drawn.y.tolist(), strict=True)
        painter.drawPolyline(QPolygonF([self.place_of(x, y) for x, y in points]))
        painter.setPen(QPen(colors.color("surface"), 2))
        painter.setBrush(colors.color("text"))
        painter.drawEllipse(self.place_of(*self._point), _POINT_PX / 2, _POINT_PX / 2)

    def _take(self, point: QPointF) -> None:
        """Take the threshold of the point of the curve that is nearest."""
        if not len(self._drawn.x):
            return
        plot = self._plot()
        x = plot.left() + self._drawn.x * plot.width()
        y = plot.bottom() - self._drawn.y * plot.height()
        nearest = int(np.hypot(x - point.x(), y - point.y()).argmin())
        self.edited.emit(float(self._drawn.thresholds[nearest]))

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(230, 210)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        colors, plot = theme.current(), self._plot()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rounded(painter, self.rect(), fill=colors.color("base"), line=colors.color("line"))
            self._paint_grid(painter, plot)
            self._paint_curve(painter)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() is Qt.MouseButton.LeftButton:
            self._take(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._take(event.position())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() is QEvent.Type.PaletteChange:
            self.update()
