"""Painting: a few strokes that several widgets draw the same way."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen


def rounded(
    painter: QPainter,
    rect: QRect,
    *,
    fill: QColor | None = None,
    line: QColor | None = None,
    width: float = 1.0,
    radius: float = 8.0,
    dashed: bool = False,
) -> None:
    """Draw a rounded box whose line lies on whole pixels."""
    pen = QPen(line, width) if line is not None else QPen(Qt.PenStyle.NoPen)
    if dashed:
        pen.setStyle(Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([4.0, 3.0])
    painter.setPen(pen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    inset = width / 2
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius)


def text(
    painter: QPainter,
    rect: QRect,
    words: str,
    color: QColor,
    *,
    font: QFont | None = None,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Draw one line of text, elided where it does not fit, in the middle of the height."""
    if font is not None:
        painter.setFont(font)
    painter.setPen(color)
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, align | Qt.AlignmentFlag.AlignVCenter, shown)


def paragraph(painter: QPainter, rect: QRect, words: str, color: QColor, font: QFont) -> None:
    """Draw text in as many lines as it takes."""
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(rect, Qt.TextFlag.TextWordWrap, words)


def sized(font: QFont, points: float, bold: bool = False) -> QFont:
    """Return ``font`` in another size and weight."""
    changed = QFont(font)
    changed.setPointSizeF(points)
    changed.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return changed
