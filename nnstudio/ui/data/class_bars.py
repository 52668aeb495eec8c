"""ClassBars: how many samples of a part belong to each class."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from nnstudio.data.arrays import IntArray
from nnstudio.data.facts import class_counts
from nnstudio.ui import theme
from nnstudio.ui.data.parts import Part
from nnstudio.ui.painting import sized, text
from nnstudio.ui.widgets import figures_font

_PITCH_PX, _BAR_PX = 20, 12
_MOST_NAME_PX = 96
_GAP_PX = 10


class ClassBars(QWidget):
    """A row per class: name, bar and count."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Samples per class")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._part: Part | None = None
        self._counts: IntArray = np.empty(0, np.int64)

    @property
    def counts(self) -> list[int]:
        """What is shown, by class."""
        return [int(count) for count in self._counts]

    def show_part(self, part: Part) -> None:
        """Count the classes of a part; values have none."""
        self._part = part
        y = part.samples.y if part.class_names else np.empty(0, np.int64)
        self._counts = class_counts(y, len(part.class_names))
        self.setAccessibleDescription(", ".join(map(self._words, range(len(self._counts)))))
        self.updateGeometry()
        self.update()

    def _words(self, index: int) -> str:
        assert self._part is not None
        count = int(self._counts[index])
        share = 100 * count / max(1, int(self._counts.sum()))
        return f"{self._part.class_names[index]}: {count:,} samples, {share:.1f} %"

    def _name_px(self) -> int:
        assert self._part is not None
        metrics = QFontMetrics(sized(self.font(), 10, bold=True))
        widest = max(map(metrics.horizontalAdvance, self._part.class_names), default=0)
        return min(widest, _MOST_NAME_PX) + _GAP_PX

    def _paint_row(self, painter: QPainter, index: int, name_px: int, figure_px: int) -> None:
        assert self._part is not None
        colors = theme.current()
        box = QRect(0, index * _PITCH_PX, self.width(), _PITCH_PX)
        strong = sized(self.font(), 10, bold=True)
        name = box.adjusted(0, 0, name_px - box.width() - 4, 0)
        text(painter, name, self._part.class_names[index], colors.color("text"), font=strong)
        figures = sized(figures_font(self.font()), 9)
        count = f"{int(self._counts[index]):,}"
        right = Qt.AlignmentFlag.AlignRight
        text(painter, box, count, colors.color("text_2"), font=figures, align=right)
        share = int(self._counts[index]) / max(1, int(self._counts.max()))
        wide = max(2.0, (box.width() - name_px - figure_px) * share) if share else 0.0
        bar = QRectF(name_px, box.center().y() - _BAR_PX / 2 + 0.5, wide, _BAR_PX)
        color = colors.color("text_3")
        color.setAlphaF(0.62)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawRoundedRect(bar, 2, 2)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(200, _PITCH_PX * len(self._counts))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if not len(self._counts):
            return
        top, bottom = event.rect().top() // _PITCH_PX, event.rect().bottom() // _PITCH_PX
        metrics = QFontMetrics(sized(figures_font(self.font()), 9))
        figure_px = metrics.horizontalAdvance(f"{int(self._counts.max()):,}") + _GAP_PX
        name_px = self._name_px()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for index in range(max(0, top), min(bottom + 1, len(self._counts))):
                self._paint_row(painter, index, name_px, figure_px)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            index = QPoint(event.pos()).y() // _PITCH_PX
            inside = 0 <= index < len(self._counts)
            QToolTip.showText(event.globalPos(), self._words(index) if inside else "", self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() is QEvent.Type.PaletteChange:
            self.update()
