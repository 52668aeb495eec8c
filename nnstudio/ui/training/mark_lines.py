"""MarkLines: pauses, edits and other learning rates as dashed lines with a sign on top."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import Qt

from nnstudio.experiments.marks import Mark, MarkKind
from nnstudio.ui import theme

_SIGNS = {MarkKind.PAUSE: "II", MarkKind.RATE: "lr", MarkKind.EDIT: "+", MarkKind.DIVERGED: "!"}
_MOST = 40  # more would cover the curves; the newest stay
_TOP = 0.94
Placed = tuple[float, Mark]


class MarkLines:
    """The lines of one plot, reused from drawing to drawing."""

    def __init__(self, plot: pg.PlotWidget) -> None:
        self._plot = plot
        self._lines: list[pg.InfiniteLine] = []
        self._shown: tuple[Placed, ...] = ()

    @property
    def shown(self) -> tuple[Placed, ...]:
        """Where each line stands, and what it marks."""
        return self._shown

    def show_marks(self, marks: Sequence[Placed]) -> None:
        """Show these marks, at their places on the axis."""
        shown = tuple(marks[-_MOST:])
        if shown == self._shown:
            return
        self._shown = shown
        while len(self._lines) < len(shown):
            self._lines.append(self._new_line())
        for index, line in enumerate(self._lines):
            line.setVisible(index < len(shown))
            if index < len(shown):
                x, mark = shown[index]
                line.setPos(x)
                line.label.setFormat(_SIGNS[mark.kind])
        self.apply_theme()

    def near(self, x: float, reach: float) -> tuple[str, ...]:
        """Return what the marks say that stand within ``reach`` of ``x``."""
        return tuple(mark.words for place, mark in self._shown if abs(place - x) <= reach)

    def apply_theme(self) -> None:
        """Take the colours of the theme."""
        colors = theme.current()
        for line in self._lines:
            line.setPen(pg.mkPen(colors.line_strong, width=1, style=Qt.PenStyle.DashLine))
            line.label.setColor(colors.text_2)
            line.label.fill = pg.mkBrush(colors.base)
            line.label.border = pg.mkPen(colors.line_strong)
            line.label.update()

    def _new_line(self) -> pg.InfiniteLine:
        options = {"position": _TOP, "rotateAxis": None}
        line = pg.InfiniteLine(angle=90, label="", labelOpts=options)
        self._plot.addItem(line, ignoreBounds=True)
        return line
