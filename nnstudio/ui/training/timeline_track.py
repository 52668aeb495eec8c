"""TimelineTrack: a line with a tick per epoch, the part trained, the best epoch and a thumb."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnstudio.ui import theme
from nnstudio.ui.painting import sized
from nnstudio.ui.training.ticks import linear_ticks
from nnstudio.ui.widgets import figures_font

_HEIGHT_PX, _END_PX = 44, 12
_LINE_Y_PX, _TICK_PX, _THUMB_PX = 24.0, 5.0, 6.5
_WORDS_GAP_PX = 46.0
_MOST_TICKS = 100


class TimelineTrack(QWidget):
    """Left and Right go from one set of weights to the next, Home to the first, End to now.

    Signals:
        moved(index): A person wants to look at the weights with this index; the last are those of now.
    """

    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._positions: tuple[float, ...] = ()
        self._best = self._chosen = math.nan
        self._epochs = 1.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT_PX)
        self.setAccessibleName("Timeline")
        self.setToolTip("Drag to look back: predictions are those of that moment (Left, Right, Home, End)")

    def show_checkpoints(
        self, positions: tuple[float, ...], best: float, chosen: float, epochs: float
    ) -> None:
        """Show where there are weights, in epochs; nan: no best ones, or those of now are chosen."""
        shown = (positions, best, chosen, max(epochs, 1.0))
        if repr(shown) != repr((self._positions, self._best, self._chosen, self._epochs)):
            self._positions, self._best, self._chosen, self._epochs = shown
            self.update()

    @property
    def index(self) -> int:
        """Which weights are chosen."""
        if not math.isfinite(self._chosen):
            return len(self._positions) - 1
        return min(
            range(len(self._positions)),
            key=lambda place: abs(self._positions[place] - self._chosen),
            default=-1,
        )

    def x_of(self, position: float) -> float:
        """Return where a position lies in the widget."""
        end = max(self._epochs, self._positions[-1] if self._positions else 0.0)
        return _END_PX + position / end * (self.width() - 2 * _END_PX)

    def _move_to(self, index: int) -> None:
        index = min(max(index, 0), len(self._positions) - 1)
        if self._positions and index != self.index:
            self.moved.emit(index)

    def _move_near(self, x: float) -> None:
        places = range(len(self._positions))
        self._move_to(min(places, key=lambda place: abs(self.x_of(self._positions[place]) - x), default=0))

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(300, _HEIGHT_PX)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        last = len(self._positions) - 1
        places = {
            Qt.Key.Key_Left: self.index - 1,
            Qt.Key.Key_Right: self.index + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if event.key() in places:
            self._move_to(places[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() == Qt.MouseButton.LeftButton:
            self._move_near(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._move_near(event.position().x())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if not self._positions:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_line(painter)
            self._paint_epochs(painter)
            self._paint_best(painter)
            self._paint_thumb(painter)

    def _paint_line(self, painter: QPainter) -> None:
        colors, now = theme.current(), self.x_of(self._positions[-1])
        ends = (("line", self.width() - _END_PX), ("text_3", now))
        for role, end in ends:
            painter.setPen(QPen(colors.color(role), 2))
            painter.drawLine(QPointF(_END_PX, _LINE_Y_PX), QPointF(end, _LINE_Y_PX))
        painter.setPen(QPen(colors.color("training"), 2))
        painter.drawLine(QPointF(now, _LINE_Y_PX - 7), QPointF(now, _LINE_Y_PX + 7))

    def _paint_epochs(self, painter: QPainter) -> None:
        colors = theme.current()
        painter.setPen(QPen(colors.color("line_strong"), 1))
        if self._epochs <= _MOST_TICKS:
            for epoch in range(int(self._epochs) + 1):
                x = self.x_of(epoch)
                painter.drawLine(QPointF(x, _LINE_Y_PX - _TICK_PX), QPointF(x, _LINE_Y_PX + _TICK_PX))
        painter.setFont(figures_font(sized(self.font(), 8.5)))
        painter.setPen(colors.color("text_3"))
        for value in linear_ticks(0.0, self._epochs, max(2, int(self.width() / _WORDS_GAP_PX / 2))):
            if value == int(value):
                box = QRectF(self.x_of(value) - 24, 0, 48, _LINE_Y_PX - 8)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{value:,.0f}")

    def _paint_best(self, painter: QPainter) -> None:
        if math.isfinite(self._best):
            x, top = self.x_of(self._best), _LINE_Y_PX + 8
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.current().color("validation"))
            painter.drawPolygon(
                QPolygonF([QPointF(x, top), QPointF(x - 5, top + 8), QPointF(x + 5, top + 8)])
            )

    def _paint_thumb(self, painter: QPainter) -> None:
        colors = theme.current()
        painter.setPen(QPen(colors.color("accent"), 2.5 if self.hasFocus() else 2))
        painter.setBrush(colors.color("base"))
        middle = QPointF(self.x_of(self._positions[self.index]), _LINE_Y_PX)
        painter.drawEllipse(middle, _THUMB_PX, _THUMB_PX)
        if self.hasFocus():
            painter.setBrush(colors.color("accent"))
            painter.drawEllipse(middle, 2.0, 2.0)
