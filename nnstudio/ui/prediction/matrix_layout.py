"""Matrix layout: how large cells and names become for the classes' names, a font and a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontMetricsF

from nnstudio.ui.prediction.fonts import name_points, sized
from nnstudio.ui.prediction.matrix_geometry import LEAST_PX, MatrixGeometry, most_px

_LEAST_NAMES_PX = 44
_MOST_NAMES_PX = 130
_HEAD_PX = 24
_MOST_HEAD_PX = 110
_BESIDE_PX = 78  # what stands left and right of names and cells


@dataclass(frozen=True)
class MatrixLayout:
    """A geometry, whether the names of the columns stand upright, and the least size of the widget."""

    geometry: MatrixGeometry
    upright: bool
    least: QSize


def layout_for(names: Sequence[str], font: QFont, size: QSize, zoom: float | None = None) -> MatrixLayout:
    """Return the layout of a matrix of the classes ``names`` in a widget of ``size``.

    ``zoom`` is the size of a cell that a person chose; None takes what fits.
    """
    pitch = _pitch(size.width(), _beside(names, font, 10.0), len(names)) if zoom is None else zoom
    points = name_points(pitch)
    beside, widest = _beside(names, font, points), _widest(names, font, points)
    pitch = _pitch(size.width(), beside, len(names)) if zoom is None else zoom
    upright = _widest(names, font, name_points(pitch)) > pitch + 1
    head = min(widest + 10.0, _MOST_HEAD_PX) if upright else _HEAD_PX
    if zoom is not None:
        geometry = MatrixGeometry.zoomed(len(names), beside, head, zoom)
        return MatrixLayout(geometry, upright, geometry.size)

    def fitting(width: float, height: float) -> MatrixGeometry:
        return MatrixGeometry.fitting(len(names), beside, head, width, height)

    least = QSize(fitting(0, 0).size.width(), fitting(size.width(), 0).size.height())
    return MatrixLayout(fitting(size.width(), size.height()), upright, least)


def _pitch(width: float, beside: float, classes: int) -> float:
    return min(most_px(classes), max(LEAST_PX, (width - beside - _BESIDE_PX) / classes))


def _beside(names: Sequence[str], font: QFont, points: float) -> float:
    return min(max(_widest(names, font, points) + 20, _LEAST_NAMES_PX), _MOST_NAMES_PX)


def _widest(names: Sequence[str], font: QFont, points: float) -> float:
    metrics = QFontMetricsF(sized(font, points, strong=True))
    return max(metrics.horizontalAdvance(name) for name in names)
