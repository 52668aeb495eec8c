"""Wires: what is drawn between the cards: the wire, the + on it, and the line where a drop would fall."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from nnstudio.ui import theme
from nnstudio.ui.icons import paint_icon
from nnstudio.ui.model.card_layout import GAP_PX

WIRE_LEFT_PX = 26 + 16  # from the card's edge: the wire runs under the middle of the tiles


def paint_wires(painter: QPainter, cards: Sequence[QRect]) -> None:
    """Join each card to the one above it."""
    painter.setPen(QPen(theme.current().color("line_strong"), 1.5))
    for card in cards[1:]:
        x = card.left() + WIRE_LEFT_PX
        painter.drawLine(x, card.top() - GAP_PX, x, card.top() - 1)


def paint_plus(painter: QPainter, rect: QRect) -> None:
    """Draw the + that inserts a layer."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.current().color("accent"))
    painter.drawEllipse(rect)
    paint_icon(painter, "plus", QRectF(rect.adjusted(4, 4, -4, -4)), theme.current().color("on_accent"))


def paint_drop_line(painter: QPainter, card: QRect) -> None:
    """Draw the line above ``card`` where what is dragged would fall."""
    y = card.top() - GAP_PX // 2
    painter.setPen(QPen(theme.current().color("accent"), 2))
    painter.setBrush(theme.current().color("accent"))
    painter.drawLine(card.left(), y, card.right(), y)
    for x in (card.left(), card.right()):
        painter.drawEllipse(QPoint(x, y), 3, 3)
