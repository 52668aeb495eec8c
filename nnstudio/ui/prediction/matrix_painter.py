"""Matrix painter: draws the face of a confusion matrix into its geometry."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QLinearGradient, QPainter, QPen

from nnstudio.ui import theme
from nnstudio.ui.prediction.matrix_colors import ground, ramp, text_on
from nnstudio.ui.prediction.matrix_face import MatrixFace
from nnstudio.ui.prediction.matrix_geometry import LEGEND_PX, SCORES, MatrixGeometry, Place
from nnstudio.ui.widgets import figures_font

_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_BAR_PX = 72
_BAR_HEIGHT_PX = 8
_CELL_POINTS = (9.0, 8.5, 8.0, 7.5, 7.0)
_TITLES = {"precision": "Precision", "recall": "Recall", "f1": "F1"}


def sized(font: QFont, points: float, strong: bool = False) -> QFont:
    """Return ``font`` in another size, semibold or regular, its digits of equal width."""
    changed = figures_font(font)
    changed.setPointSizeF(points)
    changed.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return changed


def fitting_points(font: QFont, text: str, width: float, height: float) -> float | None:
    """Return the largest legible size in which ``text`` fits; None where there is none."""
    for points in _CELL_POINTS:
        metrics = QFontMetricsF(sized(font, points, strong=True))
        if metrics.horizontalAdvance(text) <= width and metrics.capHeight() + 3 <= height:
            return points
    return None


@dataclass
class MatrixPainter:
    """Paints one matrix with one painter; ``clip`` spares the cells that are not in view."""

    painter: QPainter
    font: QFont
    face: MatrixFace
    geometry: MatrixGeometry
    clip: QRect

    def paint(self, upright: bool) -> None:
        """Paint all but frames; ``upright`` turns the names of the columns."""
        self._paint_axes()
        self._paint_names(upright)
        self._paint_cells()
        self._paint_sums()
        self._paint_scores()
        self._paint_legend()

    def paint_frame(self, place: Place, role: str) -> None:
        """Paint a frame of two pixels around a cell, a row or a column."""
        self.painter.setPen(QPen(theme.current().color(role), 2))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = min(5.0, self.geometry.pitch / 4)
        self.painter.drawRoundedRect(self.geometry.span(*place), radius, radius)

    def paint_focus(self, place: Place) -> None:
        """Paint where the keyboard is."""
        self.painter.setPen(QPen(theme.current().color("accent"), 2))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        box = self.geometry.cell(*place).adjusted(1, 1, -1, -1)
        self.painter.drawRoundedRect(box, self._radius, self._radius)

    def paint_hover(self, place: Place) -> None:
        """Mark the name or cell under the pointer."""
        box = self.geometry.cell(*place)
        self.painter.setPen(QPen(theme.current().color("text_3"), 1))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), self._radius, self._radius)

    @property
    def _radius(self) -> float:
        return 4.0 if self.geometry.pitch >= 20 else 2.0

    def _write(self, box: QRectF, text: str, role: str, align: Qt.AlignmentFlag = _CENTRE) -> None:
        self.painter.setPen(theme.current().color(role))
        self.painter.drawText(box, align, text)

    def _paint_axes(self) -> None:
        geometry, across = self.geometry, self.geometry.classes * self.geometry.pitch
        self.painter.setFont(sized(self.font, 8.5))
        self._write(QRectF(geometry.left, 0, across, geometry.axis_px), "predicted", "text_3")
        self._write(geometry.sums_head(), "Images" if self._images else "Samples", "text_3", _RIGHT)
        self._write_upright(
            QRectF(0, geometry.top, geometry.axis_px - 4, across), "actual", _CENTRE, "text_3"
        )

    @property
    def _images(self) -> bool:
        return self.face.confusion.noun == "images"

    def _write_upright(self, box: QRectF, text: str, align: Qt.AlignmentFlag, role: str = "text") -> None:
        self.painter.save()
        self.painter.translate(box.left(), box.bottom())
        self.painter.rotate(-90)
        self._write(QRectF(0, 0, box.height(), box.width()), text, role, align)
        self.painter.restore()

    def _paint_names(self, upright: bool) -> None:
        points = min(10.0, max(7.0, self.geometry.pitch * 0.6))
        font = sized(self.font, points, strong=True)
        self.painter.setFont(font)
        metrics = QFontMetricsF(font)
        for index, name in enumerate(self.face.confusion.names):
            beside, above = self.geometry.cell(index, -1), self.geometry.cell(-1, index)
            room = above.height() if upright else above.width() + 2
            short = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
            if upright:
                self._write_upright(above, short, _LEFT)
            else:
                self._write(above.adjusted(-2, 0, 2, 0), short, "text")
            beside = beside.adjusted(0, -1, -8, 1)
            words = metrics.elidedText(name, Qt.TextElideMode.ElideRight, beside.width())
            self._write(beside, words, "text", _RIGHT)

    def _paint_cells(self) -> None:
        rows, columns = (
            self._visible(self.clip.top(), self.clip.bottom(), self.geometry.top),
            self._visible(self.clip.left(), self.clip.right(), self.geometry.left),
        )
        pitch = self.geometry.pitch
        points = fitting_points(self.font, self.face.widest, pitch - 4, pitch - 4)
        plain, strong = (sized(self.font, points or 9.0, weight) for weight in (False, True))
        for row in rows:
            for column in columns:
                self.painter.setFont(strong if row == column else plain)
                self._paint_cell(row, column, points is not None)

    def _visible(self, first: int, last: int, start: float) -> range:
        pitch = self.geometry.pitch
        low = max(0, int((first - start) // pitch))
        return range(low, min(self.geometry.classes, int((last - start) // pitch) + 1))

    def _paint_cell(self, row: int, column: int, legible: bool) -> None:
        box, right = self.geometry.cell(row, column), row == column
        text = self.face.texts[row][column]
        color = ground(int(self.face.levels.table[row, column]), right) if text or right else None
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(color or theme.current().color("base"))
        self.painter.drawRoundedRect(box, self._radius, self._radius)
        if not text:
            self.painter.setBrush(theme.current().color("line_strong"))
            self.painter.drawEllipse(box.center(), 1.0, 1.0)
        elif legible and color is not None:
            self.painter.setPen(text_on(color.rgb()))
            self.painter.drawText(box, _CENTRE, text)

    def _paint_sums(self) -> None:
        self.painter.setFont(sized(self.font, 8.5))
        for row, text in enumerate(self.face.row_sums):
            self._write(self.geometry.row_sum(row), text, "text_2", _RIGHT)
        self._write(self.geometry.below(0, -1), "Read as", "text_2", _LEFT)
        self._write_line(0, self.face.column_sums)

    def _paint_scores(self) -> None:
        y = self.geometry.rule_y()
        self.painter.setPen(QPen(theme.current().color("line"), 1))
        self.painter.drawLine(QPointF(0, y), QPointF(self.geometry.row_sum(0).right(), y))
        for line, name in enumerate(SCORES, start=1):
            self.painter.setFont(sized(self.font, 8.5))
            self._write(self.geometry.below(line, -1), _TITLES[name], "text_2", _LEFT)
            digits = 1 if fitting_points(self.font, "98.8", self.geometry.pitch - 1, 20) else 0
            self._write_line(line, self.face.score_texts(name, digits), self.face.scores.worst(name))

    def _write_line(self, line: int, texts: list[str], worst: int | None = None) -> None:
        """Write one text per column where there is room, and the last one at the right in any case."""
        longest = max(texts[:-1], key=len)
        points = fitting_points(self.font, longest, self.geometry.pitch - 1, 20)
        for column, text in enumerate(texts[:-1] if points else []):
            self.painter.setFont(sized(self.font, min(points or 0, 8.5), strong=column == worst))
            self._write(self.geometry.below(line, column), text, "warning" if column == worst else "text")
        self.painter.setFont(sized(self.font, 8.5, strong=line > 0))
        role = "text" if line else "text_2"
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
