"""MatrixFoot: draws what stands beside and under a confusion matrix: sums, scores and colour bars."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QLinearGradient, QPainter, QPen

from nnstudio.ui import theme
from nnstudio.ui.prediction.fonts import fitting_points, sized
from nnstudio.ui.prediction.matrix_colors import ramp
from nnstudio.ui.prediction.matrix_face import MatrixFace
from nnstudio.ui.prediction.matrix_geometry import LEGEND_PX, NAMED_PX, SCORES, MatrixGeometry

_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_BAR_PX = 72
_BAR_HEIGHT_PX = 8
_TITLES = {"precision": "Precision", "recall": "Recall", "f1": "F1"}


@dataclass
class MatrixFoot:
    """Paints the margins of one matrix with one painter."""

    painter: QPainter
    font: QFont
    face: MatrixFace
    geometry: MatrixGeometry

    def paint(self) -> None:
        """Paint sums and scores."""
        self._paint_sums()
        self._paint_scores()

    def paint_titles(self) -> None:
        """Paint what sums and scores are, and the colour bars: what stays in view beside cells."""
        self.painter.setFont(sized(self.font, 8.5))
        for line, title in enumerate(("Read as", *_TITLES.values())):
            self._write(self.geometry.below(line, -1), title, "text_2", _LEFT)
        self._paint_legend()

    def _write(self, box: QRectF, text: str, role: str, align: Qt.AlignmentFlag = _CENTRE) -> None:
        self.painter.setPen(theme.current().color(role))
        self.painter.drawText(box, align, text)

    def _paint_sums(self) -> None:
        self.painter.setFont(sized(self.font, 8.5))
        if self.geometry.pitch >= NAMED_PX:
            for row, text in enumerate(self.face.row_sums):
                self._write(self.geometry.row_sum(row), text, "text_2", _RIGHT)
        self._write_line(0, self.face.column_sums)

    def _paint_scores(self) -> None:
        y = self.geometry.rule_y()
        self.painter.setPen(QPen(theme.current().color("line"), 1))
        self.painter.drawLine(QPointF(0, y), QPointF(self.geometry.row_sum(0).right(), y))
        digits = 1 if fitting_points(self.font, "98.8", self.geometry.pitch - 1, 20) else 0
        texts = {name: self.face.score_texts(name, digits) for name in SCORES}
        points = self._points([text for line in texts.values() for text in line[:-1]])
        for line, name in enumerate(SCORES, start=1):
            self._write_line(line, texts[name], self.face.scores.worst(name), points)

    def _points(self, texts: list[str]) -> float | None:
        """Return the size in which each of the texts fits under its column."""
        return fitting_points(self.font, max(texts, key=len), self.geometry.pitch - 1, 20)

    def _write_line(
        self, line: int, texts: list[str], worst: int | None = None, common: float | None = None
    ) -> None:
        """Write one text per column where there is room, and the last one at the right in any case.

        ``common`` is the size that suits all lines of scores: one of 100 makes no single line smaller.
        """
        points = common or self._points(texts[:-1])
        role = "text" if line else "text_2"
        for column, text in enumerate(texts[:-1] if points else []):
            self.painter.setFont(sized(self.font, min(points or 0, 8.5), strong=column == worst))
            self._write(self.geometry.below(line, column), text, "warning" if column == worst else role)
        self.painter.setFont(sized(self.font, 8.5, strong=line > 0))
        self._write(self.geometry.below(line, self.geometry.classes), texts[-1], role, _RIGHT)

    def _paint_legend(self) -> None:
        colors, levels = theme.current(), self.face.levels
        self.painter.setFont(sized(self.font, 8.5))
        box = self.geometry.legend()
        lowest = f"{100 * levels.lowest:.0f} %"
        x = self._paint_scale(box.left(), box.top(), ("Right", lowest, "100 %"), colors.matrix_right)
        self._paint_scale(x + 24, box.top(), ("Wrong", "0", self.face.most_text), colors.matrix_wrong)

    def _paint_scale(self, x: float, y: float, words: tuple[str, str, str], stops: theme.Ramp) -> float:
        """Paint a title, the low end, a colour bar and the high end; return where they end."""
        title, low, high = words
        x = self._write_at(x, y, f"{title}  {low}") + 6
        bar = QRectF(x, y + (LEGEND_PX - _BAR_HEIGHT_PX) / 2, _BAR_PX, _BAR_HEIGHT_PX)
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        table = ramp(stops)
        for step in range(0, len(table), 15):
            gradient.setColorAt(step / (len(table) - 1), table[step])
        self.painter.setPen(QPen(theme.current().color("line"), 1))
        self.painter.setBrush(gradient)
        self.painter.drawRoundedRect(bar.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        return self._write_at(bar.right() + 6, y, high)

    def _write_at(self, x: float, y: float, text: str) -> float:
        width = QFontMetricsF(self.painter.font()).horizontalAdvance(text)
        self._write(QRectF(x, y, width + 2, LEGEND_PX), text, "text_2", _LEFT)
        return x + width
