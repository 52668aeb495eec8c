"""PlotCard: the curves of one figure, the loss or a metric, on a card."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from nnstudio.experiments import curves
from nnstudio.experiments.curves import Array, Axis
from nnstudio.experiments.history import History
from nnstudio.ui import theme
from nnstudio.ui.widgets import figures_font, label, panel, row

pg.setConfigOptions(antialias=True)

_MOST_POINTS = 1500  # more cannot be told apart, and cost time at every redraw
_LEAST_WIDTH_PX, _LEAST_HEIGHT_PX = 330, 200


@dataclass(frozen=True)
class CurveView:
    """How curves are shown: the unit of x, how smooth, and whether y is logarithmic."""

    axis: Axis = Axis.EPOCH
    smoothing: float = 0.8
    log: bool = False


class PlotCard(QWidget):
    """Training raw and smoothed, validation with a point per epoch, the best epoch marked.

    Signals:
        hovered(x): The mouse points at this x, nan when it leaves.
    """

    hovered = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = ""
        self._view = CurveView()
        self._percent = False
        self._title = label(size="strong")
        self._now = label(size="small")
        self._last = label(size="small")
        self.plot = pg.PlotWidget()
        self.plot.setMinimumSize(_LEAST_WIDTH_PX, _LEAST_HEIGHT_PX)
        self._raw = self.plot.plot(skipFiniteCheck=True, antialias=False)
        self._smooth = self.plot.plot()
        self._validation = self.plot.plot(symbol="o", symbolSize=7)
        self._best = pg.InfiniteLine(angle=90)
        self._best_point = self.plot.plot(symbol="o", symbolSize=11)
        self._cross = pg.InfiniteLine(angle=90)
        for item in (self._best, self._cross):
            self.plot.addItem(item, ignoreBounds=True)
            item.hide()
        self._set_up_plot()
        self._lay_out()
        self.apply_theme()

    @property
    def view(self) -> CurveView:
        """How the curves are shown."""
        return self._view

    def show_figure(self, name: str, title: str, percent: bool) -> None:
        """Show another column of the history; a percentage is shown as 98 %."""
        self.name = name
        self._percent = percent
        self._title.setText(title)
        self.plot.getAxis("left").setScale(100.0 if percent else 1.0)
        self.plot.setAccessibleName(f"Curves of {title}")
        limits = {"yMin": -0.05, "yMax": 1.05} if percent else {"yMin": None, "yMax": None}
        self.plot.getViewBox().setLimits(**limits)

    def show_view(self, view: CurveView) -> None:
        """Show the same curves another way."""
        self._view = view
        logarithmic = view.log and not self._percent
        self.plot.setLogMode(y=logarithmic)
        self.plot.setLabel("bottom", "")

    def show_history(self, history: History | None) -> None:
        """Draw the curves as they are now."""
        if history is None or self.name not in history.names:
            history = History(dict.fromkeys(("loss", self.name)))
        x, y = curves.step_curve(history, self.name, self._view.axis)
        smooth = curves.smoothed(y, self._view.smoothing)
        self._raw.setData(*curves.thinned(x, y, _MOST_POINTS))
        self._smooth.setData(*curves.thinned(x, smooth, _MOST_POINTS))
        self._validation.setData(*curves.epoch_curve(history, f"val_{self.name}", self._view.axis))
        self._show_best(history)
        self._show_words(self._now, "now", "training", smooth)
        checked = curves.epoch_curve(history, f"val_{self.name}", self._view.axis)[1]
        self._show_words(self._last, "last", "validation", checked)

    def show_cross(self, x: float) -> None:
        """Show the line that both plots share under the mouse."""
        self._cross.setVisible(math.isfinite(x))
        if math.isfinite(x):
            self._cross.setPos(x)

    def fit(self) -> None:
        """Show all of the curves."""
        self.plot.enableAutoRange()

    def repaint_now(self) -> None:
        """Paint at once, so that a caller can keep the training thread quiet meanwhile."""
        self.plot.viewport().repaint()

    def value_words(self, value: float) -> str:
        """Return a value as it is written beside the plot."""
        if not math.isfinite(value):
            return "–"
        return f"{100 * value:.2f} %" if self._percent else f"{value:.4f}"

    def apply_theme(self) -> None:
        """Take the colours of the theme; pyqtgraph does not follow the palette."""
        colors = theme.current()
        self.plot.setBackground(colors.base)
        self._raw.setPen(pg.mkPen(colors.training_raw, width=1))
        self._smooth.setPen(pg.mkPen(colors.training, width=2))
        self._validation.setPen(pg.mkPen(colors.validation, width=2))
        self._validation.setSymbolPen(pg.mkPen(colors.validation, width=1.5))
        self._validation.setSymbolBrush(pg.mkBrush(colors.base))
        self._best.setPen(pg.mkPen(colors.validation, width=1, style=Qt.PenStyle.DashLine))
        self._best_point.setPen(None)
        self._best_point.setSymbolPen(pg.mkPen(colors.base, width=1.5))
        self._best_point.setSymbolBrush(pg.mkBrush(colors.validation))
        self._cross.setPen(pg.mkPen(colors.text_3, width=1))
        for side in ("left", "bottom"):
            axis = self.plot.getAxis(side)
            axis.setPen(pg.mkPen(colors.line_strong))
            axis.setTextPen(pg.mkPen(colors.text_3))
            axis.setTickPen(pg.mkPen(colors.grid))

    def _set_up_plot(self) -> None:
        font = QFont(self.font())
        font.setPointSizeF(8.5)
        for side in ("left", "bottom"):
            axis = self.plot.getAxis(side)
            axis.setStyle(tickFont=font, maxTickLevel=0, tickAlpha=255, tickLength=0)
            axis.enableAutoSIPrefix(False)
        self.plot.getAxis("left").setWidth(48)
        self.plot.getAxis("left").setGrid(255)
        self.plot.hideButtons()
        self.plot.setMenuEnabled(False)
        self.plot.setClipToView(True)
        self.plot.getViewBox().setMouseEnabled(x=True, y=True)
        self.plot.scene().sigMouseMoved.connect(self._mouse_moved)
        self.plot.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _lay_out(self) -> None:
        for figure in (self._now, self._last):
            figure.setFont(figures_font(figure.font()))
            figure.setTextFormat(Qt.TextFormat.RichText)
        card = panel("card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(14, 10, 14, 8)
        layout.setSpacing(4)
        layout.addLayout(row(self._title, None, self._now, self._last, space=12))
        layout.addWidget(self.plot, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)

    def _show_best(self, history: History) -> None:
        best = history.best_epoch()
        x, y = curves.epoch_curve(history, f"val_{self.name}", self._view.axis)
        index = (
            int(np.argmax(curves.epoch_curve(history, f"val_{self.name}", Axis.EPOCH)[0] == best))
            if best
            else 0
        )
        shown = best is not None and index < len(x)
        self._best.setVisible(shown)
        self._best_point.setData(x[index : index + 1] if shown else [], y[index : index + 1] if shown else [])
        if shown:
            self._best.setPos(float(x[index]))

    def _show_words(self, figure: QLabel, word: str, role: str, values: Array) -> None:
        color = getattr(theme.current(), role)
        text = self.value_words(float(values[-1])) if len(values) else "–"
        figure.setText(f'<span style="color:{color}">●</span> {word} <b>{text}</b>')

    def _mouse_moved(self, point: QPointF) -> None:
        inside = self.plot.getViewBox().sceneBoundingRect().contains(point)
        self.hovered.emit(self.plot.getViewBox().mapSceneToView(point).x() if inside else math.nan)
