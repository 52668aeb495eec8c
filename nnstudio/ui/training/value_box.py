"""ValueBox: the values of the curves under the mouse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnstudio.ui import theme
from nnstudio.ui.painting import rounded, sized
from nnstudio.ui.training.value_axis import BOTTOM_PX, LEFT_PX
from nnstudio.ui.widgets import figures_font

_PAD_PX, _MARGIN_PX = 10, 8
_KEY_PX = 12
_LEAST_WIDTH_PX = 138
Line = tuple[str, str, str]


class ValueBox(QWidget):
    """Lies on a plot, on the side where the mouse is not; a line is a name, a colour or its role, a value."""

    def __init__(self, plot: QWidget) -> None:
        super().__init__(plot)
        self._plot = plot
        self._title = ""
        self._lines: Sequence[Line] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def text(self) -> str:
        """All that it says."""
        return "\n".join((self._title, *(f"{name} {value}" for name, _, value in self._lines)))

    def show_values(self, title: str, lines: Sequence[Line], *, at_left: bool, at_bottom: bool) -> None:
        """Show a title and a line per curve, in a corner of the plot."""
        self._title, self._lines = title, lines
        self.setAccessibleName(self.text)
        metrics = QFontMetrics(self._font(bold=True))
        widest = max(metrics.horizontalAdvance(f"{name}  {value}") for name, _, value in lines)
        width = max(_LEAST_WIDTH_PX, widest + 2 * _PAD_PX + _KEY_PX + 8)
        height = 2 * _MARGIN_PX + (len(lines) + 1) * self._line_px()
        left = LEFT_PX + _MARGIN_PX if at_left else self._plot.width() - width - _MARGIN_PX
        top = self._plot.height() - height - BOTTOM_PX - _MARGIN_PX if at_bottom else _MARGIN_PX
        self.setGeometry(left, top, width, height)
        self.show()
        self.update()

    def _font(self, bold: bool = False) -> QFont:
        return figures_font(sized(self.font(), 9.0, bold))

    def _line_px(self) -> int:
        return QFontMetrics(self._font()).height() + 2

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        colors = theme.current()
        step = self._line_px()
        line = QRect(_PAD_PX, _MARGIN_PX, self.width() - 2 * _PAD_PX, step)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rounded(
                painter, self.rect(), fill=colors.color("base"), line=colors.color("line_strong"), radius=6
            )
            painter.setFont(self._font(bold=True))
            painter.setPen(colors.color("text"))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self._title)
            for name, role, value in self._lines:
                line.translate(0, step)
                painter.fillRect(QRectF(line.left(), line.center().y(), _KEY_PX, 2), _color(role))
                painter.setFont(self._font())
                painter.setPen(colors.color("text_2"))
                painter.drawText(line.adjusted(_KEY_PX + 6, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, name)
                painter.setFont(self._font(bold=True))
                painter.setPen(colors.color("text"))
                right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
                painter.drawText(line, right, value)


def _color(role: str) -> QColor:
    return QColor(role) if role.startswith("#") else theme.current().color(role)
