"""ThumbnailView: a grid of equal tiles, whose places are reckoned and never stored.

Qt's own icon mode stores a place per item: with 60,000 of them each new filter, size or width of the window
would stop it for 0.2 seconds. As a QListView it stays a list for screen readers.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from nnstudio.ui import theme
from nnstudio.ui.data.shown_rows import ShownRows
from nnstudio.ui.data.thumbnail_grid import ThumbnailGrid
from nnstudio.ui.data.thumbnail_model import Index, ThumbnailModel
from nnstudio.ui.data.tiles import Tiles
from nnstudio.ui.painting import rounded

_WHEEL_PX = 24


class ThumbnailView(QListView):
    """Shows a `ThumbnailModel`.

    Signals:
        chosen(words): The current image changed; in words, "" for none.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = ThumbnailGrid()
        self.thumbnails = ThumbnailModel(self)
        self.setModel(self.thumbnails)
        self._tiles = Tiles()
        self.setAccessibleName("Images")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.selectionModel().currentChanged.connect(self._tell)

    def show_rows(self, shown: ShownRows) -> None:
        """Show other images, from the first one on."""
        self.thumbnails.show_rows(shown)
        self.verticalScrollBar().setValue(0)

    def show_side(self, side: int) -> None:
        """Show tiles of another size; what stood at the top stays in view."""
        first = self.grid.first_at(self.verticalOffset())
        self.grid.side = side
        self._lay_out()
        self.verticalScrollBar().setValue(self.grid.rect(first).top())

    def _lay_out(self) -> None:
        self.grid.count, self.grid.width = self.thumbnails.rowCount(), self.viewport().width()
        self.updateGeometries()
        self.viewport().update()

    def _tell(self, current: QModelIndex, before: QModelIndex) -> None:
        self.chosen.emit(self.thumbnails.words(current.row()) if current.isValid() else "")

    def _paint_tiles(self, painter: QPainter, rows: range) -> None:
        part, scrolled = self.thumbnails.part, QPoint(0, self.verticalOffset())
        if part is None or not rows:
            return
        self._tiles.begin(painter, part, self.grid.side, self.font())
        for row, corner in zip(rows, self.grid.corners(rows), strict=True):
            self._tiles.paint(painter, corner - scrolled, self.thumbnails.sample_at(row))

    def _paint_frames(self, painter: QPainter, rows: range) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hovered = self.indexAt(self.viewport().mapFromGlobal(self.cursor().pos()))
        for index, role, width in ((hovered, "line_strong", 1), (self.currentIndex(), "accent", 2)):
            if index.row() in rows:
                color = theme.current().color(role)
                rounded(painter, self.visualRect(index), line=color, width=width, radius=4)

    # --- what QListView asks of its layout ----------------------------------------------------------

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
        return self.thumbnails.index(row) if row >= 0 else QModelIndex()

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
        return self.thumbnails.index(row) if row >= 0 else QModelIndex()

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

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        rows = self.grid.rows_in(event.rect().translated(0, self.verticalOffset()))
        with QPainter(self.viewport()) as painter:
            self._paint_tiles(painter, rows)
            self._paint_frames(painter, rows)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        first = self.grid.first_at(self.verticalOffset())
        self._lay_out()
        self.verticalScrollBar().setValue(self.grid.rect(first).top() if first else 0)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.viewport().update()
