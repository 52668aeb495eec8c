"""SchedulePreview: how the learning rate will change from the first batch of the training to the last."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnstudio.engine.optimizers import Optimizer
from nnstudio.engine.schedules import Constant
from nnstudio.engine.value_words import number_words
from nnstudio.ui import theme
from nnstudio.ui.painting import rounded, sized, text
from nnstudio.ui.widgets import figures_font

_HEIGHT_PX, _WORDS_PX, _PAD_PX = 84, 18, 10
_POINTS = 240


class SchedulePreview(QWidget):
    """A small curve with its greatest and its last value; hidden where the rate stays as it is."""

    def __init__(self) -> None:
        super().__init__()
        self._rates: list[float] = []
        self.setFixedHeight(_HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def rates(self) -> list[float]:
        """The learning rates that the curve goes through."""
        return self._rates

    def show_schedule(self, optimizer: Optimizer, steps: int) -> None:
        """Show the rates of ``optimizer`` over a training of so many steps."""
        self.setVisible(not isinstance(optimizer.schedule, Constant))
        count = min(_POINTS, max(steps, 2))
        marks = [round(number * (max(steps, 2) - 1) / (count - 1)) for number in range(count)]
        self._rates = [optimizer.learning_rate * optimizer.schedule.factor(mark, steps) for mark in marks]
        self.setAccessibleName("Learning rate over the training")
        self.setToolTip(self._words)
        self.setAccessibleDescription(self._words)
        self.update()

    @property
    def _words(self) -> str:
        low, high, last = (
            _rate_words(rate) for rate in (min(self._rates), max(self._rates), self._rates[-1])
        )
        return (
            f"The learning rate goes from {_rate_words(self._rates[0])} to {last}, between {low} and {high}."
        )

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(200, _HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if not self._rates:
            return
        colors = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rounded(painter, self.rect(), fill=colors.color("base"), line=colors.color("line"), radius=6)
            self._paint_words(painter)
            painter.setPen(QPen(colors.color("training"), 2))
            painter.drawPolyline(self._curve())

    def _paint_words(self, painter: QPainter) -> None:
        colors, font = theme.current(), sized(figures_font(self.font()), 8.5)
        line = QRect(_PAD_PX, 4, self.width() - 2 * _PAD_PX, _WORDS_PX)
        text(painter, line, f"at most {_rate_words(max(self._rates))}", colors.color("text_3"), font=font)
        right = Qt.AlignmentFlag.AlignRight
        last = f"at the end {_rate_words(self._rates[-1])}"
        text(painter, line, last, colors.color("text_3"), font=font, align=right)

    def _curve(self) -> QPolygonF:
        box = QRectF(self.rect()).adjusted(_PAD_PX, _WORDS_PX + 10, -_PAD_PX, -_PAD_PX)
        top = max(self._rates)
        top = top if math.isfinite(top) and top > 0.0 else 1.0
        last = len(self._rates) - 1
        return QPolygonF(
            [
                QPointF(box.left() + box.width() * index / last, box.bottom() - box.height() * rate / top)
                for index, rate in enumerate(self._rates)
            ]
        )


def _rate_words(rate: float) -> str:
    return number_words(float(f"{rate:.3g}"))
