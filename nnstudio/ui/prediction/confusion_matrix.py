"""ConfusionMatrix: the heat map of actual against predicted classes, to look at and to filter by."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from nnstudio.experiments.confusion import Confusion
from nnstudio.ui.prediction.matrix_face import COUNTS, MatrixFace
from nnstudio.ui.prediction.matrix_geometry import MOST_PX, MatrixGeometry, Place
from nnstudio.ui.prediction.matrix_layout import layout_for
from nnstudio.ui.prediction.matrix_painter import MatrixPainter
from nnstudio.ui.prediction.sample_filter import ALL, SampleFilter

_STEPS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class ConfusionMatrix(QWidget):
    """Rows are actual classes, columns predicted ones; names stand for whole rows and columns.

    Arrow keys move over cells and names, Space filters by where they are, Esc shows all samples again.

    Signals:
        edited(SampleFilter): A person chose a cell, a row, a column or everything.
        moved(place): The keyboard came to a row and a column, so that it can be scrolled into view.
        hovered(sentence): What is under the pointer or the keyboard, in words; "" when nothing is.
    """

    edited = Signal(object)
    moved = Signal(object)
    hovered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("Confusion matrix")
        self._face: MatrixFace | None = None
        self._mode = COUNTS
        self._filter: SampleFilter = ALL
        self._geometry = MatrixGeometry(1, 0, 0, MOST_PX)
        self._upright = False
        self._place: Place = (0, 0)
        self._hover: Place | None = None
        self._by_keyboard = False

    @property
    def place(self) -> Place:
        """Where the keyboard is: row and column, -1 for the names."""
        return self._place

    def show_confusion(self, confusion: Confusion) -> None:
        """Show other counts."""
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
        """Frame the cell, row or column that a filter stands for."""
        self._filter = chosen
        self.update()

    def rect_of(self, row: int, column: int) -> QRect:
        """Return where a cell or a name is; -1 stands for the names."""
        return self._geometry.cell(row, column).toAlignedRect()

    def _fit(self) -> None:
        if self._face is not None:
            layout = layout_for(self._face.confusion.names, self.font(), self.size())
            self._geometry, self._upright = layout.geometry, layout.upright
            self.setMinimumSize(layout.least)
        self.update()

    def _choose(self, place: Place) -> None:
        chosen = SampleFilter.at(*place)
        self.edited.emit(ALL if chosen == self._filter else chosen)

    def _move(self, down: int, right: int) -> None:
        last = self._geometry.classes - 1
        row, column = self._place
        self._place = (min(max(row + down, -1), last), min(max(column + right, -1), last))
        self.moved.emit(self._place)
        self._tell(self._place)

    def _tell(self, place: Place | None) -> None:
        sentence = self._face.sentence(place) if self._face is not None and place is not None else ""
        self.setAccessibleDescription(sentence)
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
            matrix.paint(self._upright)
            if self._hover is not None:
                matrix.paint_hover(self._hover)
            if self._filter.place is not None and self._filter.fits(self._face.classes):
                matrix.paint_frame(self._filter.place, "text")
            if self.hasFocus() and self._by_keyboard:
                matrix.paint_focus(self._place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        place = self._place_at(event.position())
        if place != self._hover:
            self._hover = place
            self.setCursor(Qt.CursorShape.PointingHandCursor if place else Qt.CursorShape.ArrowCursor)
            self._tell(place)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        place = self._place_at(event.position())
        self._by_keyboard = False
        if place is not None and event.button() is Qt.MouseButton.LeftButton:
            self._place = place
            self._choose(place)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        self._hover = None
        self._tell(None)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        self._by_keyboard = event.reason() is not Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        step = _STEPS.get(Qt.Key(event.key()))
        self._by_keyboard = True
        if step is not None:
            self._move(*step)
        elif event.key() == Qt.Key.Key_Space:
            self._choose(self._place)
        elif event.key() == Qt.Key.Key_Escape and self._filter != ALL:
            self.edited.emit(ALL)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self._face is not None:
            place = self._place_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._face.sentence(place) if place else "", self)
            return True
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _knows(event):
            event.accept()  # else Space would be the window's, and train
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._fit()


def _knows(event: QKeyEvent) -> bool:
    key = event.key()
    plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    return plain and (key in _STEPS or key in (Qt.Key.Key_Space, Qt.Key.Key_Escape))
