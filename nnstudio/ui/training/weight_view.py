"""WeightView: the error of a network of one weight as a curve, and how training went down there."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from nnstudio.experiments.weight_search import Array, Trail, WeightSearch
from nnstudio.session.input_mapper import Look
from nnstudio.ui import theme
from nnstudio.ui.training.answer_view import AnswerView
from nnstudio.ui.training.answer_words import number_words
from nnstudio.ui.training.plot_area import PlotArea
from nnstudio.ui.training.point_marks import paint_mark
from nnstudio.ui.training.ticks import Range, round_range

_PARTS = 6
_NOW_PX, _TRAIL_PX = 15.0, 8.0
_PAD = 0.04


class WeightView(AnswerView):
    """The curve, a trail for each way of learning, and the weight as it is now."""

    grid = True
    samples = False

    def ends(self, look: Look) -> tuple[Range, Range]:
        search = look.answer
        if not isinstance(search, WeightSearch):
            return (-1.0, 1.0), (0.0, 1.0)
        errors = search.errors[np.isfinite(search.errors)]
        low, high = round_range((float(errors.min()), float(errors.max())), _PARTS) if len(errors) else (0, 1)
        return (float(search.weights[0]), float(search.weights[-1])), (low - _PAD * (high - low), high)

    def axis_names(self, look: Look) -> tuple[str, str]:
        return "weight", "error of the training samples"

    def words_at(self, x: float, y: float) -> str:
        search = self._look.answer if self._look is not None else None
        if not isinstance(search, WeightSearch):
            return ""
        error = float(np.interp(x, search.weights, search.errors))
        return f"weight {number_words(x)}: error {number_words(error)}"

    def paint_answer(self, painter: QPainter, area: PlotArea, look: Look) -> None:
        search = look.answer
        if not isinstance(search, WeightSearch):
            return
        colors = theme.current()
        painter.setPen(QPen(colors.color("line_strong"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(
            QPointF(area.x(search.best), area.box.top()), QPointF(area.x(search.best), area.y(0))
        )
        painter.setPen(QPen(colors.color("text_2"), 2))
        painter.drawPolyline(_line(area, search.weights, search.errors))
        for trail, errors in reversed(search.trails):  # a gradient takes few steps, guessing many
            _paint_trail(painter, area, trail, errors)
        if math.isfinite(search.weight) and math.isfinite(search.error):
            place = QPointF(area.x(search.weight), area.y(search.error))
            paint_mark(painter, place, 0, colors.color("accent"), filled=True, size=_NOW_PX)


def trail_color(guesses: bool) -> QColor:
    """Return the colour of guessing, or of learning by a gradient."""
    return theme.current().color("validation" if guesses else "training")


def trail_shape(guesses: bool) -> int:
    """Return the shape of guessing, or of learning by a gradient."""
    return 1 if guesses else 0


def _paint_trail(painter: QPainter, area: PlotArea, trail: Trail, errors: Array) -> None:
    color = trail_color(trail.guesses)
    if not trail.guesses:  # its steps may lead from one side of the curve to the other
        painter.setPen(QPen(color, 1.2))
        painter.drawPolyline(_line(area, trail.weights, errors))
    sound = np.isfinite(errors) & np.isfinite(trail.weights)
    for weight, error in zip(trail.weights[sound], errors[sound], strict=True):
        if area.xs[0] <= weight <= area.xs[1]:
            place = QPointF(area.x(float(weight)), area.y(float(error)))
            shape = trail_shape(trail.guesses)
            paint_mark(painter, place, shape, color, filled=not trail.guesses, size=_TRAIL_PX)


def _line(area: PlotArea, weights: Array, errors: Array) -> QPolygonF:
    near = np.isfinite(errors) & (weights >= area.xs[0]) & (weights <= area.xs[1])
    return QPolygonF(
        [QPointF(area.x(w), area.y(e)) for w, e in zip(weights[near], errors[near], strict=True)]
    )
