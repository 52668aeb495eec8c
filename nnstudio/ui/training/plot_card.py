"""PlotCard: the curves of one figure, the loss or a metric, on a card with its newest values."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnstudio.engine.metrics import figure_title, is_share
from nnstudio.experiments.curves import NO_CURVES, CurveMaker, Curves, value_at
from nnstudio.experiments.history import History
from nnstudio.ui import theme
from nnstudio.ui.painting import sized
from nnstudio.ui.training.curve_plot import CurvePlot
from nnstudio.ui.training.curve_view import CurveView
from nnstudio.ui.training.ticks import figure_words
from nnstudio.ui.training.value_box import ValueBox
from nnstudio.ui.widgets import figures_font, panel

RATE = "learning_rate"
_HEAD_PX = 20
_DOT_PX = 8.0
_GAP_PX = 12.0
_MOST_NEW = 2**17  # batches that are looked at in one go, in about 20 ms


class PlotCard(QWidget):
    """A title, the values at the ends of the curves, the plot, and a box with the values under the mouse.

    Signals:
        hovered(x): The mouse or the keyboard points at this x, nan when it leaves.
    """

    hovered = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = ""
        self.curves: Curves = NO_CURVES
        self._maker: CurveMaker | None = None
        self._stays = False  # what is shown, until all is worked out anew
        self.head = _Head()
        self.plot = CurvePlot()
        self.plot.hovered.connect(self.hovered)
        card = panel("card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(14, 9, 14, 8)
        layout.setSpacing(6)
        layout.addWidget(self.head)
        layout.addWidget(self.plot, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)
        self.box = ValueBox(self.plot)

    @property
    def percent(self) -> bool:
        """Whether the values are shares that are shown as percentages."""
        return is_share(self.name)

    def show_name(self, name: str) -> None:
        """Show another column of the history."""
        if name != self.name:
            self.name = name
            self.head.show_title(figure_title(name))
            self.plot.setAccessibleName(f"Curves of {figure_title(name)}")

    @property
    def behind(self) -> bool:
        """Whether there are more batches to look at, by preparing again."""
        return self._maker is not None and self._maker.behind

    def prepare(self, history: History, view: CurveView) -> None:
        """Work out the curves; nothing is drawn yet.

        A record of millions takes several goes. Where only the smoothing is another one, what was shown
        stays until the last of them.
        """
        wanted = (history, self.name, 0.0 if self.name == RATE else view.smoothing)
        maker = self._maker
        if maker is None or maker.made_of != wanted:
            self._stays = maker is not None and maker.made_of[:2] == wanted[:2]
            maker = self._maker = CurveMaker(*wanted)
        curves = maker.curves(view.axis, _MOST_NEW)
        if not (self._stays and maker.behind):
            self.curves, self._stays = curves, False

    def draw(self, view: CurveView, end: float | None) -> None:
        """Draw the curves that were prepared, x from 0 to ``end``, or as far as it goes now."""
        self.plot.show_kind(log=view.log and self.name == "loss", percent=self.percent)
        self.plot.show_curves(self.curves, end, no_outliers=view.no_outliers)

    def show_words(self) -> None:
        """Write the values at the ends of the curves."""
        ends = (float(ys[-1]) if len(ys) else math.nan for ys in (self.curves.smooth, self.curves.checked))
        self.head.show_values(*(self.value_words(value) for value in ends))

    def show_cross(self, x: float, title: str) -> None:
        """Show the cross-line at ``x`` and the values there; nan hides them."""
        self.plot.show_cross(x)
        curves = self.curves
        if math.isnan(x) or not len(curves.x):
            self.box.hide()
            return
        lines: tuple[tuple[str, str, float], ...] = (
            ("Training", "training", value_at(curves.x, curves.smooth, x)),
            ("This batch", "training_raw", value_at(curves.x, curves.raw, x)),
            ("Validation", "validation", value_at(curves.checked_x, curves.checked, x)),
        )
        low, high = self.plot.getViewBox().viewRange()[0]
        lines = (("Learning rate", "training", lines[1][2]),) if self.name == RATE else lines
        words = [(name, role, self.value_words(value)) for name, role, value in lines]
        words += [
            (name, color, self.value_words(value)) for name, color, value in self.plot.others.values_at(x)
        ]
        words += [(mark, "line_strong", "") for mark in self.plot.marks_at(x)]
        self.box.show_values(title, words, at_left=x > (low + high) / 2, at_bottom=self.percent)

    def value_words(self, value: float) -> str:
        """Return a value as it is written beside the plot."""
        if not math.isfinite(value):
            return "–"
        if self.name == RATE:
            return f"{value:.4g}"
        return f"{100 * value:.2f} %" if self.percent else figure_words(value)


class _Head(QWidget):
    """The line above a plot, painted: live numbers must not move the layout."""

    def __init__(self) -> None:
        super().__init__()
        self._title = self._now = self._last = ""
        self.setMinimumHeight(_HEAD_PX)

    def show_title(self, title: str) -> None:
        """Show another title."""
        self._title = title
        self.setAccessibleName(title)
        self.update()

    def show_values(self, now: str, last: str) -> None:
        """Show the newest values of training and validation."""
        if (now, last) != (self._now, self._last):
            self._now, self._last = now, last
            self.setAccessibleDescription(f"Training now {now}, validation last {last}")
            self.setToolTip("now: training, smoothed; last: validation after the newest complete epoch")
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        colors = theme.current()
        right = float(self.width())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for words, value, role in (("last", self._last, "validation"), ("now", self._now, "training")):
                right = self._paint_value(painter, right, words, value, role) - _GAP_PX
            painter.setFont(sized(self.font(), 10.0, bold=True))
            painter.setPen(colors.color("text"))
            box = QRectF(0, 0, right, self.height())
            title = painter.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, int(right))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, title)

    def _paint_value(self, painter: QPainter, right: float, words: str, value: str, role: str) -> float:
        """Paint "● now 0.0241" so that it ends at ``right``; return where it begins."""
        colors = theme.current()
        strong, plain = figures_font(sized(self.font(), 9.0, bold=True)), sized(self.font(), 9.0)
        for font, text, color in ((strong, value, "text"), (plain, words, "text_2")):
            width = QFontMetricsF(font).horizontalAdvance(text)
            painter.setFont(font)
            painter.setPen(colors.color(color))
            painter.drawText(
                QRectF(right - width - 1, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, text
            )
            right -= width + 5
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.color(role))
        painter.drawEllipse(QRectF(right - _DOT_PX, (self.height() - _DOT_PX) / 2 + 0.5, _DOT_PX, _DOT_PX))
        return right - _DOT_PX
