"""HealthCells: a cell per layer: its state, its newest figures, and a line of their past."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from nnstudio.experiments.health_record import HealthRecord, LayerRecord
from nnstudio.ui import theme
from nnstudio.ui.icons import paint_icon
from nnstudio.ui.painting import rounded, sized, text
from nnstudio.ui.training.health_words import proof_words, second_words, state_words, tip_words, update_words
from nnstudio.ui.widgets import figures_font

HEIGHT_PX = 54
_WELL_PX, _WRONG_PX = 212, 330
_PAD_PX, _ICON_PX, _LINE_PX = 12, 14, 18
_PAST_PX, _UPDATE_PX = 56, 62
_PAST_RANGE = (-6.0, 0.0)  # powers of ten of a change per batch, bottom and top
_SMALL_POINTS = 8.5
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
_RIGHT = Qt.AlignmentFlag.AlignRight


class HealthCells(QWidget):
    """Left and Right go from layer to layer, Enter or a click asks for the card of one.

    Layers of which something is to be said come first, where there are more than fit.

    Signals:
        layer_asked(name): A person wants to see the card of this layer.
        moved(rect): This part of the widget should be in view.
    """

    layer_asked = Signal(str)
    moved = Signal(QRect)

    def __init__(self) -> None:
        super().__init__()
        self._layers: tuple[LayerRecord, ...] = ()
        self._linked: frozenset[str] = frozenset()
        self._current = ""
        self.room = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT_PX)
        self.setAccessibleName("Health of the layers")

    @property
    def names(self) -> list[str]:
        """The layers, as they are shown from left to right."""
        return [layer.name for layer in self._layers]

    @property
    def current(self) -> str:
        """The layer that the keyboard is at."""
        return self._current if self._current in self.names else next(iter(self.names), "")

    def show_record(self, record: HealthRecord, linked: frozenset[str]) -> None:
        """Show the layers of ``record``; those ``linked`` have a card."""
        layers = record.layers
        if sum(map(_least_width, layers)) > self.room:
            layers = (*record.problems, *(layer for layer in layers if not layer.advice))
        if (layers, linked) == (self._layers, self._linked):
            return
        self._layers, self._linked = layers, linked
        self.setMinimumWidth(sum(map(_least_width, layers)))
        self._say_current()
        self.update()

    def cells(self) -> list[tuple[QRect, LayerRecord]]:
        """Return where each layer stands; what room is left is shared."""
        widths = [_least_width(layer) for layer in self._layers]
        spare = max(0, self.width() - sum(widths))
        share = min(spare // len(widths), _WELL_PX) if widths else 0
        found, left = [], 0
        for width, layer in zip(widths, self._layers, strict=True):
            found.append((QRect(left, 0, width + share, self.height()), layer))
            left += width + share
        return found

    def words_at(self, name: str) -> str:
        """Return all that is to be said of a layer."""
        layers = (layer for layer in self._layers if layer.name == name)
        return next((tip_words(layer, linked=name in self._linked) for layer in layers), "")

    def _name_at(self, place: QPointF) -> str:
        spot = place.toPoint()
        return next((layer.name for rect, layer in self.cells() if rect.contains(spot)), "")

    def _go_to(self, name: str) -> None:
        self._current = name
        self._say_current()
        for rect, layer in self.cells():
            if layer.name == name:
                self.moved.emit(rect)
        self.update()

    def _say_current(self) -> None:
        self.setAccessibleDescription(self.words_at(self.current))

    def _ask(self, name: str) -> None:
        if name in self._linked:
            self.layer_asked.emit(name)

    def _paint_cell(self, painter: QPainter, rect: QRect, layer: LayerRecord) -> None:
        colors = theme.current()
        state = "warning" if layer.advice else "accent"
        inner = rect.adjusted(_PAD_PX, 8, -_PAD_PX, -8)
        top, below = QRect(inner), QRect(inner)
        top.setHeight(_LINE_PX)
        below.setTop(inner.bottom() - _LINE_PX)
        icon = QRectF(top.left(), top.top() + 2, _ICON_PX, _ICON_PX)
        paint_icon(painter, "warning" if layer.advice else "check", icon, colors.color(state))
        small = figures_font(sized(self.font(), _SMALL_POINTS))
        beside = proof_words(layer) if layer.advice else state_words(layer)
        painter.setFont(small)
        room = painter.fontMetrics().horizontalAdvance(beside) + 8
        text(painter, top, beside, colors.color("text_2"), font=small, align=_RIGHT)
        name = top.adjusted(_ICON_PX + 6, 0, -room, 0)
        text(painter, name, layer.name, colors.color("text"), font=sized(self.font(), 9.5, bold=True))
        if layer.advice:
            text(painter, below, f"{layer.advice} ›", colors.color(state), font=small)
            return
        past = QRect(below.left(), below.top() + 2, _PAST_PX, _LINE_PX - 4)
        _paint_past(painter, past, layer)
        figure = QRect(past.right() + 8, below.top(), _UPDATE_PX, _LINE_PX)
        text(painter, figure, update_words(layer), colors.color("text"), font=small)
        rest = below.adjusted(_PAST_PX + _UPDATE_PX + 10, 0, 0, 0)
        text(painter, rest, second_words(layer), colors.color("text_2"), font=small, align=_RIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        colors = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for rect, layer in self.cells():
                if not rect.intersects(event.rect()):
                    continue
                painter.fillRect(QRect(rect.left(), 0, 1, self.height()), colors.color("line"))
                self._paint_cell(painter, rect, layer)
                if self.hasFocus() and layer.name == self.current:
                    ring = rect.adjusted(3, 2, -2, -2)
                    rounded(painter, ring, line=colors.color("accent"), width=2.0, radius=5)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        names, key = self.names, Qt.Key(event.key())
        if names and key in _STEPS:
            place = names.index(self.current) + _STEPS[key]
            self._go_to(names[min(max(place, 0), len(names) - 1)])
        elif names and key in _ENDS:
            self._go_to(names[_ENDS[key]])
        elif names and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask(self.current)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        name = self._name_at(event.position())
        if name and event.button() is Qt.MouseButton.LeftButton:
            self._go_to(name)
            self._ask(name)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        linked = self._name_at(event.position()) in self._linked
        self.setCursor(Qt.CursorShape.PointingHandCursor if linked else Qt.CursorShape.ArrowCursor)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason and self.current:
            self._go_to(self.current)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            words = self.words_at(self._name_at(QPointF(event.pos())))
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(self.minimumWidth(), HEIGHT_PX)


def _least_width(layer: LayerRecord) -> int:
    return _WRONG_PX if layer.advice else _WELL_PX


def _paint_past(painter: QPainter, rect: QRect, layer: LayerRecord) -> None:
    """Paint how much the weights changed in the past, by powers of ten, over a quiet ground."""
    colors = theme.current()
    rounded(painter, rect, fill=colors.color("sunken"), radius=3)
    low, high = _PAST_RANGE
    heights = [
        (min(max(math.log10(max(one, 1e-9)), low), high) - low) / (high - low) for one in layer.updates
    ]
    if not heights:
        return
    step = (rect.width() - 6) / max(len(heights) - 1, 1)
    box = QRectF(rect).adjusted(3, 2, -3, -2)
    points = [
        QPointF(box.left() + step * place, box.bottom() - box.height() * up)
        for place, up in enumerate(heights)
    ]
    painter.setPen(QPen(colors.color("accent"), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if len(points) > 1:
        painter.drawPolyline(QPolygonF(points))
    else:
        painter.drawLine(points[0], QPointF(box.right(), points[0].y()))
