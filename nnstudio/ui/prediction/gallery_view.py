"""GalleryView: thousands of tiles to scroll through; only what is visible is drawn."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from nnstudio.ui.data.thumbnail_grid import GAP_PX, ThumbnailGrid
from nnstudio.ui.prediction.gallery_delegate import TILE_PX, GalleryDelegate
from nnstudio.ui.prediction.gallery_model import GalleryModel
from nnstudio.ui.tile_view import TileView

_BAR_PX = 11  # kept free for the scroll bar, so that tiles stay where they are when it comes
_LEAST_TILE_PX = 104


class GalleryView(TileView):
    """Shows a `GalleryModel`; arrows, Home, End and pages move through it, Enter opens a tile.

    Signals:
        edited(sample): A person chose a sample, or none.
        opened(sample): A person wants to see a sample in large.
    """

    edited = Signal(object)
    opened = Signal(int)

    def __init__(self, model: GalleryModel, parent: QWidget | None = None) -> None:
        super().__init__(ThumbnailGrid(TILE_PX.width(), high=TILE_PX.height()), parent)
        self._tiles = model
        self._showing = False
        self._hovered = -1
        self.setModel(model)
        self._painter = GalleryDelegate(self)
        self.setAccessibleName("Gallery")
        self.viewport().setBackgroundRole(QPalette.ColorRole.AlternateBase)  # opaque: scrolling moves pixels
        self.setAutoScroll(False)  # new results must not move what a person looks at
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.activated.connect(self._open)

    def show_sample(self, sample: int | None) -> None:
        """Select the tile of a sample, without scrolling to it."""
        self._showing = True
        index = self._tiles.index_of(sample)
        if index.isValid():
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flag)
        else:
            self.selectionModel().clear()
        self._showing = False
        self.viewport().update()

    def scroll_to(self, place: int) -> None:
        """Scroll to a place in pixels, right after the rows changed."""
        self.doItemsLayout()
        self.verticalScrollBar().setValue(place)

    def height_for(self, width: int) -> int:
        """Return the height that shows all tiles in a view of ``width``."""
        columns = _columns(width)
        return -(-len(self._tiles.samples) // columns) * (TILE_PX.height() + GAP_PX)

    def _fit_grid(self) -> None:
        self.grid.side = (self.width() - _BAR_PX) // _columns(self.width()) - GAP_PX
        self.grid.width = self.width() - _BAR_PX - GAP_PX

    def _current_changed(self, current: QModelIndex, before: QModelIndex) -> None:
        self.viewport().update()
        if not self._showing:
            self.scrollTo(current)
            self.edited.emit(self._tiles.sample_at(current))

    def _open(self, index: QModelIndex) -> None:
        sample = self._tiles.sample_at(index)
        if sample is not None:
            self.opened.emit(sample)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    def _option(self, row: int, rect: QRect) -> QStyleOptionViewItem:
        option = QStyleOptionViewItem()
        option.rect, option.font = rect, self.font()
        state = QStyle.StateFlag.State_None
        if row == self.currentIndex().row():
            state |= QStyle.StateFlag.State_Selected
        if row == self._hovered:
            state |= QStyle.StateFlag.State_MouseOver
        option.state = state
        return option

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        scrolled = self.verticalOffset()
        with QPainter(self.viewport()) as painter:
            for row in self.grid.rows_in(event.rect().translated(0, scrolled)):
                rect = self.grid.rect(row).translated(0, -scrolled)
                self._painter.paint(painter, self._option(row, rect), self._tiles.index(row))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        first = self.grid.first_at(self.verticalOffset())
        self._lay_out()
        self.verticalScrollBar().setValue(self.grid.rect(first).top() if first else 0)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        if event.type() in (QEvent.Type.MouseMove, QEvent.Type.Leave, QEvent.Type.Wheel):
            self._hover(self.indexAt(self._pointer).row() if event.type() is not QEvent.Type.Leave else -1)
        return super().viewportEvent(event)

    @property
    def _pointer(self) -> QPoint:
        return self.viewport().mapFromGlobal(self.cursor().pos())


def _columns(width: int) -> int:
    return max(1, (width - _BAR_PX) // (_LEAST_TILE_PX + GAP_PX))
