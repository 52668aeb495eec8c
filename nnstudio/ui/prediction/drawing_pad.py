"""DrawingPad: a square to draw on by mouse, pen or finger."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QEventPoint,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPointingDevice,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QWidget

from nnstudio.data.strokes import Stroke, lines_left
from nnstudio.ui.prediction.ink import paint_ink, paint_paper
from nnstudio.ui.prediction.pad_keys import HELP, act_of
from nnstudio.ui.prediction.sketch import PAD, Sketch

LEAST_PX = 196
MOST_PX = 280
# A pen that is lifted slides on with less: that would put a tail on the stroke.
_LEAST_PRESSURE = 0.02


class DrawingPad(QWidget):
    """Reports strokes; what they mean is others' business.

    Signals:
        drawn(): The ink changed.
        keep_wanted(): A person wants to keep the drawing.
        paste_wanted(): A person wants to see what the network makes of the clipboard's picture.
        tool_edited(erases): A person took the eraser, or the pencil.
    """

    drawn = Signal()
    keep_wanted = Signal()
    paste_wanted = Signal()
    tool_edited = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(LEAST_PX, LEAST_PX)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName("Drawing pad")
        self.setAccessibleDescription(HELP)
        self._sketch = Sketch()
        self._erases = False
        self._finger = -1

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """What was drawn, in units of a pad of 280, the unfinished stroke last."""
        return self._sketch.strokes

    @property
    def can_undo(self) -> bool:
        """Whether there is a stroke or a clearing to take back."""
        return self._sketch.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether a stroke or a clearing was taken back."""
        return self._sketch.can_redo

    def show_tool(self, erases: bool) -> None:
        """Draw with the eraser from now on, or with the pencil."""
        self._erases = erases

    def undo(self) -> None:
        """Take back the last stroke, or the last clearing."""
        self._sketch.undo()
        self._changed()

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._sketch.redo()
        self._changed()

    def clear(self) -> None:
        """Take all ink away."""
        self._sketch.clear()
        self._changed()

    def take_pencil(self) -> None:
        """Tell that a person wants to draw."""
        self.tool_edited.emit(False)

    def take_eraser(self) -> None:
        """Tell that a person wants to erase."""
        self.tool_edited.emit(True)

    def keep(self) -> None:
        """Tell that a person wants to keep the drawing."""
        self.keep_wanted.emit()

    def paste(self) -> None:
        """Tell that a person wants the picture that lies in the clipboard."""
        self.paste_wanted.emit()

    def _changed(self) -> None:
        self.update()
        self.drawn.emit()

    def _begin(self, point: QPointF, erases: bool) -> None:
        self._sketch.end()
        self._sketch.begin(self._on_pad(point), erases)
        self._changed()

    def _go_on(self, point: QPointF) -> None:
        if self._sketch.drawing and self._sketch.go_on(self._on_pad(point)):
            self._changed()

    def _end(self) -> None:
        if self._sketch.drawing:
            self._sketch.end()
            self._changed()

    def _on_pad(self, point: QPointF) -> QPointF:
        """Return a point of the widget in units of the pad, kept on it."""
        inside = QPointF(
            min(max(point.x(), 0.0), float(self.width())), min(max(point.y(), 0.0), float(self.height()))
        )
        return inside * (PAD / self.width())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_paper(painter, self.rect(), self.hasFocus())
            paint_ink(painter, lines_left(self.strokes), self.rect())

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            self._begin(event.position(), self._erases or event.button() is Qt.MouseButton.RightButton)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._go_on(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:  # noqa: N802
        if event.type() is QEvent.Type.TabletPress:
            rubber = event.pointerType() is QPointingDevice.PointerType.Eraser
            self._begin(event.position(), self._erases or rubber)
        elif event.type() is QEvent.Type.TabletMove:
            if event.pressure() > _LEAST_PRESSURE:
                self._go_on(event.position())
        else:
            self._end()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        act = act_of(event)
        if act:
            getattr(self, act)()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            self._touch(event)
            return True
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and act_of(event):
            event.accept()  # Ctrl+Z takes a stroke back here, not an edit of the study
            return True
        return super().event(event)

    def _touch(self, event: QTouchEvent) -> None:
        """Draw with the finger that came first; others rest on the pad."""
        if event.type() is QEvent.Type.TouchBegin and event.points():
            self._finger = event.points()[0].id()
            self._begin(event.points()[0].position(), self._erases)
        finger = next((point for point in event.points() if point.id() == self._finger), None)
        if event.type() is QEvent.Type.TouchUpdate and finger is not None:
            self._go_on(finger.position())
        lifted = finger is not None and finger.state() is QEventPoint.State.Released
        if lifted or event.type() in (QEvent.Type.TouchEnd, QEvent.Type.TouchCancel):
            self._end()
        event.accept()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() is QEvent.Type.PaletteChange:
            self.update()
