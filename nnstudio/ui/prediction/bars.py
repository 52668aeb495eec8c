"""Bars: the share of each class as a bar, with its name and its figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from nnstudio.ui import theme
from nnstudio.ui.prediction.fonts import sized
from nnstudio.ui.prediction.guess import Guess

PITCH_PX = 20
_LEAST_PITCH_PX = 16
_BAR_PX = 10
_DENSE_BAR_PX = 8
_FIGURE_PX = 50
_MOST_NAME_PX = 90
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Bar:
    """One row: a share of 0 to 1, its figure in words, and the role of its colour."""

    name: str
    share: float = 0.0
    figure: str = ""
    role: str = "text_3"

    @property
    def strong(self) -> bool:
        """Whether it stands out."""
        return self.role != "text_3"


def bars_of(guess: Guess | None, names: Sequence[str]) -> list[Bar]:
    """Return a bar for each class in their order, the best one in the accent; empty ones without a guess."""
    if guess is None:
        return [Bar(name) for name in names]
    roles = ["accent" if index == guess.best else "text_3" for index in range(len(names))]
    shares = [min(max(float(share), 0.0), 1.0) for share in guess.shares]
    figures = [guess.figure(index) for index in range(len(names))]
    return [Bar(*parts) for parts in zip(names, shares, figures, roles, strict=True)]


class Bars(QWidget):
    """Rows of equal height; they move together a little where the place is low."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._bars: list[Bar] = []

    @property
    def bars(self) -> list[Bar]:
        """What is shown."""
        return self._bars

    def show_bars(self, bars: list[Bar]) -> None:
        """Show other rows."""
        if len(bars) != len(self._bars):
            self.updateGeometry()
        self._bars = bars
        self.setAccessibleDescription(", ".join(f"{bar.name}: {bar.figure}" for bar in bars if bar.figure))
        self.update()

    def _pitch(self) -> float:
        return min(PITCH_PX, self.height() / max(1, len(self._bars)))

    def _name_px(self) -> float:
        metrics = QFontMetricsF(sized(self.font(), 10.0, strong=True))
        widest = max((metrics.horizontalAdvance(bar.name) for bar in self._bars), default=0.0)
        return min(widest, _MOST_NAME_PX) + 10

    def _paint_bar(self, painter: QPainter, bar: Bar, box: QRectF, name_px: float) -> None:
        colors = theme.current()
        font = sized(self.font(), 10.0, strong=bar.strong)
        painter.setFont(font)
        painter.setPen(colors.color("text" if bar.strong else "text_2"))
        elide = Qt.TextElideMode.ElideRight
        name = QFontMetricsF(font).elidedText(bar.name, elide, name_px - 8)
        painter.drawText(box.adjusted(0, -2, 0, 2), _LEFT, name)
        painter.setFont(sized(self.font(), 9.0, strong=bar.strong))
        painter.setPen(colors.color("text" if bar.strong else "text_3"))
        painter.drawText(box.adjusted(0, -2, 0, 2), _RIGHT, bar.figure)
        high = _BAR_PX if box.height() >= PITCH_PX else _DENSE_BAR_PX
        track = QRectF(box.left() + name_px, 0, box.width() - name_px - _FIGURE_PX - 6, high)
        track.moveTop(box.center().y() - high / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.color("sunken"))
        painter.drawRoundedRect(track, 3, 3)
        painter.setBrush(colors.color(bar.role))
        track.setWidth(track.width() * bar.share)
        if bar.share > 0.002:
            painter.drawRoundedRect(track, min(3.0, track.width() / 2), 3)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(200, PITCH_PX * len(self._bars))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(110, _LEAST_PITCH_PX * len(self._bars))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        pitch, name_px = self._pitch(), self._name_px()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for index, bar in enumerate(self._bars):
                box = QRectF(0, index * pitch, self.width(), pitch)
                if box.intersects(QRectF(event.rect())):
                    self._paint_bar(painter, bar, box, name_px)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self._bars:
            index = int(event.pos().y() / self._pitch())
            bar = self._bars[index] if index < len(self._bars) else Bar("")
            QToolTip.showText(event.globalPos(), f"{bar.name}: {bar.figure}" if bar.figure else "", self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() is QEvent.Type.PaletteChange:
            self.update()
