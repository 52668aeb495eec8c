"""Legend: the colours of a map with what their ends mean."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnstudio.ui import theme
from nnstudio.ui.prediction.fonts import sized

_BAR_PX, _HEIGHT_PX = 10, 44
_TEXT_PX = 15


class Legend(QWidget):
    """A bar from the blue end over nothing to the orange one; words below, figures under them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("What the colours mean")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._words = ("", "")
        self._figures = ("", "")

    @property
    def words(self) -> tuple[str, str]:
        """What the blue and the orange end mean."""
        return self._words

    def show_ends(self, words: tuple[str, str], figures: tuple[str, str]) -> None:
        """Show what blue and orange mean, and how much their full colours are."""
        self._words, self._figures = words, figures
        self.setAccessibleDescription(f"Blue: {words[0]} {figures[0]}. Orange: {words[1]} {figures[1]}.")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(240, _HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(160, _HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        colors = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            bar = QRectF(0.5, 0.5, self.width() - 1, _BAR_PX)
            gradient = QLinearGradient(bar.topLeft(), bar.topRight())
            for place, stop in enumerate(colors.diverging):
                gradient.setColorAt(place / (len(colors.diverging) - 1), stop)
            painter.setPen(QPen(colors.color("line"), 1))
            painter.setBrush(gradient)
            painter.drawRoundedRect(bar, 3, 3)
            painter.setFont(sized(self.font(), 8.5))
            for line, texts in enumerate((self._figures, self._words)):
                self._write(painter, _BAR_PX + 3 + line * _TEXT_PX, texts, "text" if line else "text_2")

    def _write(self, painter: QPainter, y: float, texts: tuple[str, str], role: str) -> None:
        painter.setPen(theme.current().color(role))
        half = self.width() / 2
        left = QRectF(0, y, half - 4, _TEXT_PX)
        elide = Qt.TextElideMode.ElideRight
        sides = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)
        for box, text, side in zip((left, left.translated(half + 4, 0)), texts, sides, strict=True):
            shown = painter.fontMetrics().elidedText(text, elide, int(half) - 4)
            painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() is QEvent.Type.PaletteChange:
            self.update()
