"""LineView: what the network answers along its only input, as a curve over the samples."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPen, QPolygonF

from nnstudio.experiments.ground import Array, Ground, Points
from nnstudio.experiments.input_map import InputMap
from nnstudio.session.input_mapper import Look
from nnstudio.task import Task
from nnstudio.ui import theme
from nnstudio.ui.data.class_colors import class_color
from nnstudio.ui.training.answer_view import AnswerView
from nnstudio.ui.training.answer_words import answer_words, number_words
from nnstudio.ui.training.plot_area import PlotArea
from nnstudio.ui.training.ticks import Range

_SHARE_ENDS = (-0.08, 1.08)  # room for the points of the classes, which lie around 0 and 1
_SPREAD = 0.1
_GOLDEN = 0.6180339887


class LineView(AnswerView):
    """The fitted curve; or the probability of the second of two classes, or of each of several."""

    grid = True

    def ends(self, look: Look) -> tuple[Range, Range]:
        ground = look.ground
        return ground.ranges[0], _SHARE_ENDS if ground.facts.is_classes else ground.values

    def axis_names(self, look: Look) -> tuple[str, str]:
        ground = look.ground
        if ground.facts.task is Task.TWO_CLASSES:
            return ground.names[0], f"probability of {ground.facts.class_names[1]}"
        return ground.names[0], "probability" if ground.facts.is_classes else ground.value_name

    def point_at(self, points: Points, row: int) -> tuple[float, float]:
        """Return input and value; points of a class are spread a little, or they would hide each other."""
        x, y = float(points.x[row, 0]), float(points.y[row])
        if self._look is None or not self._look.ground.facts.is_classes:
            return x, y
        height = 1.0 if self._look.ground.facts.classes > 2 else y
        return x, height + _SPREAD * ((row * _GOLDEN) % 1.0 - 0.5)

    def words_at(self, x: float, y: float) -> str:
        if self._look is None:
            return ""
        answer, ground = self._look.answer, self._look.ground
        if not isinstance(answer, InputMap):
            return number_words(x)
        low, high = ground.ranges[0]
        place = round((x - low) / (high - low) * (len(answer.answers) - 1))
        return f"{ground.names[0]} {number_words(x)}: {answer_words(answer.answers[place], ground)}"

    def paint_above(self, painter: QPainter, area: PlotArea, look: Look) -> None:
        if not isinstance(look.answer, InputMap):
            return
        answers, ground = look.answer.answers, look.ground
        xs = np.linspace(*ground.ranges[0], len(answers))
        for index in _curves(ground):
            color = class_color(index) if ground.facts.is_classes else theme.current().color("text")
            ends = np.isfinite(answers[:, index])
            line = _line(area, xs[ends], answers[ends, index])
            painter.setPen(QPen(theme.current().color("base"), 5))
            painter.drawPolyline(line)
            painter.setPen(QPen(color, 2.5))
            painter.drawPolyline(line)


def _curves(ground: Ground) -> tuple[int, ...]:
    if ground.facts.task is Task.TWO_CLASSES:
        return (1,)
    return tuple(range(ground.facts.classes)) or (0,)


def _line(area: PlotArea, xs: Array, ys: Array) -> QPolygonF:
    low, high = area.ys
    far = high - low  # what is far outside need not be drawn there
    ys = np.clip(ys, low - far, high + far)
    return QPolygonF([QPointF(area.x(x), area.y(y)) for x, y in zip(xs, ys, strict=True)])
