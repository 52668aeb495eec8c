"""ShareBars: how many rows belong to each class, before there is a data set."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnstudio.ui import theme
from nnstudio.ui.painting import sized, text
from nnstudio.ui.widgets import figures_font

_PITCH_PX, _BAR_PX, _GAP_PX = 21, 12, 10
_MOST_NAME_PX = 96
_MOST_ROWS = 30


class ShareBars(QWidget):
    """A row per class: name, bar, count and share; of very many classes the first ones."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Rows per class")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._counts: tuple[tuple[str, int], ...] = ()

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """What is shown."""
        return self._counts

    def show_counts(self, counts: tuple[tuple[str, int], ...]) -> None:
        """Show how many rows there are of each class."""
        self._counts = counts
        self.setAccessibleDescription(", ".join(f"{name}: {count:,}" for name, count in counts))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(200, _PITCH_PX * min(_MOST_ROWS, len(self._counts)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        total = max(1, sum(count for _, count in self._counts))
        most = max((count for _, count in self._counts), default=1) or 1
        strong, figures = sized(self.font(), 10, bold=True), sized(figures_font(self.font()), 9)
        names = [name for name, _ in self._counts[:_MOST_ROWS]]
        widest = max(map(QFontMetrics(strong).horizontalAdvance, names), default=0)
        name_px = min(widest, _MOST_NAME_PX) + _GAP_PX
        metrics = QFontMetrics(figures)
        share_px = metrics.horizontalAdvance("100.0 %") + _GAP_PX
        count_px = metrics.horizontalAdvance(f"{most:,}") + _GAP_PX
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for place, (name, count) in enumerate(self._counts[:_MOST_ROWS]):
                box = QRect(0, place * _PITCH_PX, self.width(), _PITCH_PX)
                room = box.width() - name_px - count_px - share_px
                _paint_name_and_bar(painter, box, name, name_px, room * count / most)
                right, color = Qt.AlignmentFlag.AlignRight, theme.current().color("text_2")
                left = box.adjusted(0, 0, -share_px, 0)
                text(painter, left, f"{count:,}", color, font=figures, align=right)
                text(painter, box, f"{100 * count / total:.1f} %", color, font=figures, align=right)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() is QEvent.Type.PaletteChange:
            self.update()


def _paint_name_and_bar(painter: QPainter, box: QRect, name: str, name_px: int, wide: float) -> None:
    colors = theme.current()
    place = QRect(box.left(), box.top(), name_px - 4, box.height())
    text(painter, place, name, colors.color("text"), font=sized(painter.font(), 10, bold=True))
    color = colors.color("text_3")
    color.setAlphaF(0.62)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    bar = QRectF(box.left() + name_px, box.center().y() - _BAR_PX / 2 + 0.5, max(2.0, wide), _BAR_PX)
    painter.drawRoundedRect(bar, 2, 2)
