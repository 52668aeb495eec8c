"""PictureView: one picture as the network sees it, white on black."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnstudio.ui.prediction.pictures import image_of, paint_picture, raw_table

_RADIUS_PX = 4.0


class PictureView(QWidget):
    """A square of a fixed size; black where there is no picture."""

    def __init__(self, name: str, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setToolTip(name[:1].upper() + name[1:])
        self.setFixedSize(side, side)
        self._picture: npt.NDArray[Any] | None = None

    @property
    def picture(self) -> npt.NDArray[Any] | None:
        """What is shown."""
        return self._picture

    def show_picture(self, picture: npt.NDArray[Any] | None) -> None:
        """Show ``picture``, uint8 (height, width) or (height, width, 3)."""
        self._picture = picture
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            shape = QPainterPath()
            shape.addRoundedRect(QRectF(self.rect()), _RADIUS_PX, _RADIUS_PX)
            painter.fillPath(shape, QColor(Qt.GlobalColor.black))
            painter.setClipPath(shape)
            if self._picture is not None:
                paint_picture(painter, image_of(self._picture, raw_table()), QRectF(self.rect()))
