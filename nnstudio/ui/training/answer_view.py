"""AnswerView: what the plots of answers have in common: axes, points, and a cross that mouse or keys move."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnstudio.experiments.ground import Ground, Points
from nnstudio.session.input_mapper import Look
from nnstudio.ui import theme
from nnstudio.ui.training.plot_area import PlotArea, area_in, paint_axes
from nnstudio.ui.training.point_marks import points_picture
from nnstudio.ui.training.ticks import Range

_LEAST_PX = QSize(260, 200)
_STEPS = 25
_KEYS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}


class AnswerView(QWidget):
    """A plot of a `Look`; a subclass says where its axes end and paints what the network answers.

    Signals:
        pointed(words): What stands under the cross, "" when there is none.
    """

    pointed = Signal(str)
    square = False
    grid = False
    samples = True  # whether samples can be drawn as points

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look: Look | None = None
        self._cross: QPointF | None = None  # as shares of the box, so that it stays where it is
        self._points: QPixmap | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleDescription(
            "The mouse and the arrow keys move a cross that tells the answer there."
        )

    def show_look(self, look: Look) -> None:
        """Show another answer, or the points alone where there is none."""
        if self._look is None or look.ground is not self._look.ground:
            self._points = None
        self._look = look
        self.prepare(look)
        self.update()
        self._tell()

    def prepare(self, look: Look) -> None:
        """Work out what the next paintings need."""

    def ends(self, look: Look) -> tuple[Range, Range]:
        """Return the values at the ends of both axes."""
        raise NotImplementedError

    def axis_names(self, look: Look) -> tuple[str, str]:
        """Return the names of both axes."""
        raise NotImplementedError

    def paint_answer(self, painter: QPainter, area: PlotArea, look: Look) -> None:
        """Paint what lies under the points."""

    def paint_above(self, painter: QPainter, area: PlotArea, look: Look) -> None:
        """Paint what lies above the points."""

    def point_at(self, points: Points, row: int) -> tuple[float, float]:
        """Return the values of a sample on both axes."""
        return 0.0, 0.0

    def words_at(self, x: float, y: float) -> str:
        """Return what the network answers at two values of the axes."""
        raise NotImplementedError

    def apply_theme(self) -> None:
        """Take the colours of the theme."""
        self._points = None
        if self._look is not None:
            self.prepare(self._look)
        self.update()

    def point_to(self, place: QPointF | None) -> None:
        """Put the cross at a place of the widget, or take it away."""
        area = self._area()
        if area is None or place is None or not area.box.adjusted(-2, -2, 2, 2).contains(place):
            self._cross = None
        else:
            box = area.box
            self._cross = QPointF(
                (place.x() - box.left()) / box.width(), (place.y() - box.top()) / box.height()
            )
        self._tell()
        self.update()

    def _tell(self) -> None:
        area = self._area()
        words = ""
        if area is not None and self._cross is not None:
            words = self.words_at(*area.values_at(self._cross_place(area)))
        self.pointed.emit(words)

    def _cross_place(self, area: PlotArea) -> QPointF:
        assert self._cross is not None
        box = area.box
        return QPointF(box.left() + self._cross.x() * box.width(), box.top() + self._cross.y() * box.height())

    def _area(self) -> PlotArea | None:
        if self._look is None:
            return None
        return area_in(QRectF(self.rect()), *self.ends(self._look), square=self.square)

    def _pixmap(self, area: PlotArea, ground: Ground) -> QPixmap:
        """Return all points, painted once and for all."""
        ratio = self.devicePixelRatioF()
        size = QSize(round(self.width() * ratio), round(self.height() * ratio))
        if self._points is None or self._points.size() != size:
            self._points = points_picture(ground, size, ratio, area, self.point_at)
        return self._points

    def _paint_cross(self, painter: QPainter, area: PlotArea) -> None:
        place, box = self._cross_place(area), area.box
        painter.setPen(QPen(theme.current().color("text_3"), 1))
        painter.drawLine(QPointF(place.x(), box.top()), QPointF(place.x(), box.bottom()))
        painter.drawLine(QPointF(box.left(), place.y()), QPointF(box.right(), place.y()))

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(360, 320)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return _LEAST_PX

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self.point_to(event.position())

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        super().leaveEvent(event)
        self.point_to(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        area = self._area()
        if area is not None and event.key() in _KEYS:
            right, up = _KEYS[Qt.Key(event.key())]
            start = area.box.center() if self._cross is None else self._cross_place(area)
            step = QPointF(right * area.box.width() / _STEPS, -up * area.box.height() / _STEPS)
            place, box = start + step, area.box
            x, y = min(max(place.x(), box.left()), box.right()), min(max(place.y(), box.top()), box.bottom())
            self.point_to(QPointF(x, y))
        elif event.key() == Qt.Key.Key_Escape and self._cross is not None:
            self.point_to(None)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        area = self._area()
        if area is None or self._look is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_axes(painter, area, self.axis_names(self._look), grid=self.grid)
            painter.save()
            painter.setClipRect(area.box)
            self.paint_answer(painter, area, self._look)
            painter.restore()
            if self.samples:
                painter.drawPixmap(0, 0, self._pixmap(area, self._look.ground))
            painter.setClipRect(area.box)
            self.paint_above(painter, area, self._look)
            if self._cross is not None:
                self._paint_cross(painter, area)
