"""MapView: a picture with the map that explains it laid over, and the value under the pointer."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnstudio.data.arrays import Array, Bytes
from nnstudio.ui import theme
from nnstudio.ui.explaining.heat import greyed, heat_image, limit_of
from nnstudio.ui.prediction.pictures import image_of, paint_picture, table_for

_LEAST_PX = 240
_WISHED_PX = 360
_FADED = 0.65  # how far the picture steps back behind colours
_STEPS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class MapView(QWidget):
    """Arrow keys move over the pixels as the pointer does.

    Signals:
        pointed(place): The row and column under the pointer or the keyboard; None when there is none.
    """

    pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("The picture and the map over it")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(_LEAST_PX, _LEAST_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._picture: Bytes | None = None
        self._inked = True
        self._heat: Array | None = None
        self._limit = 1.0
        self._opacity = 0.8
        self._place: tuple[int, int] | None = None

    @property
    def heat(self) -> Array | None:
        """The map that is shown, (height, width)."""
        return self._heat

    @property
    def limit(self) -> float:
        """The size of a value that gets the full colour."""
        return self._limit

    def show_map(self, picture: Bytes | None, inked: bool, heat: Array | None) -> None:
        """Show a picture (height, width) or with colours, and a map (height, width) over it."""
        self._picture, self._inked, self._heat = picture, inked, heat
        self._limit = 1.0 if heat is None else limit_of(heat)
        self._place = None
        self.update()

    def show_opacity(self, opacity: float) -> None:
        """Let the map cover the picture more or less, 0 to 1."""
        self._opacity = opacity
        self.update()

    def value_at(self, place: tuple[int, int]) -> float:
        """Return the value of the map at a row and a column."""
        return 0.0 if self._heat is None else float(self._heat[place])

    @property
    def _box(self) -> QRectF:
        """Where the picture is: whole pixels of equal size, in the middle."""
        if self._picture is None:
            return QRectF(self.rect())
        height, width = self._picture.shape[:2]
        scale = min(self.width() / width, self.height() / height)
        scale = float(int(scale)) if scale >= 1 else scale
        box = QRectF(0, 0, width * scale, height * scale)
        box.moveTopLeft(
            QPointF(int((self.width() - box.width()) / 2), int((self.height() - box.height()) / 2))
        )
        return box

    def _place_at(self, point: QPointF) -> tuple[int, int] | None:
        box = self._box
        if self._picture is None or not box.contains(point):
            return None
        height, width = self._picture.shape[:2]
        row = int((point.y() - box.top()) / box.height() * height)
        column = int((point.x() - box.left()) / box.width() * width)
        return min(row, height - 1), min(column, width - 1)

    def _point(self, place: tuple[int, int] | None) -> None:
        if place != self._place:
            self._place = place
            self.pointed.emit(place)
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(_WISHED_PX, _WISHED_PX)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if self._picture is None:
            return
        with QPainter(self) as painter:
            box = self._box
            painter.fillRect(box, theme.current().color("base"))
            painter.setOpacity(1.0 - _FADED * self._opacity if self._heat is not None else 1.0)
            picture = self._picture if self._heat is None else greyed(self._picture, self._opacity)
            paint_picture(painter, image_of(picture, table_for(self._inked)), box)
            painter.setOpacity(1.0)
            if self._heat is not None:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
                painter.drawImage(box, heat_image(self._heat, self._limit, self._opacity))
            painter.setPen(QPen(theme.current().color("line_strong"), 1))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
            if self._place is not None:
                painter.setPen(QPen(theme.current().color("text"), 2))
                painter.drawRect(self._cell(self._place))

    def _cell(self, place: tuple[int, int]) -> QRectF:
        assert self._picture is not None
        box, (height, width) = self._box, self._picture.shape[:2]
        across, down = box.width() / width, box.height() / height
        return QRectF(box.left() + place[1] * across, box.top() + place[0] * down, across, down)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._point(self._place_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or self._picture is None:
            super().keyPressEvent(event)
            return
        row, column = self._place or (0, -1)
        height, width = self._picture.shape[:2]
        down, right = (0, 1) if self._place is None else step
        self._point((int(np.clip(row + down, 0, height - 1)), int(np.clip(column + right, 0, width - 1))))
