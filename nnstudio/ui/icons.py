"""Icons: line drawings on a 16 grid, drawn in the colour of the theme at any size."""

# ruff: noqa: E501 - a drawing stands in one line
from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from nnstudio.ui import theme
from nnstudio.ui.layer_icons import LAYER_SHAPES

# The inside of an <svg viewBox="0 0 16 16">; strokes take the colour asked for, "F" stands for a fill of it.
SHAPES: dict[str, str] = {
    "data": '<ellipse cx="8" cy="3.5" rx="5" ry="2"/><path d="M3 3.5v9c0 1.1 2.2 2 5 2s5-.9 5-2v-9M3 8c0 1.1 2.2 2 5 2s5-.9 5-2"/>',
    "model": '<rect x="2.5" y="2" width="11" height="3" rx="1"/><rect x="2.5" y="6.5" width="11" height="3" rx="1"/><rect x="2.5" y="11" width="11" height="3" rx="1"/>',
    "training": '<path d="M2.5 2v11.5H14M4.5 3c.6 5 2.5 7.5 8.5 8.2"/>',
    "prediction": '<circle cx="8" cy="8" r="5.8"/><circle cx="8" cy="8" r="2.6" F/>',
    "play": '<path d="M4.5 2.5v11l9-5.5z" F/>',
    "pause": '<path d="M5 3v10M11 3v10" stroke-width="2.5"/>',
    "stop": '<rect x="3.5" y="3.5" width="9" height="9" rx="1.5"/>',
    "step": '<path d="M3.5 3v10l7-5zM12.5 3v10"/>',
    "reset": '<path d="M3 3v3.5h3.5M3.3 6.3A5.3 5.3 0 1 1 2.8 9.5"/>',
    "dice": '<rect x="2.5" y="2.5" width="11" height="11" rx="2.5"/><circle cx="5.6" cy="5.6" r=".9" F/><circle cx="10.4" cy="5.6" r=".9" F/><circle cx="8" cy="8" r=".9" F/><circle cx="5.6" cy="10.4" r=".9" F/><circle cx="10.4" cy="10.4" r=".9" F/>',
    "undo": '<path d="M6 3 2.8 6.2 6 9.4M3 6.2h6.5a3.6 3.6 0 0 1 0 7.2H6.5"/>',
    "redo": '<path d="M10 3l3.2 3.2L10 9.4M13 6.2H6.5a3.6 3.6 0 0 0 0 7.2h3"/>',
    "plus": '<path d="M8 3v10M3 8h10"/>',
    "check": '<path d="M3 8.5l3.3 3.3L13 5"/>',
    "clock": '<circle cx="8" cy="8" r="5.8"/><path d="M8 4.8V8l2.2 1.5"/>',
    "warning": '<path d="M8 2 1.8 13.2h12.4zM8 6.3v3.5M8 11.4v.4"/>',
    "error": '<path d="M5.3 1.8h5.4l3.5 3.5v5.4l-3.5 3.5H5.3l-3.5-3.5V5.3zM8 4.8v4M8 11v.3"/>',
    "bulb": '<path d="M5.9 10.9c0-1.2-2-2.2-2-4.6a4.1 4.1 0 0 1 8.2 0c0 2.4-2 3.4-2 4.6zM6.2 13.7h3.6"/>',
    "info": '<circle cx="8" cy="8" r="5.8"/><path d="M8 7.3v4M8 4.8v.3"/>',
    "search": '<circle cx="7" cy="7" r="4.3"/><path d="M10.3 10.3 14 14"/>',
    "folder": '<path d="M1.8 12.8V3.5h4.5l1.5 1.8h6.4v7.5z"/>',
    "image": '<rect x="2" y="2.5" width="12" height="11" rx="1.5"/><circle cx="5.5" cy="6" r="1.2"/><path d="M2.5 12l3.8-3.5 2.5 2.2 2.3-2.2 2.6 2.7"/>',
    "table": '<rect x="2" y="2.5" width="12" height="11" rx="1.5"/><path d="M2 6.5h12M6.5 6.5v7"/>',
    "points": '<circle cx="4.3" cy="10.5" r="1.7" F/><circle cx="8" cy="5" r="1.7" F/><circle cx="11.8" cy="10.8" r="1.7" F/><circle cx="12.2" cy="4.2" r="1"/><circle cx="7.6" cy="12.6" r="1"/>',
    "target": '<circle cx="8" cy="8" r="5.8"/><circle cx="8" cy="8" r="2.5" F/>',
    "export": '<path d="M8 10.3V2.5M4.8 5.6 8 2.4l3.2 3.2M2.8 13.3h10.4"/>',
    "copy": '<rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/><path d="M3.5 10.5h-1v-8h8v1"/>',
    "trash": '<path d="M2.5 4.2h11M6 4V2.3h4V4M4 4.2l.7 9.3h6.6l.7-9.3M6.7 7v4M9.3 7v4"/>',
    "pencil": '<path d="M2.5 13.5l.8-3.3 7.5-7.5 2.5 2.5-7.5 7.5zM9.5 4l2.5 2.5"/>',
    "eraser": '<path d="M6 13.5 2.3 9.8a1 1 0 0 1 0-1.4l5.6-5.6a1 1 0 0 1 1.4 0l4 4a1 1 0 0 1 0 1.4L8 13.5zM5 6.2l5 5M5 13.5h9"/>',
    "close": '<path d="M4 4l8 8M12 4l-8 8"/>',
    "chevron_right": '<path d="M6 3.5 10.5 8 6 12.5"/>',
    "chevron_down": '<path d="M3.5 6 8 10.5 12.5 6"/>',
    "cut": '<circle cx="4.3" cy="12" r="1.8"/><circle cx="11.7" cy="12" r="1.8"/><path d="M5.3 10.4 11.5 2M10.7 10.4 4.5 2"/>',
    "paste": '<rect x="3" y="3" width="10" height="11" rx="1.5"/><path d="M6 3V1.8h4V3M5.8 7h4.4M5.8 10h4.4"/>',
    "frozen": '<path d="M8 1.5v13M2.4 4.75l11.2 6.5M2.4 11.25l11.2-6.5M6.2 2.6 8 4.2l1.8-1.6M6.2 13.4 8 11.8l1.8 1.6"/>',
    "up": '<path d="M8 13V3M4 7l4-4 4 4"/>',
    "down": '<path d="M8 3v10M4 9l4 4 4-4"/>',
    **LAYER_SHAPES,
    "grip": '<g F stroke="none"><circle cx="6" cy="4" r="1"/><circle cx="10" cy="4" r="1"/><circle cx="6" cy="8" r="1"/><circle cx="10" cy="8" r="1"/><circle cx="6" cy="12" r="1"/><circle cx="10" cy="12" r="1"/></g>',
}

_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><g fill="none" stroke="{color}" '
    'stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">{shape}</g></svg>'
)


def paint_icon(painter: QPainter, name: str, rect: QRectF, color: QColor) -> None:
    """Draw the icon into ``rect``."""
    _drawing(name, color.name()).render(painter, rect)


@lru_cache(maxsize=512)
def _drawing(name: str, color: str) -> QSvgRenderer:
    """Return the icon in a colour; to read its lines takes four times as long as to draw them."""
    shape = SHAPES[name].replace(" F", f' fill="{color}"')
    return QSvgRenderer(QByteArray(_SVG.format(color=color, shape=shape).encode()))


def icon(name: str, role: str = "text") -> QIcon:
    """Return an icon that follows the theme: the colour of ``role``, paler where its button is disabled."""
    return QIcon(_Engine(name, role))


class _Engine(QIconEngine):
    """Draws at the moment of painting, so that a change of theme needs no new icons."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        role = "text_3" if mode is QIcon.Mode.Disabled else self._role
        side = min(rect.width(), rect.height())  # a wider rectangle leaves room before the text
        box = QRectF(rect.left(), rect.center().y() + 0.5 - side / 2, side, side)
        paint_icon(painter, self._name, box, theme.current().color(role))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        return pixmap

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._role)
