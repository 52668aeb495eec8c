"""MatrixArea: the place where a confusion matrix scrolls, and is zoomed by Ctrl and the wheel."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from nnstudio.ui.prediction.confusion_matrix import ConfusionMatrix
from nnstudio.ui.prediction.matrix_geometry import Place, most_px
from nnstudio.ui.prediction.matrix_zoom import zoomed_in, zoomed_out

_MARGIN_PX = 6


class MatrixArea(QScrollArea):
    """Zooms in steps, from all in view to large cells; what is under the pointer stays there.

    Signals:
        zoomed(): The cells have another size.
    """

    zoomed = Signal()

    def __init__(self, matrix: ConfusionMatrix, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._matrix = matrix
        self._fitting = matrix.shape.pitch
        self._zoom: float | None = None
        self.setWidget(matrix)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for ground in (self.viewport(), matrix):
            ground.setAutoFillBackground(False)
        matrix.zoom_wanted.connect(self.zoom)
        matrix.moved.connect(self._keep_in_view)

    @property
    def legible(self) -> bool:
        """Whether the cells are large enough for all their numbers."""
        return self._matrix.legible

    @property
    def is_zoomed(self) -> bool:
        """Whether cells are larger than all in view would be."""
        return self._zoom is not None

    def zoom(self, step: int, at: QPointF | None = None) -> None:
        """Make cells larger (1) or smaller (-1), or show all (0); ``at`` is a point of the viewport."""
        shape = self._matrix.shape
        if self._zoom is None:
            self._fitting = shape.pitch
        at = QPointF(self.viewport().rect().center()) if at is None else at
        bars = (self.horizontalScrollBar(), self.verticalScrollBar())
        scrolled = (self._matrix.x(), self._matrix.y())
        starts, points = (shape.left, shape.top), at.toTuple()
        cells = [
            (at - by - start) / shape.pitch for at, by, start in zip(points, scrolled, starts, strict=True)
        ]
        self._zoom = self._next(step, shape.pitch)
        self._matrix.show_zoom(self._zoom)
        self._matrix.resize(self.viewport().size().expandedTo(self._matrix.minimumSize()))
        shape = self._matrix.shape
        starts = (shape.left, shape.top)
        for bar, start, cell, point in zip(bars, starts, cells, points, strict=True):
            bar.setValue(round(start + cell * shape.pitch - point))
        self.zoomed.emit()

    def show_fitting(self) -> None:
        """Forget the zoom, once there are other classes."""
        self._zoom = None
        self.zoomed.emit()

    def _next(self, step: int, pitch: float) -> float | None:
        if step > 0:
            return zoomed_in(pitch, most_px(self._matrix.shape.classes))
        return zoomed_out(pitch, self._fitting) if step < 0 else None

    def _keep_in_view(self, place: Place) -> None:
        """Scroll to a place, out from under the names."""
        shape = self._matrix.shape
        cell = shape.cell(max(place[0], 0), max(place[1], 0))
        seen = QRectF(self.viewport().rect()).adjusted(shape.left, shape.top, -_MARGIN_PX, -_MARGIN_PX)
        seen.translate(-QPointF(self._matrix.pos()))
        bars = (self.horizontalScrollBar(), self.verticalScrollBar())
        edges = (
            (cell.left(), cell.right(), seen.left(), seen.right()),
            (cell.top(), cell.bottom(), seen.top(), seen.bottom()),
        )
        for axis, (bar, edge) in enumerate(zip(bars, edges, strict=True)):
            if place[1 - axis] >= 0:
                bar.setValue(bar.value() + _shift(*edge))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        turned = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and turned:
            self.zoom(1 if turned > 0 else -1, event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.zoomed.emit()


def _shift(low: float, high: float, first: float, last: float) -> int:
    """Return how far to scroll so that ``low`` to ``high`` lies between ``first`` and ``last``."""
    if low < first:
        return round(low - first)
    return round(high - last) if high > last else 0
