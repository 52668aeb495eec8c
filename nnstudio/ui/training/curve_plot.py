"""CurvePlot: the plot itself: a raw and a smooth line, validation points, the best epoch, a cross-line."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from nnstudio.experiments.curves import NO_CURVES, Array, Curves, thinned, value_at
from nnstudio.ui import theme
from nnstudio.ui.training.curve_lines import bounds, most_bounds, next_stop, show_thick, thick_pen
from nnstudio.ui.training.mark_lines import MarkLines
from nnstudio.ui.training.other_curves import OtherCurves
from nnstudio.ui.training.ticks import Range, padded, round_range, to_log
from nnstudio.ui.training.value_axis import ValueAxis

_LEAST_PX = (280, 110)
_POINTS_PER_PX = 2.0  # more cannot be told apart
_MOST_BOUNDS = 256  # points that tell how far a line reaches
_MOST_MARKERS = 120
_FEW = 16  # batches of which each is looked at
_MARK_REACH_PX = 6.0
_RANGE_PARTS = 8
_PAD, _PAD_PX = 0.02, 8.0  # room for the half of a number at each end of y
_RIGHT_PAD = 0.025  # room for the last marker
_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class CurvePlot(pg.PlotWidget):
    """Draws curves on axes with round ends; a person zooms in x alone, and y shows what is then in view.

    Signals:
        hovered(x): The mouse or the keyboard points at this x, nan when it leaves.
        zoomed(): A person zoomed or moved the view.
        fit_wanted(): A person wants to see all of the curves again.
    """

    hovered = Signal(float)
    zoomed = Signal()
    fit_wanted = Signal()

    def __init__(self) -> None:
        self._left, self._bottom = ValueAxis("left"), ValueAxis("bottom")
        super().__init__(axisItems={"left": self._left, "bottom": self._bottom})
        self._curves = NO_CURVES
        self._log = self._percent = self._no_outliers = False
        self._pointed = math.nan
        self._checked: tuple[object, ...] = ()
        self._raw = self.plot(skipFiniteCheck=True, antialias=False)
        self._smooth = self.plot(skipFiniteCheck=True)
        self._best = pg.InfiniteLine(angle=90)
        self._cross = pg.InfiniteLine(angle=90)
        self._validation = self.plot(symbol="o", symbolSize=7, antialias=True)
        self._best_point = self.plot(symbol="o", symbolSize=11, antialias=True)
        self._pointed_dot = self.plot(symbol="o", symbolSize=9, antialias=True)
        for line in (self._smooth, self._validation):
            line.curve.setSegmentedLineMode("on")  # one path would cost ten times as much
        for item in (self._best, self._cross):
            self.addItem(item, ignoreBounds=True)
            item.hide()
        self.marks = MarkLines(self)
        self.others = OtherCurves(self)
        self._set_up()
        self.apply_theme()

    def show_range(self, low: float, high: float) -> None:
        """Bring these x into view."""
        self.getViewBox().setXRange(low, high, padding=0)

    def show_kind(self, *, log: bool, percent: bool) -> None:
        """Show logarithms or shares from now on."""
        self._log, self._percent = log, percent
        self._left.show_kind(log=log, percent=percent)

    def show_curves(self, curves: Curves, end: float | None, *, no_outliers: bool = False) -> None:
        """Draw the curves as they are now, for x from 0 to ``end``, or for the x that are in view."""
        self._curves, self._no_outliers = curves, no_outliers
        low, high = self.getViewBox().viewRange()[0]
        xs = (low, high) if end is None else (0.0, end * (1.0 + _RIGHT_PAD))
        shown = curves.within(*xs)
        self._show_range(xs, shown)
        self._show_lines(shown)

    def _show_lines(self, curves: Curves) -> None:
        most = max(64, round(_POINTS_PER_PX * self.width()))
        px = self.height() / self.getViewBox().viewRect().height()
        self._raw.setData(*self._placed(*curves.thinned_raw(most)))
        show_thick(self._smooth, px, *self._placed(*curves.thinned_smooth(most)))
        checked = self._placed(*thinned(curves.checked_x, curves.checked, most))
        news = (px, curves.best, *(values.tobytes() for values in checked))
        if news != self._checked:  # they come once an epoch, and cost as much as both curves
            self._checked = news
            self._validation.setSymbol("o" if len(curves.checked) <= _MOST_MARKERS else None)
            show_thick(self._validation, px, *checked)
            self._show_best(curves)
        self.others.draw(self, self._placed)

    def _show_range(self, xs: Range, curves: Curves) -> None:
        """Let y go around the smooth line and the validation."""
        bounds_of = most_bounds if self._no_outliers else bounds
        # the lowest and the highest are among the few points that are drawn; what is usual is not
        smooth = curves.smooth if self._no_outliers else curves.thinned_smooth(_MOST_BOUNDS)[1]
        few = curves.raw[: len(curves.raw) if len(curves.raw) <= _FEW else 0]  # noise is not to be seen whole
        heights = [bound for ys in (smooth, curves.checked, few) for bound in bounds_of(ys)]
        heights += self.others.heights(*xs)
        heights = [to_log(height) for height in heights] if self._log else heights
        ends = round_range(heights, _RANGE_PARTS, log=self._log, percent=self._percent)
        ys = padded(*ends, max(_PAD, _PAD_PX / self.height()))
        if [[*xs], [*ys]] != self.getViewBox().viewRange():
            self.getViewBox().setRange(xRange=xs, yRange=ys, padding=0)

    def show_cross(self, x: float) -> None:
        """Show the line that both plots share under the mouse."""
        shown = math.isfinite(x) and len(self._curves.x) > 0
        self._pointed = x if shown else math.nan
        self._cross.setVisible(shown)
        self._pointed_dot.setVisible(shown)
        if shown:
            self._cross.setPos(x)
            y = value_at(self._curves.x, self._curves.smooth, x)
            self._pointed_dot.setData(*self._placed(np.array([x]), np.array([y])))

    def marks_at(self, x: float) -> tuple[str, ...]:
        """Return what the marks under the mouse say."""
        return self.marks.near(x, _MARK_REACH_PX * self.getViewBox().viewPixelSize()[0])

    def repaint_now(self) -> None:
        """Paint at once, so that a caller can keep the training thread quiet meanwhile.

        The scene, told that it changed, asks for it; to repaint besides would paint all of it twice.
        """
        QCoreApplication.sendPostedEvents(self.scene(), int(QEvent.Type.MetaCall.value))
        QCoreApplication.sendPostedEvents(self.window(), int(QEvent.Type.UpdateRequest.value))

    def apply_theme(self) -> None:
        """Take the colours of the theme; pyqtgraph does not follow the palette."""
        colors = theme.current()
        self.setBackground(colors.base)
        self._raw.setPen(pg.mkPen(colors.training_raw, width=1))
        self._smooth.setPen(thick_pen(colors.training))
        self._validation.setPen(thick_pen(colors.validation))
        self._validation.setSymbolPen(pg.mkPen(colors.validation, width=1.5))
        self._validation.setSymbolBrush(pg.mkBrush(colors.base))
        self._best.setPen(pg.mkPen(colors.validation, width=1, style=Qt.PenStyle.DashLine))
        for point, role in ((self._best_point, "validation"), (self._pointed_dot, "training")):
            point.setPen(None)
            point.setSymbolPen(pg.mkPen(colors.base, width=1.5))
            point.setSymbolBrush(pg.mkBrush(colors.color(role)))
        self._cross.setPen(pg.mkPen(colors.text_3, width=1))
        self._left.apply_theme()
        self._bottom.apply_theme()
        self.marks.apply_theme()

    def _set_up(self) -> None:
        self.setMinimumSize(*_LEAST_PX)
        self.hideButtons()
        self.setMenuEnabled(False)
        self.setFrameShape(self.Shape.NoFrame)
        self.getViewBox().disableAutoRange()
        self.getViewBox().setMouseEnabled(x=True, y=False)
        self.getViewBox().setLimits(xMin=0.0)
        self.getViewBox().sigRangeChangedManually.connect(self.zoomed)
        self.scene().sigMouseMoved.connect(self._mouse_moved)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleDescription("Left and Right move along the curves, the wheel zooms, F fits.")

    def _placed(self, x: Array, y: Array) -> tuple[Array, Array]:
        return (x, np.log10(np.maximum(y, 1e-9))) if self._log else (x, y)

    def _show_best(self, curves: Curves) -> None:
        best = curves.best
        self._best.setVisible(best is not None)
        self._best_point.setVisible(best is not None)
        if best is not None:
            point = slice(best, best + 1)
            self._best.setPos(float(curves.checked_x[best]))
            self._best_point.setData(*self._placed(curves.checked_x[point], curves.checked[point]))

    def _mouse_moved(self, point: QPointF) -> None:
        box = self.getViewBox()
        self.hovered.emit(
            box.mapSceneToView(point).x() if box.sceneBoundingRect().contains(point) else math.nan
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        stops = self._curves.checked_x if len(self._curves.checked_x) else self._curves.x
        if event.key() in _KEYS and len(stops):
            self.hovered.emit(next_stop(stops, self._pointed, _KEYS[Qt.Key(event.key())]))
        elif event.key() == Qt.Key.Key_Escape:
            self.hovered.emit(math.nan)
        elif event.key() == Qt.Key.Key_F:
            self.fit_wanted.emit()
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self.fit_wanted.emit()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        super().leaveEvent(event)
        self.hovered.emit(math.nan)
