"""MeanPictures: what the mean image of each class looks like."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from nnstudio.data.arrays import Bytes
from nnstudio.ui import theme
from nnstudio.ui.data.tiles import paint_corner
from nnstudio.ui.painting import rounded
from nnstudio.ui.prediction.pictures import image_of, table_for

_COLUMNS, _GAP_PX = 5, 8
_EDGE_PX = 4


class MeanPictures(QWidget):
    """Five cards in a row; they are blank until the images are known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Mean image per class")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._names: Sequence[str] = ()
        self._means: Bytes | None = None
        self._inked = True

    @property
    def means(self) -> Bytes | None:
        """What is shown; None while it is not known."""
        return self._means

    def show_means(self, names: Sequence[str], means: Bytes | None, inked: bool = True) -> None:
        """Show the mean images of the classes ``names``, uint8 (classes, height, width), or blank cards."""
        self._names, self._means, self._inked = names, means, inked
        self.setAccessibleDescription(f"of {', '.join(names)}" if means is not None else "")
        self._fit()
        self.update()

    def _side(self) -> int:
        return max(16, (self.width() - (_COLUMNS - 1) * _GAP_PX) // _COLUMNS)

    def _box(self, index: int) -> QRect:
        side = self._side()
        line, place = divmod(index, _COLUMNS)
        left = place * (self.width() - side) // (_COLUMNS - 1)
        return QRect(left, line * (side + _GAP_PX), side, side)

    def _fit(self) -> None:
        lines = -(-len(self._names) // _COLUMNS)
        self.setFixedHeight(max(0, lines * (self._side() + _GAP_PX) - _GAP_PX))

    def _paint_card(self, painter: QPainter, index: int) -> None:
        colors, box = theme.current(), self._box(index)
        rounded(painter, box, fill=colors.color("base"), line=colors.color("line"), radius=4)
        if self._means is None:
            return
        image = image_of(self._means[index], table_for(self._inked))
        room = QRectF(box).adjusted(_EDGE_PX, _EDGE_PX, -_EDGE_PX, -_EDGE_PX)
        size = image.size().toSizeF().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(room.topLeft(), size)
        place.moveCenter(room.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, image)
        paint_corner(painter, box, self._names[index], self._names, self.font(), self._inked)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(200, self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for index in range(len(self._names)):
                if self._box(index).intersects(event.rect()):
                    self._paint_card(painter, index)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            under = [i for i in range(len(self._names)) if self._box(i).contains(event.pos())]
            words = f"The mean of all images of class {self._names[under[0]]}" if under else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() is QEvent.Type.PaletteChange:
            self.update()
