"""Fonts: sizes and weights for what is painted, with digits of equal width."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont, QFontMetricsF

from nnstudio.ui.widgets import figures_font

_POINTS = (9.0, 8.5, 8.0, 7.5, 7.0)
LEAST_POINTS = _POINTS[-1]


def sized(font: QFont, points: float, strong: bool = False) -> QFont:
    """Return ``font`` in another size, semibold or regular, its digits of equal width."""
    return _sized(font.toString(), points, strong)


@lru_cache(maxsize=256)
def _sized(description: str, points: float, strong: bool) -> QFont:
    font = QFont()
    font.fromString(description)
    changed = figures_font(font)
    changed.setPointSizeF(points)
    changed.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return changed


def name_points(pitch: float) -> float:
    """Return the size of the classes' names beside cells ``pitch`` pixels high."""
    return min(10.0, max(7.0, pitch * 0.6))


def fitting_points(font: QFont, text: str, width: float, height: float) -> float | None:
    """Return the largest legible size in which ``text`` fits; None where there is none."""
    for points in _POINTS:
        metrics = QFontMetricsF(sized(font, points, strong=True))
        if metrics.horizontalAdvance(text) <= width and metrics.capHeight() + 3 <= height:
            return points
    return None


def most_letters(font: QFont, room: float) -> int:
    """Return how many digits fit into a square of side ``room``; 0 where it is too low for any."""
    metrics = QFontMetricsF(font)
    return int(room / metrics.horizontalAdvance("8")) if metrics.capHeight() + 3 <= room else 0
