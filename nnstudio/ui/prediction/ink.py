"""Ink: draws the paper of the pad and the lines on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from nnstudio.data.arrays import Floats
from nnstudio.ui import theme
from nnstudio.ui.prediction.sketch import PAD, PEN

_RADIUS_PX = 8.0
_DOT = QPointF(0.01, 0)  # a line without length would leave nothing


def paint_paper(painter: QPainter, rect: QRect, focus: bool) -> None:
    """Draw the empty pad; a pad with the keyboard has a stronger border."""
    colors = theme.current()
    inset = 1.0 if focus else 0.5
    painter.setPen(QPen(colors.color("accent" if focus else "line_strong"), 2 * inset))
    painter.setBrush(colors.color("base"))
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), _RADIUS_PX, _RADIUS_PX)


def paint_ink(painter: QPainter, lines: Sequence[Floats], rect: QRect) -> None:
    """Draw ``lines``, each (n, 2) in units of the pad, as the pen did; without any, an invitation."""
    if not lines:
        painter.setPen(theme.current().color("text_3"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, "Draw a digit here")
        return
    paper = QPainterPath()
    paper.addRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), _RADIUS_PX, _RADIUS_PX)
    painter.setClipPath(paper)
    painter.scale(rect.width() / PAD, rect.width() / PAD)
    ends = (Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(QPen(theme.current().color("ink"), PEN, *ends))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for line in lines:
        points = [QPointF(x, y) for x, y in line.tolist()]
        painter.drawPolyline(QPolygonF([*points, points[-1] + _DOT]))
