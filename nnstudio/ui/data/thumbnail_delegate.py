"""ThumbnailDelegate: paints a thumbnail from its kept picture, and the frames of hover and choice."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from nnstudio.ui import theme
from nnstudio.ui.data.parts import Part
from nnstudio.ui.data.thumbnail_model import Index, ThumbnailModel
from nnstudio.ui.data.tiles import Tiles
from nnstudio.ui.painting import rounded

_FRAMED = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver


class ThumbnailDelegate(QStyledItemDelegate):
    """The size of a tile is that of the option's rectangle."""

    def __init__(self, model: ThumbnailModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._tiles = Tiles()

    def forget(self, part: Part) -> None:
        """Forget kept pictures where ``part`` is of other data."""
        if self._model.part is None or self._model.part.samples.x.base is not part.samples.x.base:
            self._tiles.clear()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        part, box = self._model.part, option.rect
        if part is None:
            return
        ratio = painter.device().devicePixelRatioF()
        sample = self._model.sample_at(index.row())
        painter.drawPixmap(box.topLeft(), self._tiles.pixmap(part, sample, box.width(), ratio, option.font))
        if option.state & _FRAMED:
            self._paint_frame(painter, option)

    def _paint_frame(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        color = theme.current().color("accent" if chosen else "line_strong")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rounded(painter, option.rect, line=color, width=2 if chosen else 1, radius=4)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        return option.rect.size()
