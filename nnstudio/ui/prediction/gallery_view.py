"""GalleryView: tiles in rows that fill the width, with only those painted that are in view."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from nnstudio.ui.prediction.gallery_delegate import GAP_PX, TILE_PX, GalleryDelegate
from nnstudio.ui.prediction.gallery_model import GalleryModel

_BATCH = 5000  # laid out at once, in a few milliseconds; the rest follows
_BAR_PX = 11  # kept free for the scroll bar, so that tiles stay where they are when it comes
_LEAST_TILE_PX = 104


class GalleryView(QListView):
    """Shows a `GalleryModel`.

    Signals:
        edited(sample): A person chose a sample, or none.
    """

    edited = Signal(object)

    def __init__(self, model: GalleryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles = model
        self._showing = False
        self.setModel(model)
        self.setItemDelegate(GalleryDelegate(self))
        self.setAccessibleName("Gallery")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.viewport().setBackgroundRole(QPalette.ColorRole.AlternateBase)  # opaque: scrolling moves pixels
        self._lay_out_in_rows()
        self.selectionModel().currentChanged.connect(self._current_changed)

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

    def _lay_out_in_rows(self) -> None:
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_BATCH)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setSelectionRectVisible(False)
        self.setAutoScroll(False)  # new results must not move what a person looks at
        self.verticalScrollBar().setSingleStep(40)

    def scroll_to(self, place: int) -> None:
        """Scroll to a place in pixels, right after the rows changed."""
        bar = self.verticalScrollBar()
        if place:
            self.doItemsLayout()  # the scroll bar must know its new end first
        if place > bar.maximum():
            self.setLayoutMode(QListView.LayoutMode.SinglePass)
            self.doItemsLayout()
            self.setLayoutMode(QListView.LayoutMode.Batched)
        bar.setValue(place)

    def height_for(self, width: int) -> int:
        """Return the height that shows all tiles in a view of ``width``."""
        columns = _columns(width)
        return -(-len(self._tiles.samples) // columns) * (TILE_PX.height() + GAP_PX)

    def _fit_grid(self) -> None:
        room = self.width() - _BAR_PX
        self.setGridSize(QSize(room // _columns(self.width()), TILE_PX.height() + GAP_PX))

    def _current_changed(self, current: QModelIndex, before: QModelIndex) -> None:
        if not self._showing:
            self.scrollTo(current)
            self.edited.emit(self._tiles.sample_at(current))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        self._fit_grid()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.viewport().update()


def _columns(width: int) -> int:
    return max(1, (width - _BAR_PX) // (_LEAST_TILE_PX + GAP_PX))
