"""MatrixCanvas: a confusion matrix as it is painted, its names where they are in view."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMoveEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from nnstudio.experiments.confusion import Confusion
from nnstudio.ui.prediction.matrix_face import COUNTS, MatrixFace
from nnstudio.ui.prediction.matrix_geometry import MOST_PX, MatrixGeometry, Place
from nnstudio.ui.prediction.matrix_keys import HELP
from nnstudio.ui.prediction.matrix_layout import layout_for
from nnstudio.ui.prediction.matrix_painter import MatrixPainter
from nnstudio.ui.prediction.sample_filter import ALL, SampleFilter


class MatrixCanvas(QWidget):
    """Tells in words what is at a place; choosing places is for those that derive from it.

    Signals:
        hovered(sentence): What is under the pointer or the keyboard, in words; "" when nothing is.
    """

    hovered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("Confusion matrix")
        self.setAccessibleDescription(HELP)
        self._face: MatrixFace | None = None
        self._mode = COUNTS
        self._filter: SampleFilter = ALL
        self._geometry = MatrixGeometry(1, 0, 0, MOST_PX)
        self._upright = False
        self._zoom: float | None = None
        self._place: Place = (0, 0)
        self._hover: Place | None = None
        self._by_keyboard = False

    @property
    def place(self) -> Place:
        """Where the keyboard is: row and column, -1 for the names."""
        return self._place

    @property
    def shape(self) -> MatrixGeometry:
        """Where everything lies."""
        return self._geometry

    @property
    def legible(self) -> bool:
        """Whether the cells are large enough for all their numbers."""
        return self._face is None or MatrixPainter.legible(self.font(), self._face, self._geometry)

    def show_confusion(self, confusion: Confusion) -> None:
        """Show other counts; other classes are all in view."""
        if self._face is not None and self._face.classes != len(confusion.counts):
            self._zoom = None
        self._face = MatrixFace(confusion, self._mode)
        row, column = self._place
        self._place = (min(row, self._face.classes - 1), min(column, self._face.classes - 1))
        self._fit()

    def show_mode(self, mode: str) -> None:
        """Show counts or shares."""
        self._mode = mode
        if self._face is not None:
            self._face = MatrixFace(self._face.confusion, mode)
        self.update()

    def show_filter(self, chosen: SampleFilter) -> None:
        """Frame the cells, rows and columns that a filter stands for."""
        self._filter = chosen
        self.update()

    def show_zoom(self, pitch: float | None) -> None:
        """Show cells of another size, in pixels; None takes what fits."""
        self._zoom = pitch
        self._fit()

    def rect_of(self, row: int, column: int) -> QRect:
        """Return where a cell or a name is; -1 stands for the names."""
        return self._geometry.cell(row, column).toAlignedRect()

    def _fit(self) -> None:
        if self._face is not None:
            layout = layout_for(self._face.confusion.names, self.font(), self.size(), self._zoom)
            self._geometry, self._upright = layout.geometry, layout.upright
            self.setMinimumSize(layout.least)
            self._pin()
        self.update()

    def _pin(self) -> None:
        """Keep the names in view where an area around it scrolled the cells."""
        area = self.parentWidget()
        if area is not None:
            self._geometry = self._geometry.scrolled(-self.x(), -self.y(), area.width(), area.height())

    def _tell(self, place: Place | None) -> None:
        sentence = self._face.sentence(place) if self._face is not None and place is not None else ""
        self.setAccessibleDescription(sentence or HELP)
        self.hovered.emit(sentence)
        self.update()

    def _place_at(self, point: QPointF) -> Place | None:
        return self._geometry.place_at(point) if self._face is not None else None

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if self._face is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            matrix = MatrixPainter(painter, self.font(), self._face, self._geometry, event.rect())
            matrix.paint_cells()
            if self._filter.fits(self._face.classes):
                matrix.paint_chosen(self._filter.places)
            matrix.paint_margins(self._upright)
            if self._hover is not None:
                matrix.paint_hover(self._hover)
            if self.hasFocus() and self._by_keyboard:
                matrix.paint_focus(self._place)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        self._hover = None
        self._tell(None)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self._face is not None:
            place = self._place_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._face.sentence(place) if place else "", self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        self._fit()

    def moveEvent(self, event: QMoveEvent) -> None:  # noqa: N802
        self._pin()
        self.update()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._fit()
