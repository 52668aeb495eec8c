"""StackView: the stack of cards, from the data at the top to the target at the bottom."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QToolTip, QWidget

from nnstudio.ui.model.card_layout import GAP_PX, card_rect
from nnstudio.ui.model.card_list import CardList
from nnstudio.ui.model.stack_model import StackModel
from nnstudio.ui.model.wires import WIRE_LEFT_PX, paint_drop_line, paint_plus, paint_wires

_PLUS_PX = 20


class StackView(CardList):
    """Shows the model's cards; reports clicks on what is painted there.

    Signals:
        fix_wanted(row, number): A person pressed an offered fix.
        insert_wanted(position): A person pressed + between two cards.
    """

    fix_wanted = Signal(int, int)
    insert_wanted = Signal(int)

    def __init__(self, model: StackModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._hover_gap = -1
        self._drop_row = -1
        self._pressed_name = -1
        self.setMouseTracking(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDragDropOverwriteMode(False)
        self.setDropIndicatorShown(False)

    def _use_field(self, row: int, number: int) -> None:
        """Check or uncheck a field that is yes or no, open the editor of any other."""
        layout, layer = self.card(row), self._model.layer(row)
        if layout is not None and layer is not None and layout.fields[number].is_check:
            name = layout.fields[number].declared.name
            self.field_edited.emit(layer.name, name, not getattr(layer, name))
        else:
            self.open_field(row, number)

    def _drop_row_at(self, point: QPoint) -> int:
        """Return the row before which something dropped at ``point`` would fall."""
        for row in self.rows_near(QRect(point, QSize(1, 1))):
            if row and point.y() < self.visualRect(self._model.index(row)).center().y() - GAP_PX // 2:
                return row
        return self._model.rowCount() - 1

    def _gap_at(self, point: QPoint) -> int:
        """Return the row below the wire that is nearest to ``point``, -1 where none is near."""
        for row in self.rows_near(QRect(point, QSize(1, 1))):
            if row and self._plus_rect(row).adjusted(-8, -4, 8, 4).contains(point):
                return row
        return -1

    def _plus_rect(self, row: int) -> QRect:
        """Return the + on the wire above the card in ``row``."""
        rect = self.visualRect(self._model.index(row))
        x = card_rect(rect).left() + WIRE_LEFT_PX
        return QRect(x - _PLUS_PX // 2, rect.top() - GAP_PX // 2 - _PLUS_PX // 2, _PLUS_PX, _PLUS_PX)

    def _show_gap(self, row: int) -> None:
        if row != self._hover_gap:
            self._hover_gap = row
            self.viewport().update()

    def _show_drop_row(self, row: int) -> None:
        if row != self._drop_row:
            self._drop_row = row
            self.viewport().update()

    def _name_at(self, point: QPoint) -> int:
        """Return the row of the only selected card where its name is at ``point``; -1 elsewhere."""
        row = self.indexAt(point).row()
        layout = self.card(row) if row > 0 and self.selected_names == (self._model.name(row),) else None
        return row if layout is not None and layout.name.contains(point) else -1

    def _press(self, point: QPoint) -> bool:
        """Do what is painted at ``point``; return whether there was something."""
        gap = self._gap_at(point)
        if gap >= 0:
            self.insert_wanted.emit(self._model.position(gap))
            return True
        row = self.indexAt(point).row()
        layout = self.card(row) if row >= 0 else None
        if layout is None:
            return False
        for number, rect in enumerate(layout.fixes):
            if rect.contains(point):
                self.fix_wanted.emit(row, number)
                return True
        for number, field in enumerate(layout.fields):
            if field.box.contains(point):
                self.setCurrentIndex(self._model.index(row))
                self._use_field(row, number)
                return True
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        point = event.position().toPoint()
        if event.button() is Qt.MouseButton.LeftButton and self._press(point):
            event.accept()
            return
        self._pressed_name = self._name_at(point) if not event.modifiers() else -1
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        super().mouseReleaseEvent(event)
        pressed, self._pressed_name = self._pressed_name, -1
        if pressed > 0 and pressed == self._name_at(event.position().toPoint()):
            self.open_name(pressed)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if not event.buttons():
            self._show_gap(self._gap_at(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        self._show_gap(-1)
        super().leaveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        super().dragMoveEvent(event)
        self._show_drop_row(self._drop_row_at(event.position().toPoint()))
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        self._show_drop_row(-1)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        row = self._drop_row_at(event.position().toPoint())
        self._show_drop_row(-1)
        self.setState(QAbstractItemView.State.NoState)  # or the next move of the mouse would begin a drag
        self.stopAutoScroll()
        copies = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        action = Qt.DropAction.CopyAction if copies else Qt.DropAction.MoveAction
        self._model.dropMimeData(event.mimeData(), action, row, 0, QModelIndex())
        event.setDropAction(Qt.DropAction.CopyAction)  # so that Qt removes nothing: the model has moved it
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.ToolTip:
            point = event.pos()  # type: ignore[attr-defined]
            if self._gap_at(point) >= 0:
                QToolTip.showText(event.globalPos(), "Insert a layer here", self)  # type: ignore[attr-defined]
                return True
        return bool(super().viewportEvent(event))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        rows = self.rows_near(event.rect())
        cards = {row: card_rect(self.visualRect(self._model.index(row))) for row in rows}
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_wires(painter, [card for row, card in cards.items() if row])
            if self._drop_row in cards:
                paint_drop_line(painter, cards[self._drop_row])
            elif self._hover_gap >= 0:
                paint_plus(painter, self._plus_rect(self._hover_gap))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(560, 200)
