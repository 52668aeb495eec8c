"""Notice: a line about how things stand, with a sign and perhaps buttons."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from nnstudio.ui import theme
from nnstudio.ui.icons import paint_icon
from nnstudio.ui.widgets import column, panel, row

_SIGN_PX = 16


def notice(icon_name: str, words: QLabel, *buttons: QPushButton, below: QPushButton | None = None) -> QWidget:
    """Return a card with ``words``, a sign before and buttons behind them; a long one stands below them."""
    loud = icon_name in ("warning", "error")
    ground = panel(icon_name if loud else "card")
    sign = Sign(icon_name, icon_name if loud else "accent")
    layout = QHBoxLayout(ground)
    layout.setContentsMargins(12, 7, 8, 7)
    layout.setSpacing(10)
    layout.addWidget(sign)
    if below is None:
        layout.addWidget(words, 1)
    else:
        layout.addLayout(column(words, row(below, None), space=6), 1)
    for one in buttons:
        layout.addWidget(one)
    return ground


class Sign(QWidget):
    """An icon that follows the theme."""

    def __init__(self, icon_name: str, role: str) -> None:
        super().__init__()
        self._icon_name, self._role = icon_name, role
        self.setFixedSize(_SIGN_PX, _SIGN_PX)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_icon(painter, self._icon_name, QRectF(self.rect()), theme.current().color(self._role))
