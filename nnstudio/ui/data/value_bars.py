"""ValueBars: how often each value occurs, on a logarithmic scale."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from nnstudio.data.arrays import Floats, IntArray
from nnstudio.data.facts import BINS, Histogram
from nnstudio.ui import theme
from nnstudio.ui.painting import sized, text
from nnstudio.ui.widgets import figures_font

_PLOT_PX, _FOOT_PX, _GAP_PX = 40, 18, 1


class ValueBars(QWidget):
    """A bar per range of values; flat until they are known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("How often values occur")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._values: Histogram | None = None

    @property
    def values(self) -> Histogram | None:
        """What is shown; None while it is not known."""
        return self._values

    def show_values(self, values: Histogram | None) -> None:
        """Show other counts, or none yet."""
        self._values = values
        self.setAccessibleDescription(
            "" if values is None else f"{number(values.low)} to {number(values.high)}"
        )
        self.update()

    def _words(self, index: int) -> str:
        values = self._values
        if values is None or not 0 <= index < BINS:
            return ""
        step = (values.high - values.low) / BINS
        whole = values.high == 255 and values.low == 0
        low = values.low + index * (8 if whole else step)
        return (
            f"{number(low)} to {number(low + (7 if whole else step))}: {int(values.counts[index]):,} values"
        )

    def _paint_bars(self, painter: QPainter, values: Histogram) -> None:
        color = theme.current().color("text_3")
        color.setAlphaF(0.62)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        heights = log_heights(values.counts, _PLOT_PX - 2)
        pitch = self.width() / BINS
        for index, high in enumerate(heights):
            left, right = round(index * pitch), round((index + 1) * pitch) - _GAP_PX
            painter.drawRect(QRectF(left, _PLOT_PX - high, right - left, high))

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(200, _PLOT_PX + _FOOT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        colors, values = theme.current(), self._values
        with QPainter(self) as painter:
            painter.fillRect(0, _PLOT_PX, self.width(), 1, colors.color("line_strong"))
            if values is None or not values.counts.any():
                return
            self._paint_bars(painter, values)
            font, foot = sized(figures_font(self.font()), 8.5), QRect(0, _PLOT_PX + 2, self.width(), _FOOT_PX)
            text(painter, foot, number(values.low), colors.color("text_3"), font=font)
            right = Qt.AlignmentFlag.AlignRight
            text(painter, foot, number(values.high), colors.color("text_3"), font=font, align=right)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            words = self._words(int(event.pos().x() * BINS / max(1, self.width())))
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() is QEvent.Type.PaletteChange:
            self.update()


def log_heights(counts: IntArray, most: float) -> Floats:
    """Return the height of each bar, ``most`` for the largest; a decade is the same height everywhere.

    The scale begins at the power of ten below the smallest count, or every bar would look alike.
    """
    if not counts.any():
        return np.zeros(len(counts))
    logs = np.log10(np.maximum(counts, 1))
    base = np.floor(logs[counts > 0].min()) - 0.5
    return np.where(counts > 0, (logs - base) / (logs.max() - base) * most, 0.0)


def number(value: float) -> str:
    """Return a number as a person reads it."""
    return f"{value:.4g}".replace("-", "\N{MINUS SIGN}")
