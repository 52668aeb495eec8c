"""SearchTable: how many steps and tries each way of learning took to come where it is."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnstudio.experiments.weight_search import WeightSearch, tries_until_near
from nnstudio.ui import theme
from nnstudio.ui.painting import sized
from nnstudio.ui.training.answer_words import number_words
from nnstudio.ui.training.point_marks import paint_mark
from nnstudio.ui.training.weight_view import trail_color, trail_shape
from nnstudio.ui.widgets import figures_font

_HEADS = ("", "Steps", "Tries", "Near after", "Weight", "Error")
_STARTS = (0.0, 0.23, 0.35, 0.47, 0.66, 0.81)
_LINE_PX = 20
_MARK_PX = 8.0
_NOTHING = "Train, and see how the weight goes down the curve step by step."
_GUESS = "Choose Guess as the optimizer and train again, to compare."
_GRADIENT = "Choose SGD as the optimizer and train again, to compare."
_TIP = (
    "Steps change the weight. Tries are weights that were looked at: guessing nudges the weight up,\n"
    "and down where that was no better; a gradient tells in one try where to go.\n"
    "Near after: so many tries until a hundredth was left of the error that can be taken away."
)


class SearchTable(QWidget):
    """A row for guessing and one for learning by a gradient."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[tuple[bool, tuple[str, ...]], ...] = ()
        self._hint = _NOTHING
        self.setFixedHeight(4 * _LINE_PX)
        self.setToolTip(_TIP)

    @property
    def text(self) -> str:
        """All that it says."""
        return "\n".join([*(" ".join(cells) for _, cells in self._rows), self._hint])

    def show_search(self, search: WeightSearch) -> None:
        """Show where each trail has come to."""
        self._rows = tuple(
            (
                trail.guesses,
                (
                    trail.title,
                    f"{int(trail.iterations[-1]):,}",
                    f"{int(trail.tries[-1]):,}",
                    _near_words(tries_until_near(trail, errors, search.lowest)),
                    f"{trail.weights[-1]:.4g}".replace("-", "\u2212"),
                    number_words(float(errors[-1])),
                ),
            )
            for trail, errors in search.trails
            if trail.iterations[-1]
        )
        kinds = {guesses for guesses, _ in self._rows}
        hints = {frozenset(): _NOTHING, frozenset({False}): _GUESS, frozenset({True}): _GRADIENT}
        self._hint = hints.get(frozenset(kinds), "")
        self.setAccessibleName(self.text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        colors = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            top = 0
            if self._rows:
                painter.setFont(sized(self.font(), 8.5))
                painter.setPen(colors.color("text_3"))
                self._paint_cells(painter, top, _HEADS)
            for guesses, cells in self._rows:
                top += _LINE_PX
                place = QPointF(_MARK_PX, top + _LINE_PX / 2)
                shape, color = trail_shape(guesses), trail_color(guesses)
                paint_mark(painter, place, shape, color, filled=not guesses, size=_MARK_PX + 1)
                painter.setFont(figures_font(sized(self.font(), 9.0)))
                painter.setPen(colors.color("text"))
                self._paint_cells(painter, top, cells)
            painter.setFont(sized(self.font(), 9.0))
            painter.setPen(colors.color("text_2"))
            box = QRectF(0, top + _LINE_PX if self._rows else 0, self.width(), _LINE_PX)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._hint)

    def _paint_cells(self, painter: QPainter, top: int, cells: tuple[str, ...]) -> None:
        ends = (*_STARTS[1:], 1.0)
        for number, (cell, start, end) in enumerate(zip(cells, _STARTS, ends, strict=True)):
            left = 2.5 * _MARK_PX if number == 0 else start * self.width()
            box = QRectF(left, top, end * self.width() - left - 4, _LINE_PX)
            side = Qt.AlignmentFlag.AlignLeft if number == 0 else Qt.AlignmentFlag.AlignRight
            painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, cell)


def _near_words(tries: int | None) -> str:
    return "–" if tries is None else f"{tries:,}"
