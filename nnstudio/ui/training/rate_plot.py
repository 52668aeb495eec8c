"""RatePlot: the loss over a learning rate that grows, with the one that suits."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnstudio.engine.range_test import RangePoint
from nnstudio.ui import theme
from nnstudio.ui.painting import rounded, sized
from nnstudio.ui.training.plot_area import PlotArea, area_in
from nnstudio.ui.training.ticks import linear_ticks, log_ticks, tick_words
from nnstudio.ui.widgets import figures_font

_LEAST_PX = QSize(420, 240)
_SHOWN = 3.0  # times the lowest loss above the first one: what lies higher is cut
_KEY_STEP = 1.1


class RatePlot(QWidget):
    """A person may point at another rate, by mouse or by Left and Right.

    Signals:
        chosen(rate): A person points at a rate.
    """

    chosen = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._points: Sequence[RangePoint] = ()
        self._rate: float | None = None
        self.setMinimumSize(_LEAST_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Loss over the learning rate")
        self.setToolTip("Click on the rate to take, or use Left and Right")

    def show_points(self, points: Sequence[RangePoint], rate: float | None) -> None:
        """Show the test as it is now, and the rate to take."""
        self._points, self._rate = points, rate
        self.setAccessibleDescription("" if rate is None else f"Learning rate {rate:g}")
        self.update()

    @property
    def _area(self) -> PlotArea:
        rates = [math.log10(point.rate) for point in self._points]
        smooth = [point.smoothed for point in self._points]
        low, first = min(*smooth, *(point.loss for point in self._points)), smooth[0]
        high = min(max(smooth), first + _SHOWN * max(first - low, abs(first) / 10, 1e-9))
        pad = 0.08 * max(high - low, 1e-9)
        return area_in(
            QRectF(self.rect()), (rates[0], max(rates[-1], rates[0] + 1e-6)), (low - pad, high + pad)
        )

    def _choose(self, rate: float) -> None:
        rates = [point.rate for point in self._points]
        self.chosen.emit(float(f"{min(max(rate, rates[0]), rates[-1]):.2g}"))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if len(self._points) > 1:
            self._choose(10.0 ** self._area.values_at(event.position())[0])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        step = {Qt.Key.Key_Left: 1.0 / _KEY_STEP, Qt.Key.Key_Right: _KEY_STEP}.get(Qt.Key(event.key()))
        if step is None or len(self._points) < 2:
            super().keyPressEvent(event)
            return
        self._choose((self._rate or self._points[len(self._points) // 2].rate) * step)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        colors = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rounded(painter, self.rect(), fill=colors.color("base"), line=colors.color("line"), radius=8)
            if len(self._points) < 2:
                painter.setPen(colors.color("text_3"))
                painter.drawText(
                    self.rect(), Qt.AlignmentFlag.AlignCenter, "The first batches are on their way …"
                )
                return
            area = self._area
            self._paint_axes(painter, area)
            painter.setClipRect(area.box)
            for name, role, width in (("loss", "training_raw", 1.0), ("smoothed", "training", 2.0)):
                painter.setPen(QPen(colors.color(role), width))
                painter.drawPolyline(
                    QPolygonF(
                        [QPointF(area.x(math.log10(p.rate)), area.y(getattr(p, name))) for p in self._points]
                    )
                )
            self._paint_rate(painter, area)

    def _paint_rate(self, painter: QPainter, area: PlotArea) -> None:
        if self._rate is None:
            return
        x = area.x(math.log10(self._rate))
        painter.setPen(QPen(theme.current().color("accent"), 2, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, area.box.top()), QPointF(x, area.box.bottom()))

    def _paint_axes(self, painter: QPainter, area: PlotArea) -> None:
        colors, box = theme.current(), area.box
        painter.setFont(figures_font(sized(self.font(), 8.5)))
        ys = linear_ticks(*area.ys, max(2, int(box.height() / 44)))
        for value, words in zip(ys, tick_words(ys), strict=True):
            painter.setPen(colors.color("grid"))
            painter.drawLine(QPointF(box.left(), area.y(value)), QPointF(box.right(), area.y(value)))
            painter.setPen(colors.color("text_3"))
            spot = QRectF(0, area.y(value) - 9, box.left() - 7, 18)
            painter.drawText(spot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        for value in log_ticks(*area.xs, max(2, int(box.width() / 90))):
            spot = QRectF(area.x(value) - 40, box.bottom() + 2, 80, 16)
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, f"{10.0**value:.2g}")
        painter.setPen(colors.color("text_2"))
        painter.drawText(
            QRectF(box.left(), box.bottom() + 16, box.width(), 18),
            Qt.AlignmentFlag.AlignCenter,
            "Learning rate",
        )
        painter.drawText(QRectF(14, 6, 200, 16), Qt.AlignmentFlag.AlignLeft, "Loss")
