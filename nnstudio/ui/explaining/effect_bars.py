"""EffectBars: what each column of a row does, as a bar to the left or to the right of a middle line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from nnstudio.ui import theme
from nnstudio.ui.prediction.fonts import sized

_PITCH_PX, _BAR_PX = 26, 12
_FIGURE_PX = 78
_NAME_SHARE = 0.4
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class EffectBar:
    """A row: its name, its value, how long the bar is (-1 to 1), and its figure in words."""

    name: str
    value: str
    share: float
    figure: str


class EffectBars(QWidget):
    """Blue bars go to the left, orange ones to the right; the figure stands behind them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("What each column does")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._bars: Sequence[EffectBar] = ()

    @property
    def bars(self) -> Sequence[EffectBar]:
        """What is shown."""
        return self._bars

    def show_bars(self, bars: Sequence[EffectBar]) -> None:
        """Show other rows."""
        self._bars = bars
        self.setMinimumHeight(_PITCH_PX * len(bars))
        self.setAccessibleDescription(", ".join(f"{b.name} {b.value}: {b.figure}" for b in bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(420, _PITCH_PX * len(self._bars))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        colors = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for place, bar in enumerate(self._bars):
                box = QRectF(0, place * _PITCH_PX, self.width(), _PITCH_PX)
                if box.intersects(QRectF(event.rect())):
                    self._paint(painter, bar, box, colors)

    def _paint(self, painter: QPainter, bar: EffectBar, box: QRectF, colors: theme.Theme) -> None:
        names = box.width() * _NAME_SHARE
        self._write_name(painter, bar, QRectF(0, box.top(), names - 10, box.height()))
        track = QRectF(names, 0, box.width() - names - _FIGURE_PX, _BAR_PX)
        track.moveTop(box.center().y() - _BAR_PX / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.color("sunken"))
        painter.drawRoundedRect(track, 3, 3)
        middle, reach = track.center().x(), track.width() / 2 * min(abs(bar.share), 1.0)
        painter.setBrush(QColor(colors.diverging[0 if bar.share < 0 else -1]))
        if reach > 0.5:
            left = middle - reach if bar.share < 0 else middle
            painter.drawRoundedRect(QRectF(left, track.top(), reach, _BAR_PX), 2, 2)
        painter.setPen(QPen(colors.color("text_3"), 1))
        painter.drawLine(int(middle), int(track.top()) - 3, int(middle), int(track.bottom()) + 3)
        painter.setFont(sized(self.font(), 9.0))
        painter.setPen(colors.color("text"))
        painter.drawText(
            QRectF(box.right() - _FIGURE_PX, box.top(), _FIGURE_PX, box.height()), _RIGHT, bar.figure
        )

    def _write_name(self, painter: QPainter, bar: EffectBar, box: QRectF) -> None:
        """Write the name and, at its right, the value, which is never cut."""
        colors = theme.current()
        painter.setFont(sized(self.font(), 9.0))
        value = painter.fontMetrics().elidedText(
            bar.value, Qt.TextElideMode.ElideRight, int(box.width() * 0.6)
        )
        painter.setPen(colors.color("text_2"))
        painter.drawText(box, _RIGHT, value)
        room = box.width() - QFontMetricsF(painter.font()).horizontalAdvance(value) - 8
        painter.setFont(sized(self.font(), 10.0))
        painter.setPen(colors.color("text"))
        name = QFontMetricsF(painter.font()).elidedText(bar.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, _LEFT, name)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self._bars:
            place = event.pos().y() // _PITCH_PX
            bar = self._bars[place] if place < len(self._bars) else None
            words = f"{bar.name} {bar.value}: {bar.figure}" if bar is not None else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)
