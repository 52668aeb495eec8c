"""ConfusionMatrix: the heat map of actual against predicted classes, to look at and to filter by."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from nnstudio.ui.prediction.matrix_canvas import MatrixCanvas
from nnstudio.ui.prediction.matrix_geometry import Place
from nnstudio.ui.prediction.matrix_keys import adds, knows, moved, step_of, stretches, zoom_of
from nnstudio.ui.prediction.matrix_selection import rectangle, toggled
from nnstudio.ui.prediction.sample_filter import ALL, SampleFilter


class ConfusionMatrix(MatrixCanvas):
    """Rows are actual classes, columns predicted ones; names stand for whole rows and columns.

    A click chooses one place, with Shift or by dragging a rectangle, with Ctrl one more or one less; the
    keyboard does the same. What is chosen is others' business: it is told, and comes back as a filter.

    Signals:
        edited(SampleFilter): A person chose cells, rows, columns or everything.
        moved(place): The keyboard came to a row and a column, so that it can be scrolled into view.
        zoom_wanted(step): A person wants larger cells (1), smaller ones (-1), or all in view (0).
    """

    edited = Signal(object)
    moved = Signal(object)
    zoom_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._anchor: Place = (0, 0)
        self._dragging = False

    def _choose(self, place: Place, modifiers: Qt.KeyboardModifier) -> None:
        if stretches(modifiers):
            self._stretch(place)
            return
        self._anchor = place
        chosen = SampleFilter.at(place)
        if adds(modifiers):
            chosen = SampleFilter.at(*toggled(self._filter.places, place, self._geometry.classes))
        self.edited.emit(ALL if chosen == self._filter else chosen)

    def _stretch(self, place: Place) -> None:
        """Choose what lies between the place that was chosen last and another one."""
        chosen = SampleFilter.at(*rectangle(self._anchor, place, self._geometry.classes))
        if chosen != self._filter:
            self.edited.emit(chosen)

    def _move(self, step: Place, stretch: bool) -> None:
        self._place = moved(self._place, step, self._geometry.classes)
        if stretch:
            self._stretch(self._place)
        else:
            self._anchor = self._place
        self.moved.emit(self._place)
        self._tell(self._place)

    def _drag(self, event: QMouseEvent) -> None:
        """Choose a rectangle once the pointer has left the cell where it was pressed."""
        place = self._geometry.nearest(event.position())
        self._dragging = self._dragging or place != self._anchor
        if self._dragging and min(self._anchor) >= 0 and not adds(event.modifiers()):
            self._place = place
            self._stretch(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event)
        place = self._place_at(event.position())
        if place != self._hover:
            self._hover = place
            self.setCursor(Qt.CursorShape.PointingHandCursor if place else Qt.CursorShape.ArrowCursor)
            self._tell(place)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        place = self._place_at(event.position())
        self._by_keyboard = self._dragging = False
        if place is not None and event.button() is Qt.MouseButton.LeftButton:
            self._place = place
            self._choose(place, event.modifiers())

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        self._by_keyboard = event.reason() is not Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        step, zoom = step_of(event), zoom_of(event)
        self._by_keyboard = True
        if step is not None:
            self._move(step, stretches(event.modifiers()))
        elif zoom is not None:
            self.zoom_wanted.emit(zoom)
        elif event.key() == Qt.Key.Key_Space:
            self._choose(self._place, event.modifiers())
        elif event.key() == Qt.Key.Key_Escape and self._filter != ALL:
            self.edited.emit(ALL)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and knows(event):
            event.accept()  # else Space would be the window's, and train
            return True
        return super().event(event)
