"""OtherCurves: the curves of other runs in a plot, and the mark of the epoch that is looked at."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import Qt

from nnstudio.experiments.curves import Array, epoch_curve, step_curve, thinned, value_at
from nnstudio.experiments.run import Run
from nnstudio.experiments.smoothing import smoothed
from nnstudio.ui import theme
from nnstudio.ui.training.curve_view import CurveView
from nnstudio.ui.training.run_colors import line_style, run_color

_MOST_POINTS = 400  # of one line: dashes cost more than whole lines
_MOST_VALUES, _MOST_LETTERS = 6, 20  # in the box under the mouse
_DASHED_PX, _PLAIN_PX = 1.5, 1.0
_PLAIN_STRENGTH = 0.55
Placed = Callable[[Array, Array], tuple[Array, Array]]


@dataclass(frozen=True, eq=False)
class OtherLine:
    """The curves of another run, thinned once."""

    run: Run
    x: Array
    smooth: Array
    checked_x: Array
    checked: Array


class OtherCurves:
    """Keeps the lines of each run until it, the figure or the view is another one."""

    def __init__(self, plot: pg.PlotWidget) -> None:
        self._lines: list[OtherLine] = []
        self._known: dict[tuple[object, ...], OtherLine] = {}
        self._items: list[tuple[pg.PlotDataItem, pg.PlotDataItem]] = []
        self.place = pg.InfiniteLine(angle=90)
        plot.addItem(self.place, ignoreBounds=True)
        self.place.hide()

    @property
    def end(self) -> float:
        """The largest x of all lines; 0 without any."""
        return max(
            (float(xs[-1]) for one in self._lines for xs in (one.x, one.checked_x) if len(xs)), default=0.0
        )

    def prepare(self, runs: list[Run], name: str, view: CurveView) -> None:
        """Work out the lines of ``runs`` for one figure, where they are not known."""
        keys = [(id(run), run.key, name, view.axis, view.smoothing) for run in runs]
        self._known = {
            key: self._known.get(key) or _line(run, name, view)
            for key, run in zip(keys, runs, strict=True)
            if name in run.history.names
        }
        self._lines = list(self._known.values())

    def heights(self, low: float, high: float) -> Iterator[float]:
        """Yield how far the lines reach up and down from x = ``low`` to ``high``."""
        for one in self._lines:
            for xs, ys in ((one.x, one.smooth), (one.checked_x, one.checked)):
                shown = ys[(xs >= low) & (xs <= high)]
                if len(shown):
                    yield from (float(shown.min()), float(shown.max()))

    def values_at(self, x: float) -> list[tuple[str, str, float]]:
        """Return name, colour and value of the first lines at ``x``, of the validation if any."""
        found = []
        for one in self._lines[:_MOST_VALUES]:
            xs, ys = (one.checked_x, one.checked) if len(one.checked) else (one.x, one.smooth)
            if len(xs) and xs[0] <= x <= xs[-1]:
                found.append((_shortened(one.run.name), run_color(one.run.color).name(), value_at(xs, ys, x)))
        return found

    def draw(self, plot: pg.PlotWidget, placed: Placed) -> None:
        """Draw the lines; ``placed`` takes logarithms where these are shown."""
        while len(self._items) < len(self._lines):
            self._items.append((plot.plot(antialias=True), plot.plot(antialias=True)))
        for place, items in enumerate(self._items):
            for item in items:
                item.setVisible(place < len(self._lines))
        for (training, validation), one in zip(self._items, self._lines, strict=False):
            color = run_color(one.run.color)
            style = line_style(one.run.color)
            validation.setPen(pg.mkPen(color, width=_DASHED_PX, style=style))
            color.setAlphaF(_PLAIN_STRENGTH)
            training.setPen(pg.mkPen(color, width=_PLAIN_PX))
            training.setData(*placed(one.x, one.smooth))
            validation.setData(*placed(one.checked_x, one.checked))

    def show_place(self, x: float) -> None:
        """Show the mark at ``x``; nan hides it."""
        self.place.setVisible(math.isfinite(x))
        self.place.setPen(pg.mkPen(theme.current().accent, width=2, style=Qt.PenStyle.SolidLine))
        if math.isfinite(x):
            self.place.setPos(x)


def _shortened(name: str) -> str:
    return name if len(name) <= _MOST_LETTERS else f"{name[: _MOST_LETTERS - 1]}…"


def _line(run: Run, name: str, view: CurveView) -> OtherLine:
    x, raw = step_curve(run.history, name, view.axis)
    line = thinned(x, smoothed(raw, view.smoothing), _MOST_POINTS)
    return OtherLine(run, *line, *thinned(*epoch_curve(run.history, f"val_{name}", view.axis), _MOST_POINTS))
