"""Matrix painter: draws the face of a confusion matrix into its geometry."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from nnstudio.ui import theme
from nnstudio.ui.prediction.fonts import fitting_points, name_points, sized
from nnstudio.ui.prediction.matrix_colors import ground, text_on
from nnstudio.ui.prediction.matrix_face import MatrixFace
from nnstudio.ui.prediction.matrix_foot import MatrixFoot
from nnstudio.ui.prediction.matrix_geometry import MatrixGeometry, Place

_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_DOTS_FROM_PX = 20


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
        MatrixFoot(self.painter, self.font, self.face, self.geometry).paint()

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
        font = sized(self.font, name_points(self.geometry.pitch), strong=True)
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
        if not text and self.geometry.pitch >= _DOTS_FROM_PX:
            self.painter.setBrush(theme.current().color("line_strong"))
            self.painter.drawEllipse(box.center(), 1.0, 1.0)
        elif text and legible and color is not None:
            self.painter.setPen(text_on(color.rgb()))
            self.painter.drawText(box, _CENTRE, text)
