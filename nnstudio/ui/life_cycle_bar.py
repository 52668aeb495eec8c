"""LifeCycleBar: the stages from data to prediction as tabs, each with a line that says how it stands."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QTabBar, QWidget

from nnstudio.ui import theme
from nnstudio.ui.icons import paint_icon
from nnstudio.ui.painting import sized

_HEIGHT_PX = 48
_WIDTH_PX = 196
_LEAST_WIDTH_PX = 150
_ICON_PX = 18
_RADIUS_PX = 8.0
_SIGN_PX = 12
_CHEVRON_PX = 6
_SIGNS = {"error": "error", "warning": "warning", "busy": "training"}
_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_SIGN_ROLES = {"error": "error", "warning": "warning", "busy": "accent"}


@dataclass(frozen=True)
class StageLine:
    """The second line of a tab; ``tone`` is "plain", "busy", "warning" or "error"."""

    text: str
    tone: str = "plain"


class LifeCycleBar(QTabBar):
    """Tabs that are painted by us: icon, title, state line, a chevron between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._by_keyboard = False
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Stages")

    def add_stage(self, title: str, icon_name: str) -> int:
        """Add a tab; its icon's name is kept as the tab's data."""
        index = self.addTab(title)
        self.setTabData(index, (icon_name, StageLine("")))
        return index

    def show_line(self, index: int, line: StageLine) -> None:
        """Show how a stage stands, also to screen readers."""
        icon_name, before = self.tabData(index)
        if line == before:
            return
        self.setTabData(index, (icon_name, line))
        self.setAccessibleTabName(index, f"{self.tabText(index)}: {line.text}")
        self.update()

    def tabSizeHint(self, index: int) -> QSize:  # noqa: N802
        return QSize(_WIDTH_PX, _HEIGHT_PX)

    def minimumTabSizeHint(self, index: int) -> QSize:  # noqa: N802
        return QSize(_LEAST_WIDTH_PX, _HEIGHT_PX)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        self._by_keyboard = event.reason() in _KEYBOARD
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for index in range(self.count()):
                self._paint_tab(painter, index)
            for index in range(1, self.count()):
                self._paint_chevron(painter, index)

    def _paint_tab(self, painter: QPainter, index: int) -> None:
        rect = self.tabRect(index)
        active = index == self.currentIndex()
        if active:
            self._paint_ground(painter, rect)
        colors = theme.current()
        icon_name, line = self.tabData(index)
        left = rect.left() + 18
        box = QRectF(left, rect.center().y() - _ICON_PX / 2 + 1, _ICON_PX, _ICON_PX)
        paint_icon(painter, icon_name, box, colors.color("text" if active else "text_2"))
        self._paint_words(painter, rect.adjusted(18 + _ICON_PX + 10, 0, -6, 0), index, line)

    def _paint_words(self, painter: QPainter, rect: QRect, index: int, line: StageLine) -> None:
        colors = theme.current()
        painter.setFont(sized(self.font(), 10.0, bold=True))
        painter.setPen(colors.color("text"))
        upper = QRect(rect.left(), rect.top() + 6, rect.width(), 19)
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, self.tabText(index))
        lower = QRect(rect.left(), rect.top() + 25, rect.width(), 16)
        role = _SIGN_ROLES.get(line.tone, "text_2")
        if line.tone in _SIGNS:
            box = QRectF(lower.left(), lower.center().y() - _SIGN_PX / 2 + 1, _SIGN_PX, _SIGN_PX)
            paint_icon(painter, _SIGNS[line.tone], box, colors.color(role))
            lower.setLeft(lower.left() + _SIGN_PX + 4)
        painter.setFont(sized(self.font(), 8.5))
        painter.setPen(colors.color(role))
        words = painter.fontMetrics().elidedText(line.text, Qt.TextElideMode.ElideRight, lower.width())
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_ground(self, painter: QPainter, rect: QRect) -> None:
        colors = theme.current()
        shape = QRectF(rect).adjusted(0.5, 0.5, -0.5, _RADIUS_PX)
        painter.setPen(QPen(colors.color("line"), 1))
        painter.setBrush(colors.color("surface"))
        painter.drawRoundedRect(shape, _RADIUS_PX, _RADIUS_PX)
        accent: QColor = colors.color("accent")
        painter.fillRect(QRectF(rect.left() + 10, rect.top(), rect.width() - 20, 2), accent)
        if self.hasFocus() and self._by_keyboard:
            painter.setPen(QPen(accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(4, 5, -4, -3), 5, 5)

    def _paint_chevron(self, painter: QPainter, index: int) -> None:
        """Point from the tab before to this one, beside the ground of the active one."""
        painter.setPen(QPen(theme.current().color("text_3"), 1.2))
        rect = self.tabRect(index)
        beside = {index: -_CHEVRON_PX, index - 1: _CHEVRON_PX}.get(self.currentIndex(), 0)
        x, y = rect.left() + 1.0 + beside, rect.center().y() + 0.5
        painter.drawPolyline([QPointF(x - 2, y - 4), QPointF(x + 2, y), QPointF(x - 2, y + 4)])
