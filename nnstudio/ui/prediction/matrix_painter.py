"""Matrix painter: draws the face of a confusion matrix into its geometry."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from nnstudio.ui import theme
from nnstudio.ui.prediction.fonts import LEAST_POINTS, fitting_points, most_letters, name_points, sized
from nnstudio.ui.prediction.matrix_colors import cell_colors, ground, text_on
from nnstudio.ui.prediction.matrix_face import MatrixFace
from nnstudio.ui.prediction.matrix_foot import MatrixFoot
from nnstudio.ui.prediction.matrix_geometry import NAMED_PX, MatrixGeometry, Place
from nnstudio.ui.prediction.matrix_outline import outline
from nnstudio.ui.prediction.matrix_selection import Places, mask_of

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
        self.paint_cells()
        self.paint_margins(upright)

    def paint_cells(self) -> None:
        """Paint the cells; those too small for a gap as one image."""
        if self.geometry.gap:
            self._paint_each_cell()
            return
        colors = cell_colors(self.face.levels, self.face.counts)
        across = self.geometry.classes * self.geometry.pitch
        self.painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        self.painter.drawImage(QRectF(self.geometry.left, self.geometry.top, across, across), colors)

    def paint_chosen(self, places: Places) -> None:
        """Paint a line around all cells that some places stand for."""
        if not places:
            return
        geometry = self.geometry
        self.painter.save()
        self.painter.setClipRect(QRectF(geometry.names_right - 2, geometry.names_bottom - 2, 1e6, 1e6))
        self.painter.setPen(QPen(theme.current().color("text"), 2))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        if len(places) == 1:
            radius = min(5.0, geometry.pitch / 4)
            self.painter.drawRoundedRect(geometry.span(*next(iter(places))), radius, radius)
        else:
            self.painter.drawLines(outline(mask_of(places, geometry.classes), geometry))
        self.painter.restore()

    def paint_margins(self, upright: bool) -> None:
        """Paint names, sums, scores and colour bars."""
        foot = MatrixFoot(self.painter, self.font, self.face, self.geometry)
        foot.paint()
        self._paint_pinned()
        self._paint_axes()
        self._paint_names(upright)
        foot.paint_titles()

    def _paint_pinned(self) -> None:
        """Paint the ground of names that lie over cells."""
        geometry, ground_color = self.geometry, theme.current().color("surface")
        right, down = geometry.pinned
        if down:
            self.painter.fillRect(QRectF(0, down, 1e6, geometry.top), ground_color)
        if right:
            self.painter.fillRect(QRectF(right, 0, geometry.left, 1e6), ground_color)

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
        geometry = self.geometry
        self.painter.setFont(sized(self.font, 8.5))
        self._write(geometry.axis_across(), "predicted", "text_3")
        self._write(geometry.sums_head(), "Images" if self._images else "Samples", "text_3", _RIGHT)
        self._write_upright(geometry.axis_down(), "actual", _CENTRE, "text_3")

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
        metrics, geometry = QFontMetricsF(font), self.geometry
        # Where not all names fit, every third, say, stands for its neighbours.
        step = max(1, ceil(NAMED_PX / geometry.pitch))
        for index in range(0, geometry.classes, step):
            name = self.face.confusion.names[index]
            beside, above = geometry.cell(index, -1), geometry.cell(-1, index)
            grown = max(0.0, (NAMED_PX - geometry.pitch) / 2)
            if above.left() >= geometry.names_right - 1:
                above.adjust(-grown, 0, grown, 0)
                room = above.height() if upright else above.width() + 2
                short = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
                if upright:
                    self._write_upright(above, short, _LEFT)
                else:
                    self._write(above.adjusted(-2, 0, 2, 0), short, "text")
            if beside.top() >= geometry.names_bottom - 1:
                beside.adjust(0, -1 - grown, -8, 1 + grown)
                words = metrics.elidedText(name, Qt.TextElideMode.ElideRight, beside.width())
                self._write(beside, words, "text", _RIGHT)

    @staticmethod
    def legible(font: QFont, face: MatrixFace, geometry: MatrixGeometry) -> bool:
        """Return whether the numbers of all cells fit."""
        room = geometry.pitch - 4
        return fitting_points(font, face.widest, room, room) is not None

    def _paint_each_cell(self) -> None:
        rows, columns = (
            self._visible(self.clip.top(), self.clip.bottom(), self.geometry.top),
            self._visible(self.clip.left(), self.clip.right(), self.geometry.left),
        )
        room = self.geometry.pitch - 4
        points = fitting_points(self.font, self.face.widest, room, room) or LEAST_POINTS
        plain, strong = (sized(self.font, points, weight) for weight in (False, True))
        letters = most_letters(strong, room)
        for row in rows:
            for column in columns:
                self.painter.setFont(strong if row == column else plain)
                self._paint_cell(row, column, letters)

    def _visible(self, first: int, last: int, start: float) -> range:
        pitch = self.geometry.pitch
        low = max(0, int((first - start) // pitch))
        return range(low, min(self.geometry.classes, int((last - start) // pitch) + 1))

    def _paint_cell(self, row: int, column: int, letters: int) -> None:
        box, right = self.geometry.cell(row, column), row == column
        text = self.face.texts[row][column]
        color = ground(int(self.face.levels.table[row, column]), right) if text or right else None
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(color or theme.current().color("base"))
        self.painter.drawRoundedRect(box, self._radius, self._radius)
        if not text and self.geometry.pitch >= _DOTS_FROM_PX:
            self.painter.setBrush(theme.current().color("line_strong"))
            self.painter.drawEllipse(box.center(), 1.0, 1.0)
        elif color is not None and 0 < len(text) <= letters:
            self.painter.setPen(text_on(color.rgb()))
            self.painter.drawText(box, _CENTRE, text)
