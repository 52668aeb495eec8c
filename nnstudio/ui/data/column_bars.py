"""ColumnBars: how often the values of one column occur, stacked by class."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from nnstudio.data.statistics import ColumnStatistics
from nnstudio.ui import theme
from nnstudio.ui.data.class_colors import MOST_COLORS, class_color
from nnstudio.ui.data.value_bars import number
from nnstudio.ui.painting import sized, text
from nnstudio.ui.widgets import figures_font

_PLOT_PX, _FOOT_PX, _GAP_PX, _LEGEND_PX = 72, 18, 1, 18
_DOT_PX = 8


class ColumnBars(QWidget):
    """A bar per range of numbers or per name, with a legend of the classes where they are few."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("How often the values of the column occur")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._found: ColumnStatistics | None = None
        self._names: tuple[str, ...] = ()

    def show_statistics(self, found: ColumnStatistics | None, names: tuple[str, ...]) -> None:
        """Show other counts, or none yet; ``names`` are the classes."""
        self._found, self._names = found, names
        words = "" if found is None else ", ".join(map(self.words, range(found.bars.shape[1])))
        self.setAccessibleDescription(words)
        self.updateGeometry()
        self.update()

    def words(self, place: int) -> str:
        """Say what one bar counts: "20 to 25: 14, of them 10 no, 4 yes"."""
        found = self._found
        if found is None or not 0 <= place < found.bars.shape[1]:
            return ""
        counts = found.bars[:, place]
        if not found.names:
            step = (found.high - found.low) / found.bars.shape[1]
            low = found.low + place * step
            what = f"{number(low)} to {number(low + step)}"
        else:
            what = found.names[place]
        said = f"{what}: {int(counts.sum()):,}"
        if len(counts) < 2:
            return said
        of = (f"{int(count):,} {name}" for count, name in zip(counts, self._names, strict=True) if count)
        return f"{said}, of them {', '.join(of)}" if counts.any() else said

    @property
    def _stacked(self) -> bool:
        """Whether classes are told apart: more than there are colours for are not."""
        return self._found is not None and 1 < len(self._found.bars) <= MOST_COLORS

    def _paint_bars(self, painter: QPainter, found: ColumnStatistics) -> None:
        bars = found.bars if self._stacked else found.bars.sum(axis=0, keepdims=True)
        most, pitch = max(1, int(bars.sum(axis=0).max())), self.width() / bars.shape[1]
        painter.setPen(Qt.PenStyle.NoPen)
        for place in range(bars.shape[1]):
            left, bottom = round(place * pitch), float(_PLOT_PX)
            wide = max(1, round((place + 1) * pitch) - _GAP_PX - left)
            for index, count in enumerate(bars[:, place]):
                high = float(count) * (_PLOT_PX - 2) / most
                high = max(high, 1.0) if count else 0.0
                painter.setBrush(self._color(index))
                painter.drawRect(QRectF(left, bottom - high, wide, high))
                bottom -= high

    def _color(self, index: int) -> object:
        if self._stacked:
            return class_color(index)
        color = theme.current().color("text_3")
        color.setAlphaF(0.62)
        return color

    def _paint_foot(self, painter: QPainter, found: ColumnStatistics) -> None:
        font, color = sized(figures_font(self.font()), 8.5), theme.current().color("text_3")
        foot = QRect(0, _PLOT_PX + 2, self.width(), _FOOT_PX)
        if not found.names:
            text(painter, foot, number(found.low), color, font=font)
            text(painter, foot, number(found.high), color, font=font, align=Qt.AlignmentFlag.AlignRight)
            return
        pitch = self.width() / len(found.names)
        for place, name in enumerate(found.names):
            box = QRect(round(place * pitch), foot.top(), max(1, round(pitch) - 2), _FOOT_PX)
            text(painter, box, name, color, font=font, align=Qt.AlignmentFlag.AlignHCenter)

    def _paint_legend(self, painter: QPainter) -> None:
        font, left = sized(self.font(), 8.5), 0
        painter.setFont(font)
        for index, name in enumerate(self._names):
            painter.setFont(font)
            wide = min(painter.fontMetrics().horizontalAdvance(name) + 22, max(0, self.width() - left))
            top = _PLOT_PX + _FOOT_PX + 2
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(class_color(index))
            painter.drawEllipse(QRectF(left, top + (_LEGEND_PX - _DOT_PX) / 2, _DOT_PX, _DOT_PX))
            box = QRect(left + 12, top, wide - 14, _LEGEND_PX)
            text(painter, box, name, theme.current().color("text_2"), font=font)
            left += wide

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(200, _PLOT_PX + _FOOT_PX + (_LEGEND_PX + 2 if self._stacked else 0))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(0, _PLOT_PX, self.width(), 1, theme.current().color("line_strong"))
            if self._found is None or not self._found.bars.any():
                return
            self._paint_bars(painter, self._found)
            self._paint_foot(painter, self._found)
            if self._stacked:
                self._paint_legend(painter)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self._found is not None:
            place = int(event.pos().x() * self._found.bars.shape[1] / max(1, self.width()))
            QToolTip.showText(event.globalPos(), self.words(place), self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() is QEvent.Type.PaletteChange:
            self.update()
