"""DrawingPad: a square to draw on by mouse, pen or finger."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
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
from nnstudio.ui.prediction.sketch import PAD, Sketch

LEAST_PX = 196
MOST_PX = 280


class DrawingPad(QWidget):
    """Reports strokes; what they mean is others' business.

    Keys: P pencil, E eraser, Ctrl+Z takes the last stroke back, Ctrl+Shift+Z brings it again, Delete clears,
    Enter keeps the drawing, Ctrl+V takes a picture from the clipboard.

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
        self.setAccessibleDescription(
            "P pencil, E eraser, Ctrl+Z undoes the last stroke, Ctrl+Shift+Z redoes it, Delete clears, "
            "Enter keeps the drawing, Ctrl+V takes a picture from the clipboard"
        )
        self._sketch = Sketch()
        self._erases = False
        self._keys = self._actions_by_key()

    def _actions_by_key(self) -> dict[tuple[int, Qt.KeyboardModifier], Callable[[], None]]:
        plain, ctrl = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
        return {
            (Qt.Key.Key_P, plain): self._take_pencil,
            (Qt.Key.Key_E, plain): self._take_eraser,
            (Qt.Key.Key_Z, ctrl): self.undo,
            (Qt.Key.Key_Z, ctrl | Qt.KeyboardModifier.ShiftModifier): self.redo,
            (Qt.Key.Key_Y, ctrl): self.redo,
            (Qt.Key.Key_V, ctrl): self._paste,
            (Qt.Key.Key_Delete, plain): self.clear,
            (Qt.Key.Key_Return, plain): self._keep,
            (Qt.Key.Key_Enter, plain): self._keep,
        }

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

    def _take_pencil(self) -> None:
        self.tool_edited.emit(False)

    def _take_eraser(self) -> None:
        self.tool_edited.emit(True)

    def _keep(self) -> None:
        self.keep_wanted.emit()

    def _paste(self) -> None:
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

    def _action(self, event: QKeyEvent) -> Callable[[], None] | None:
        return self._keys.get((event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier))

    def _overrides(self, event: QKeyEvent) -> bool:
        return event.type() is QEvent.Type.ShortcutOverride and self._action(event) is not None

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
            self._go_on(event.position())
        else:
            self._end()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        action = self._action(event)
        if action is None:
            super().keyPressEvent(event)
        else:
            action()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            self._touch(event)
            return True
        if isinstance(event, QKeyEvent) and self._overrides(event):
            event.accept()  # Ctrl+Z takes a stroke back here, not an edit of the study
            return True
        return super().event(event)

    def _touch(self, event: QTouchEvent) -> None:
        first = event.points()[0] if event.points() else None
        if event.type() is QEvent.Type.TouchBegin and first is not None:
            self._begin(first.position(), self._erases)
        elif event.type() is QEvent.Type.TouchUpdate and first is not None:
            self._go_on(first.position())
        else:
            self._end()
        event.accept()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() is QEvent.Type.PaletteChange:
            self.update()
