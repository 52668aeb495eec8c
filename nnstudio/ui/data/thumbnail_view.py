"""ThumbnailView: the images of a part of the data as small tiles."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from nnstudio.ui import theme
from nnstudio.ui.data.shown_rows import ShownRows
from nnstudio.ui.data.thumbnail_grid import ThumbnailGrid
from nnstudio.ui.data.thumbnail_model import ThumbnailModel
from nnstudio.ui.data.tiles import Tiles
from nnstudio.ui.painting import rounded
from nnstudio.ui.tile_view import TileView


class ThumbnailView(TileView):
    """Shows a `ThumbnailModel`.

    Signals:
        chosen(words): The current image changed; in words, "" for none.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ThumbnailGrid(), parent)
        self.thumbnails = ThumbnailModel(self)
        self.setModel(self.thumbnails)
        self._tiles = Tiles()
        self.setAccessibleName("Images")
        self.viewport().setAutoFillBackground(False)
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

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        rows = self.grid.rows_in(event.rect().translated(0, self.verticalOffset()))
        with QPainter(self.viewport()) as painter:
            self._paint_tiles(painter, rows)
            self._paint_frames(painter, rows)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        first = self.grid.first_at(self.verticalOffset())
        self._lay_out()
        self.verticalScrollBar().setValue(self.grid.rect(first).top() if first else 0)
