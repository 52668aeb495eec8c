"""CurveLines: thick lines that are drawn quickly, and what their points are asked."""

from __future__ import annotations

import math
from bisect import bisect_left

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPen

from nnstudio.experiments.curves import Array, most_of
from nnstudio.ui.training.ticks import Range

_CALM_PX = 4000.0  # a line that travels further is drawn without antialiasing, which noise makes very slow


def show_thick(line: pg.PlotDataItem, px: float, x: Array, y: Array) -> None:
    """Show a thick line; ``px`` is how many pixels a unit of y has."""
    line.opts["antialias"] = px * float(np.abs(np.diff(y)).sum()) <= _CALM_PX
    line.setData(x, y)


def thick_pen(color: str) -> QPen:
    """Return the pen of a smooth line."""
    pen: QPen = pg.mkPen(color, width=2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)  # square ones make knots where segments meet
    return pen


def bounds(values: Array) -> Range | tuple[()]:
    """Return the lowest and the highest value; nothing where there is none."""
    return (float(values.min()), float(values.max())) if len(values) else ()


def most_bounds(values: Array) -> Range | tuple[()]:
    """Return the range of all values but outliers."""
    return most_of(values) or ()


def next_stop(stops: Array, here: float, direction: int) -> float:
    """Return the point after, or before, the one at ``here``."""
    if math.isnan(here):
        return float(stops[-1])
    index = bisect_left(stops, here + 1e-9 if direction > 0 else here - 1e-9) - (direction < 0)
    return float(stops[min(max(index, 0), len(stops) - 1)])
