"""ShareBar: a thin bar that says how far something is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnstudio.ui import theme

_BAR_PX, _RADIUS_PX = 6, 3.0


class ShareBar(QWidget):
    """Filled from the left; accented while work goes on."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.share, self._busy = 0.0, False
        self.setFixedHeight(_BAR_PX)
        self.setAccessibleName(name)

    def show_share(self, share: float, *, busy: bool) -> None:
        """Show a share, 0 to 1."""
        if (share, busy) != (self.share, self._busy):
            self.share, self._busy = min(max(share, 0.0), 1.0), busy
            self.setAccessibleName(f"{self._name}: {100 * self.share:.0f} %")
            self.setToolTip(f"{100 * self.share:.0f} %")
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        colors, box = theme.current(), QRectF(self.rect())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.color("sunken"))
            painter.drawRoundedRect(box, _RADIUS_PX, _RADIUS_PX)
            if self.share > 0.0:
                painter.setBrush(colors.color("accent" if self._busy else "text_3"))
                box.setWidth(max(box.width() * self.share, 2 * _RADIUS_PX))
                painter.drawRoundedRect(box, _RADIUS_PX, _RADIUS_PX)
