"""SourceList: the list of data sets, by mouse and keyboard."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QListView, QMenu, QWidget

from nnstudio.ui.data.source_delegate import SourceDelegate, cancel_place
from nnstudio.ui.data.source_model import SourceModel
from nnstudio.ui.data.sources import SourceRow, State

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_TAKE_AWAY = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class SourceList(QListView):
    """Enter and Space open what is chosen, Escape cancels what is being read, Delete forgets a file.

    Signals:
        chosen(row): A person wants these data.
        cancelled(): A person wants no longer what is being read.
        forgotten(row): A person wants this file out of the list.
    """

    chosen = Signal(object)
    cancelled = Signal()
    forgotten = Signal(object)

    def __init__(self, model: SourceModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setItemDelegate(SourceDelegate(self))
        self.setAccessibleName("Data sets")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def menu_at(self, index: QModelIndex) -> QMenu:
        """Return what can be done with a row."""
        menu, row = QMenu(self), self._model.row_at(index)
        if row is not None:
            busy = row.state is State.BUSY
            act = menu.addAction("Cancel" if busy else "Open")
            act.triggered.connect(self.cancelled if busy else self._open_current)
            if row.is_file and row.state is not State.BUSY:
                forget = menu.addAction("Forget this file")
                forget.setEnabled(not self._model.is_open(index))
                forget.triggered.connect(self._forget_current)
        return menu

    def _current(self) -> SourceRow | None:
        return self._model.row_at(self.currentIndex())

    def _open_current(self) -> None:
        row = self._current()
        if row is not None and row.state is not State.BUSY:
            self.chosen.emit(row)

    def _forget_current(self) -> None:
        row = self._current()
        if row is not None and row.is_file and not self._model.is_open(self.currentIndex()):
            self.forgotten.emit(row)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        menu = self.menu_at(self.currentIndex())
        if menu.actions():
            menu.exec(event.globalPos())
        menu.deleteLater()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = self._model.row_at(index)
        if event.button() is not Qt.MouseButton.LeftButton or row is None or index != self.currentIndex():
            return
        if row.state is not State.BUSY:
            self.chosen.emit(row)
        elif cancel_place(self.visualRect(index)).adjusted(-4, -6, 6, 6).contains(event.position().toPoint()):
            self.cancelled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        row = self._current()
        if event.key() in _ENTER:
            self._open_current()
        elif event.key() in _TAKE_AWAY:
            self._forget_current()
        elif event.key() == Qt.Key.Key_Escape and row is not None and row.state is State.BUSY:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)
