"""TileView: a grid of equal tiles, whose places are reckoned and never stored.

Qt's own icon mode stores a place per item: with 60,000 of them each new filter, size or width of the window
would stop it for 0.2 seconds. As a QListView it stays a list for screen readers.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QFrame, QListView, QWidget

from nnstudio.ui.data.thumbnail_grid import ThumbnailGrid

Index = QModelIndex | QPersistentModelIndex
_WHEEL_PX = 24


class TileView(QListView):
    """Lays out, scrolls and moves; what derives from it paints."""

    def __init__(self, grid: ThumbnailGrid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = grid
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _lay_out(self) -> None:
        model = self.model()
        self.grid.count = 0 if model is None else model.rowCount()
        self._fit_grid()
        self.updateGeometries()
        self.viewport().update()

    def _fit_grid(self) -> None:
        """Give the grid its width."""
        self.grid.width = self.viewport().width()

    def doItemsLayout(self) -> None:  # noqa: N802
        self._lay_out()

    def updateGeometries(self) -> None:  # noqa: N802
        bar, high = self.verticalScrollBar(), self.viewport().height()
        bar.setSingleStep(_WHEEL_PX)
        bar.setPageStep(max(1, high - self.grid.pitch))
        bar.setRange(0, max(0, self.grid.height - high))

    def visualRect(self, index: Index) -> QRect:  # noqa: N802
        if not index.isValid():
            return QRect()
        return self.grid.rect(index.row()).translated(0, -self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: N802
        row = self.grid.row_at(point + QPoint(0, self.verticalOffset()))
        return self.model().index(row, 0) if row >= 0 else QModelIndex()

    def scrollTo(  # noqa: N802
        self, index: Index, hint: QListView.ScrollHint = QListView.ScrollHint.EnsureVisible
    ) -> None:
        rect, high = self.visualRect(index), self.viewport().height()
        by = min(0, rect.top()) if rect.top() < 0 else max(0, rect.bottom() + 1 - high)
        if index.isValid() and by:
            self.verticalScrollBar().setValue(self.verticalOffset() + by)

    def moveCursor(  # noqa: N802
        self, action: QListView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        page = max(1, self.viewport().height() // self.grid.pitch)
        row = self.grid.moved(action, self.currentIndex().row(), page)
        return self.model().index(row, 0) if row >= 0 else QModelIndex()

    def horizontalOffset(self) -> int:  # noqa: N802
        return 0

    def verticalOffset(self) -> int:  # noqa: N802
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:  # noqa: N802
        return False

    def setSelection(  # noqa: N802
        self, rect: QRect, command: QItemSelectionModel.SelectionFlag
    ) -> None:
        self.selectionModel().select(self.currentIndex(), command)

    def visualRegionForSelection(self, selection: object) -> QRegion:  # noqa: N802
        return QRegion(self.visualRect(self.currentIndex()))

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802
        self.viewport().scroll(0, dy)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.viewport().update()
