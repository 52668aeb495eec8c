"""MatrixGeometry: where everything in the confusion matrix lies, for a number of classes and a width."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

from PySide6.QtCore import QPointF, QRectF, QSize

MOST_PX = 44
LEAST_PX = 3  # an overview of colours; a person zooms in to read
NAMED_PX = 12  # from here on every class has its name
_LEAST_BY_HEIGHT_PX = 24
_GAPS_FROM_PX, _WIDE_GAPS_FROM_PX = 8, 20
_FEW_CLASSES = 3
_MOST_OF_FEW_PX, _LEAST_OF_FEW_PX = 64, 40
_AXIS_PX = 20
_SUMS_PX = 58
SUM_ROW_PX = 26
SCORE_ROW_PX = 23
_RULE_PX = 9
LEGEND_PX = 26
SCORES = ("precision", "recall", "f1")

Place = tuple[int, int]  # row and column; -1 stands for the names, so that (-1, -1) is the corner


@dataclass(frozen=True)
class MatrixGeometry:
    """Rectangles in pixels from the top left corner; ``pitch`` is a cell with its gap.

    ``pinned`` is by how much the names are moved right and down, so that they stay in view when the cells
    are scrolled; ``room`` is the width and height that is in view.
    """

    classes: int
    left: float
    top: float
    pitch: float
    pinned: tuple[float, float] = (0.0, 0.0)
    room: tuple[float, float] = (inf, inf)

    @classmethod
    def fitting(
        cls, classes: int, names_px: float, head_px: float, width: float, height: float
    ) -> MatrixGeometry:
        """Return the geometry whose cells are as large as width and height allow, within their limits."""
        left, top = _AXIS_PX + names_px, _AXIS_PX + head_px
        by_width = (width - left - _SUMS_PX) / classes
        least = _LEAST_OF_FEW_PX if classes <= _FEW_CLASSES else _LEAST_BY_HEIGHT_PX
        if by_width < NAMED_PX:
            least = LEAST_PX  # an overview, all of which is in view
        by_height = max((height - top - _foot()) / classes, least)
        pitch = float(int(max(LEAST_PX, min(most_px(classes), by_width, by_height))))
        return cls(classes, left, top, pitch)

    @classmethod
    def zoomed(cls, classes: int, names_px: float, head_px: float, pitch: float) -> MatrixGeometry:
        """Return the geometry with cells of a size that a person chose."""
        return cls(classes, _AXIS_PX + names_px, _AXIS_PX + head_px, pitch)

    def scrolled(self, right: float, down: float, width: float, height: float) -> MatrixGeometry:
        """Return the same with the names where they are in view, which is so wide and high."""
        return replace(self, pinned=(max(0.0, right), max(0.0, down)), room=(width, height))

    def axis_across(self) -> QRectF:
        """Return where the title of the columns stands."""
        width = min(self.right - self.names_right, self.room[0] - self.left)
        return QRectF(self.names_right, self.pinned[1], width, _AXIS_PX)

    def axis_down(self) -> QRectF:
        """Return where the title of the rows stands."""
        height = min(self.bottom - self.names_bottom, self.room[1] - self.top)
        return QRectF(self.pinned[0], self.names_bottom, _AXIS_PX - 4, height)

    @property
    def size(self) -> QSize:
        """The room that all of it takes."""
        return QSize(round(self.right + _SUMS_PX), round(self.bottom + _foot()))

    @property
    def right(self) -> float:
        """Where the cells end at the right."""
        return self.left + self.classes * self.pitch

    @property
    def bottom(self) -> float:
        """Where the cells end below."""
        return self.top + self.classes * self.pitch

    @property
    def gap(self) -> float:
        """The gap between two cells."""
        if self.pitch < _GAPS_FROM_PX:
            return 0.0
        return 2.0 if self.pitch >= _WIDE_GAPS_FROM_PX else 1.0

    @property
    def names_right(self) -> float:
        """Where the names of the rows end."""
        return self.left + self.pinned[0]

    @property
    def names_bottom(self) -> float:
        """Where the names of the columns end."""
        return self.top + self.pinned[1]

    def cell(self, row: int, column: int) -> QRectF:
        """Return the cell; with a row or column of -1 that of the name."""
        half = self.gap / 2
        x = self.left + column * self.pitch if column >= 0 else _AXIS_PX + self.pinned[0]
        y = self.top + row * self.pitch if row >= 0 else _AXIS_PX + self.pinned[1]
        width = self.pitch if column >= 0 else self.left - _AXIS_PX
        height = self.pitch if row >= 0 else self.top - _AXIS_PX
        return QRectF(x, y, width, height).adjusted(half, half, -half, -half)

    def span(self, row: int, column: int) -> QRectF:
        """Return the rectangle around all cells that a place stands for: a cell, a row, a column or all."""
        last = self.classes - 1
        first = self.cell(max(row, 0), max(column, 0))
        return first.united(self.cell(row if row >= 0 else last, column if column >= 0 else last))

    def row_sum(self, row: int) -> QRectF:
        """Return where the sum of a row stands."""
        return QRectF(self.right, self.top + row * self.pitch, _SUMS_PX - 2, self.pitch)

    def sums_head(self) -> QRectF:
        """Return where the title of the sums at the right stands."""
        return QRectF(self.right, _AXIS_PX + self.pinned[1], _SUMS_PX - 2, self.top - _AXIS_PX)

    def below(self, line: int, column: int) -> QRectF:
        """Return a place under the matrix: line 0 has the sums, 1 to 3 the scores; column -1 the titles."""
        y = self.bottom + (4 if line == 0 else SUM_ROW_PX + _RULE_PX + (line - 1) * SCORE_ROW_PX)
        height = SUM_ROW_PX - 4 if line == 0 else SCORE_ROW_PX
        if column < 0:
            return QRectF(self.pinned[0], y, self.left - 4, height)
        if column >= self.classes:
            return QRectF(self.right, y, _SUMS_PX - 2, height)
        return QRectF(self.left + column * self.pitch, y, self.pitch, height)

    def rule_y(self) -> float:
        """Return where the line between sums and scores is."""
        return self.bottom + SUM_ROW_PX + _RULE_PX / 2 - 0.5

    def legend(self) -> QRectF:
        """Return where the colour bars stand."""
        y = self.bottom + _foot() - LEGEND_PX
        return QRectF(self.pinned[0], y, self.right + _SUMS_PX, LEGEND_PX)

    def place_at(self, point: QPointF) -> Place | None:
        """Return the cell, name or corner under a point; None beside them."""
        column = self._index(point.x(), self.left, self.pinned[0])
        row = self._index(point.y(), self.top, self.pinned[1])
        return None if row is None or column is None else (row, column)

    def nearest(self, point: QPointF) -> Place:
        """Return the cell nearest to a point, wherever that is."""
        last = self.classes - 1
        row, column = (point.y() - self.top) // self.pitch, (point.x() - self.left) // self.pitch
        return min(max(int(row), 0), last), min(max(int(column), 0), last)

    def _index(self, at: float, start: float, pinned: float) -> int | None:
        if at < _AXIS_PX + pinned:
            return None
        index = int((at - start) // self.pitch) if at >= start + pinned else -1
        return index if index < self.classes else None


def most_px(classes: int) -> int:
    """Return how large a cell becomes at most: few classes have room for large ones."""
    return _MOST_OF_FEW_PX if classes <= _FEW_CLASSES else MOST_PX


def _foot() -> int:
    return SUM_ROW_PX + _RULE_PX + len(SCORES) * SCORE_ROW_PX + LEGEND_PX
