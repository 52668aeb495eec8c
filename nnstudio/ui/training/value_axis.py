"""ValueAxis: an axis with few, round numbers and lines in the colour of the grid."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtWidgets import QApplication

from nnstudio.ui import theme
from nnstudio.ui.training.ticks import linear_ticks, log_ticks, tick_words

_POINTS = 8.5
_GAP_PX = {"left": 48.0, "bottom": 56.0}
_BEHIND_CURVES = -1000
_FEWEST, _MOST = 4, 10
LEFT_PX = 52
BOTTOM_PX = 20
_ALL_LABELS = [(0, 2.0)]  # pyqtgraph leaves all out where they fill more than a share of the length
_OPAQUE = 255


class ValueAxis(pg.AxisItem):
    """Left: values with lines across the plot. Bottom: batches, epochs or seconds."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self._orientation = orientation
        self._log = self._percent = False
        small = QApplication.font()
        small.setPointSizeF(_POINTS)
        self.setStyle(tickFont=small, tickAlpha=_OPAQUE, tickLength=0, hideOverlappingLabels=False)
        self.setStyle(textFillLimits=_ALL_LABELS)
        self.enableAutoSIPrefix(False)
        if orientation == "left":
            self.setWidth(LEFT_PX)
            self.setGrid(_OPAQUE)
        else:
            self.setHeight(BOTTOM_PX)

    def show_kind(self, *, log: bool = False, percent: bool = False) -> None:
        """Write the numbers as what they are: logarithms, shares or plain values."""
        if (log, percent) != (self._log, self._percent):
            self._log, self._percent = log, percent
            self.picture = None
            self.update()

    def most_ticks(self, length: float) -> int:
        """Return for how many numbers there is room along ``length`` pixels."""
        return min(max(_FEWEST, int(length / _GAP_PX[self._orientation])), _MOST)

    def apply_theme(self) -> None:
        """Take the colours of the theme."""
        colors = theme.current()
        self.setPen(pg.mkPen(colors.line_strong))
        self.setTextPen(pg.mkPen(colors.text_3))
        self.setTickPen(pg.mkPen(colors.grid))
        self.setZValue(_BEHIND_CURVES)

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N802
        ticks = (log_ticks if self._log else linear_ticks)(low, high, self.most_ticks(size))
        return [(1.0, ticks)]

    def tickStrings(self, values: list[float], scale: float, spacing: Any) -> list[str]:  # noqa: N802
        return tick_words(values, log=self._log, percent=self._percent)
