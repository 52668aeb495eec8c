"""AnswerLegend: which mark is which class, which colour which value, and what trains and tests."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnstudio.experiments.ground import Ground
from nnstudio.ui import theme
from nnstudio.ui.data.class_colors import class_color
from nnstudio.ui.painting import sized
from nnstudio.ui.training.answer_colors import bar_image, value_color
from nnstudio.ui.training.answer_words import number_words
from nnstudio.ui.training.point_marks import paint_mark, paint_value_mark

_LINE_PX = 20
_MARK_PX, _GAP_PX = 14.0, 14.0
_BAR_PX, _BAR_HIGH_PX = 96.0, 8.0
_PARTS = (("training", True), ("test", False))


class AnswerLegend(QWidget):
    """Two lines: classes or values, and the two parts of the samples."""

    def __init__(self) -> None:
        super().__init__()
        self._ground: Ground | None = None
        self.setFixedHeight(2 * _LINE_PX)

    def show_ground(self, ground: Ground) -> None:
        """Explain the marks of other data."""
        if ground is not self._ground:
            self._ground = ground
            self.setAccessibleName(f"Marks: {', '.join(ground.facts.class_names) or ground.value_name}")
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        ground = self._ground
        if ground is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(sized(self.font(), 9.0))
            if ground.facts.is_classes:
                self._paint_classes(painter, ground)
            elif len(ground.ranges) == 2:
                self._paint_bar(painter, ground)
            self._paint_parts(painter, ground)

    def _paint_classes(self, painter: QPainter, ground: Ground) -> None:
        left = 0.0
        for index, name in enumerate(ground.facts.class_names):
            place = QPointF(left + _MARK_PX / 2, _LINE_PX / 2)
            paint_mark(painter, place, index, class_color(index), filled=True, size=9.0)
            left = self._paint_words(painter, name, left + _MARK_PX + 4, 0) + _GAP_PX
            if left > self.width() - 3 * _MARK_PX and index < ground.facts.classes - 1:
                self._paint_words(painter, "…", left, 0)
                return

    def _paint_bar(self, painter: QPainter, ground: Ground) -> None:
        low, high = (number_words(value) for value in ground.values)
        left = self._paint_words(painter, f"{ground.value_name} {low}", 0.0, 0) + 8
        bar = QRectF(left, (_LINE_PX - _BAR_HIGH_PX) / 2, _BAR_PX, _BAR_HIGH_PX)
        painter.drawImage(bar, bar_image(0))
        painter.setPen(theme.current().color("line_strong"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar)
        self._paint_words(painter, high, left + _BAR_PX + 8, 0)

    def _paint_parts(self, painter: QPainter, ground: Ground) -> None:
        left, middle = 0.0, 1.5 * _LINE_PX
        colors = theme.current()
        for name, trains in _PARTS:
            place = QPointF(left + _MARK_PX / 2, middle)
            if ground.facts.is_classes:
                paint_mark(painter, place, 0, colors.color("text_2"), filled=trains, size=9.0)
            elif len(ground.ranges) == 2:
                color = value_color(sum(ground.values) / 2, ground.values)
                paint_value_mark(painter, place, color, tests=not trains, size=9.0)
            else:
                color = colors.color("training" if trains else "validation")
                paint_mark(painter, place, int(not trains), color, filled=trains, size=9.0)
            left = self._paint_words(painter, name, left + _MARK_PX + 4, _LINE_PX) + _GAP_PX

    def _paint_words(self, painter: QPainter, words: str, left: float, top: float) -> float:
        """Paint words from ``left``; return where they end."""
        painter.setPen(theme.current().color("text_2"))
        width = min(painter.fontMetrics().horizontalAdvance(words) + 2.0, max(0.0, self.width() - left))
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(width) + 1)
        painter.drawText(QRectF(left, top, width + 2, _LINE_PX), Qt.AlignmentFlag.AlignVCenter, shown)
        return left + width
