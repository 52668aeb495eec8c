"""SplitBar: how many samples train, validate and test."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnstudio.ui import theme
from nnstudio.ui.data.parts import PART_ROLES, Part
from nnstudio.ui.painting import sized, text
from nnstudio.ui.widgets import figures_font

_BAR_PX, _GAP_PX, _LINE_PX = 12, 2, 20
_LEAST_PX = 3.0
_DOT_PX = 7
_COUNT_PX = 64


class SplitBar(QWidget):
    """One bar in three colours, and a line for each part with its count and share."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[str, int] = {}
        self.setAccessibleName("Split")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: Iterable[Part]) -> None:
        """Show how many samples there are in each part."""
        self._counts = {part.name: len(part.samples) for part in parts}
        words = ", ".join(f"{name} {count:,}" for name, count in self._counts.items())
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    def _shares(self) -> list[tuple[str, int, float]]:
        total = max(1, sum(self._counts.values()))
        return [(name, count, count / total) for name, count in self._counts.items()]

    def _paint_bar(self, painter: QPainter) -> None:
        shown = [(name, share) for name, count, share in self._shares() if count]
        room, x = self.width() - _GAP_PX * (len(shown) - 1), 0.0
        painter.setPen(Qt.PenStyle.NoPen)
        for name, share in shown:
            wide = max(_LEAST_PX, room * share)
            painter.setBrush(theme.current().color(PART_ROLES[name]))
            painter.drawRoundedRect(QRectF(x, 0, wide, _BAR_PX), 2, 2)
            x += wide + _GAP_PX

    def _paint_line(self, painter: QPainter, top: int, name: str, count: int, share: float) -> None:
        colors, font = theme.current(), sized(figures_font(self.font()), 9)
        box = QRect(0, top, self.width(), _LINE_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.color(PART_ROLES[name]))
        painter.drawEllipse(QRectF(0, box.center().y() - _DOT_PX / 2, _DOT_PX, _DOT_PX))
        text(painter, box.adjusted(14, 0, -60, 0), name, colors.color("text"), font=font)
        right = Qt.AlignmentFlag.AlignRight
        share_px = QFontMetrics(font).horizontalAdvance("100 %") + 8
        figures = box.adjusted(box.width() - share_px - _COUNT_PX, 0, -share_px, 0)
        text(painter, figures, f"{count:,}", colors.color("text"), font=font, align=right)
        text(painter, box, f"{100 * share:.0f} %", colors.color("text_3"), font=font, align=right)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(200, _BAR_PX + 6 + _LINE_PX * len(self._counts))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_bar(painter)
            for line, (name, count, share) in enumerate(self._shares()):
                self._paint_line(painter, _BAR_PX + 6 + line * _LINE_PX, name, count, share)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() is QEvent.Type.PaletteChange:
            self.update()
