"""RunColors: the colours of runs, in both themes; the run that is shown has those of its curves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from nnstudio.ui import theme

_LIGHT = ("#6B727A", "#1489A6", "#8A4FB5", "#B8447A", "#6E7B1C", "#2F5FA8")
_DARK = ("#9AA2A9", "#5CC4DD", "#C79BE8", "#EE8DB8", "#BECB6A", "#8DB5F2")
COLOR_NAMES = ("Grey", "Cyan", "Purple", "Pink", "Olive", "Blue")
_SWATCH_PX = 12


def run_color(number: int) -> QColor:
    """Return the colour number ``number``, which begins anew after the last."""
    colors = _DARK if theme.current().dark else _LIGHT
    return QColor(colors[number % len(colors)])


def line_style(number: int) -> Qt.PenStyle:
    """Return how the validation of a run is drawn: dashed, and dotted once all colours are taken."""
    return Qt.PenStyle.DashLine if number < len(_LIGHT) else Qt.PenStyle.DotLine


def swatch(color: QColor) -> QIcon:
    """Return a dot of a colour."""
    pixmap = QPixmap(2 * _SWATCH_PX, 2 * _SWATCH_PX)
    pixmap.setDevicePixelRatio(2.0)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(1, 1, _SWATCH_PX - 2, _SWATCH_PX - 2)
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)  # else Qt would tint it in a selected row
    return icon
