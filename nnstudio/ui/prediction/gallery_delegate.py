"""GalleryDelegate: paints a tile: the picture, what it is, what it was read as and how surely."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from nnstudio.ui import theme
from nnstudio.ui.prediction.fonts import sized
from nnstudio.ui.prediction.gallery_model import TILE_ROLE, Index, Tile
from nnstudio.ui.prediction.pictures import image_of, paint_picture, table_for

TILE_PX = QSize(112, 113)
_PICTURE_PX = 84
_TEXT_PX = 18
_ARROW_PX = 22
_MARGIN_PX = 9
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class GalleryDelegate(QStyledItemDelegate):
    """Paints into the whole of the rectangle that it is given."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tile = index.data(TILE_ROLE)
        if tile is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        self._paint_card(painter, box, option.state)
        self._paint_picture(painter, box, tile, option.font)
        self._paint_words(painter, box, tile, option.font)
        painter.restore()

    def _paint_card(self, painter: QPainter, box: QRectF, state: QStyle.StateFlag) -> None:
        colors = theme.current()
        painter.setBrush(colors.color("base"))
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(colors.color("accent"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)
            return
        over = state & QStyle.StateFlag.State_MouseOver
        painter.setPen(QPen(colors.color("line_strong" if over else "line"), 1))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)

    def _paint_picture(self, painter: QPainter, box: QRectF, tile: Tile, font: QFont) -> None:
        left = round(box.center().x() - _PICTURE_PX / 2)
        place = QRectF(left, box.top() + 4, _PICTURE_PX, _PICTURE_PX)
        if tile.picture is not None:
            paint_picture(painter, image_of(tile.picture, table_for(tile.inked)), place)
            return
        painter.setFont(sized(font, 9.0))
        painter.setPen(theme.current().color("text_2"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"Sample\n{tile.number:,}")

    def _paint_words(self, painter: QPainter, box: QRectF, tile: Tile, font: QFont) -> None:
        """Write both names and how sure the network was; long names leave no room for that."""
        line = QRectF(box.left() + _MARGIN_PX, 0, box.width() - 2 * _MARGIN_PX, _TEXT_PX)
        line.moveBottom(box.bottom() - 6)
        small, room = sized(font, 8.5), line.width() - _ARROW_PX
        sure = QFontMetricsF(small).horizontalAdvance(tile.sureness) + 4
        names = QFontMetricsF(sized(font, 10.0, strong=True)).horizontalAdvance(tile.actual + tile.predicted)
        points = 10.0 if names + sure <= room else 8.5
        if points > small.pointSizeF():
            painter.setFont(small)
            painter.setPen(theme.current().color("text_3"))
            painter.drawText(line, _RIGHT, tile.sureness)
            room -= sure
        x = self._write(painter, sized(font, points), "text_2", line, tile.actual, room / 2)
        self._paint_arrow(painter, QPointF(x + 6, line.center().y()))
        line.setLeft(x + _ARROW_PX)
        role = "text" if tile.right else "error"
        self._write(painter, sized(font, points, strong=True), role, line, tile.predicted, line.width())

    def _write(
        self, painter: QPainter, font: QFont, role: str, line: QRectF, name: str, room: float
    ) -> float:
        """Write a name, cut to ``room``; return where it ends."""
        painter.setFont(font)
        painter.setPen(theme.current().color(role))
        metrics = QFontMetricsF(font)
        words = metrics.elidedText(name, Qt.TextElideMode.ElideRight, max(room, 12.0))
        painter.drawText(line, _LEFT, words)
        return line.left() + metrics.horizontalAdvance(words)

    def _paint_arrow(self, painter: QPainter, start: QPointF) -> None:
        painter.setPen(QPen(theme.current().color("text_3"), 1.3))
        tip = start + QPointF(9, 0)
        painter.drawLine(start, tip)
        painter.drawPolyline([tip + QPointF(-3, -3), tip, tip + QPointF(-3, 3)])

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        return TILE_PX
