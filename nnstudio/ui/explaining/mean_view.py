"""MeanView: average pictures side by side, each with a caption."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnstudio.data.arrays import Array
from nnstudio.data.dataset import Samples
from nnstudio.ui import theme
from nnstudio.ui.painting import text
from nnstudio.ui.prediction.pictures import image_of, paint_picture, table_for

_SIDE_PX, _GAP_PX, _CAPTION_PX = 168, 20, 22


class MeanView(QWidget):
    """Pictures as large as three beside each other can be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Average pictures")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._means: Sequence[tuple[str, Array]] = ()
        self._inked = True

    @property
    def captions(self) -> list[str]:
        """What the pictures are."""
        return [caption for caption, _ in self._means]

    def show_means(self, means: Sequence[tuple[str, Array]], inked: bool) -> None:
        """Show pictures (*shape) with their captions."""
        self._means, self._inked = means, inked
        self.setAccessibleDescription(", ".join(self.captions))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(3 * _SIDE_PX + 2 * _GAP_PX, _SIDE_PX + _CAPTION_PX)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with QPainter(self) as painter:
            for place, (caption, mean) in enumerate(self._means):
                left = place * (_SIDE_PX + _GAP_PX)
                picture = Samples(mean[None].astype(np.float32), np.zeros(1, np.int64)).picture(0)
                box = QRectF(left, 0, _SIDE_PX, _SIDE_PX)
                paint_picture(painter, image_of(picture, table_for(self._inked)), box)
                below = QRect(left, _SIDE_PX + 2, _SIDE_PX, _CAPTION_PX - 2)
                centre = Qt.AlignmentFlag.AlignHCenter
                text(painter, below, caption, theme.current().color("text"), font=self.font(), align=centre)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() is QEvent.Type.PaletteChange:
            self.update()
