"""ValuePlot: a point per sample: the predicted value, or its error, over the actual value."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QToolTip, QWidget

from nnstudio.data.arrays import Array
from nnstudio.ui import theme
from nnstudio.ui.data.value_bars import number
from nnstudio.ui.painting import rounded, sized, text
from nnstudio.ui.prediction.plot_axis import axis_for
from nnstudio.ui.widgets import figures_font

PREDICTED, ERRORS = CHOICES = ("Predicted", "Errors")
_MOST_POINTS = 4000
_LEFT_PX, _BOTTOM_PX, _TOP_PX, _RIGHT_PX = 58, 40, 14, 16
_DOT_PX, _CHOSEN_PX, _NEAR_PX = 5, 10, 12
_RIGHT = Qt.AlignmentFlag.AlignRight
_CENTRE = Qt.AlignmentFlag.AlignHCenter


class ValuePlot(QWidget):
    """Points on the line are right. Of very many samples some are shown, the same ones every time.

    Signals:
        chosen(sample): A person clicked on a point.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(260, 220)
        self.setAccessibleName("Predicted values over actual values")
        self._samples: Array = np.empty(0, np.intp)
        self._x: Array = np.empty(0)
        self._predicted: Array = np.empty(0)
        self._choice = PREDICTED
        self._chosen: int | None = None
        self._across = self._up = axis_for(np.empty(0))

    @property
    def samples(self) -> list[int]:
        """Which samples have a point."""
        return [int(sample) for sample in self._samples]

    def show_values(self, actual: Array, predicted: Array) -> None:
        """Show the values (n,) of n samples."""
        rows = np.flatnonzero(np.isfinite(actual) & np.isfinite(predicted))
        if len(rows) > _MOST_POINTS:
            rows = np.sort(np.random.default_rng(0).choice(rows, _MOST_POINTS, replace=False))
        self._samples, self._x, self._predicted = rows, actual[rows], predicted[rows]
        self._fit()

    def show_choice(self, choice: str) -> None:
        """Show predicted values or errors."""
        self._choice = choice
        self._fit()

    def show_sample(self, sample: int | None) -> None:
        """Let the point of a sample stand out."""
        self._chosen = sample
        self.update()

    def point_of(self, sample: int) -> QPointF | None:
        """Return where the point of a sample is; None where it has none."""
        places = np.flatnonzero(self._samples == sample)
        if not len(places):
            return None
        place = int(places[0])
        return QPointF(float(self._left(self._x[place])), float(self._top(self._y[place])))

    @property
    def _y(self) -> Array:
        return self._predicted if self._choice == PREDICTED else self._predicted - self._x

    def _fit(self) -> None:
        if self._choice == PREDICTED:
            both = np.concatenate((self._x, self._predicted))
            self._across = self._up = axis_for(both)
        else:
            self._across, self._up = axis_for(self._x), axis_for(np.append(self._y, 0.0))
        self.update()

    def _plot(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_LEFT_PX, _TOP_PX, -_RIGHT_PX, -_BOTTOM_PX)

    def _left(self, value: Array | float) -> Array | float:
        plot = self._plot()
        return plot.left() + self._across.share(value) * plot.width()

    def _top(self, value: Array | float) -> Array | float:
        plot = self._plot()
        return plot.bottom() - self._up.share(value) * plot.height()

    def _near(self, point: QPointF) -> int | None:
        """Return which point is near to a place."""
        if not len(self._samples):
            return None
        far = np.hypot(self._left(self._x) - point.x(), self._top(self._y) - point.y())
        place = int(far.argmin())
        return place if far[place] <= _NEAR_PX else None

    def _words(self, place: int) -> str:
        y, p = float(self._x[place]), float(self._predicted[place])
        which = f"Sample {self._samples[place]:,}"
        return f"{which}: actual {number(y)}, predicted {number(p)}, error {number(p - y)}"

    def _paint_grid(self, painter: QPainter, plot: QRectF) -> None:
        colors, font = theme.current(), sized(figures_font(self.font()), 8.5)
        for value, words in self._up.figures():
            y = float(self._top(value))
            painter.setPen(QPen(colors.color("grid"), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            box = QRect(0, round(y) - 9, _LEFT_PX - 8, 18)
            text(painter, box, words, colors.color("text_3"), font=font, align=_RIGHT)
        for value, words in self._across.figures():
            box = QRect(round(float(self._left(value))) - 40, round(plot.bottom()) + 3, 80, 16)
            text(painter, box, words, colors.color("text_3"), font=font, align=_CENTRE)
        below = QRect(round(plot.left()), round(plot.bottom()) + 18, round(plot.width()), 18)
        text(painter, below, "actual", colors.color("text_3"), font=font, align=_CENTRE)

    def _paint_right(self, painter: QPainter) -> None:
        """Paint the line on which predictions are right."""
        painter.setPen(QPen(theme.current().color("accent"), 1.5, Qt.PenStyle.DashLine))
        low, high = self._across.low, self._across.high
        ends = (low, high) if self._choice == PREDICTED else (0.0, 0.0)
        start = QPointF(float(self._left(low)), float(self._top(ends[0])))
        painter.drawLine(start, QPointF(float(self._left(high)), float(self._top(ends[1]))))

    def _paint_points(self, painter: QPainter) -> None:
        color = theme.current().color("training")
        color.setAlphaF(0.55)
        pen = QPen(color, _DOT_PX)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        places = zip(np.ravel(self._left(self._x)), np.ravel(self._top(self._y)), strict=True)
        painter.drawPoints(QPolygonF([QPointF(float(x), float(y)) for x, y in places]))
        chosen = None if self._chosen is None else self.point_of(self._chosen)
        if chosen is not None:
            painter.setPen(QPen(theme.current().color("text"), 2))
            painter.setBrush(theme.current().color("training"))
            painter.drawEllipse(chosen, _CHOSEN_PX / 2, _CHOSEN_PX / 2)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        colors, plot = theme.current(), self._plot()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rounded(painter, self.rect(), fill=colors.color("base"), line=colors.color("line"))
            self._paint_grid(painter, plot)
            painter.setClipRect(plot.adjusted(-4, -4, 4, 4))
            self._paint_right(painter)
            self._paint_points(painter)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        place = self._near(event.position())
        if place is not None and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(int(self._samples[place]))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            place = self._near(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if place is None else self._words(place), self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() is QEvent.Type.PaletteChange:
            self.update()
