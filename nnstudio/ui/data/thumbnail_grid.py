"""ThumbnailGrid: where each of many equal tiles stands, reckoned from its number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractItemView

Action = QAbstractItemView.CursorAction

GAP_PX = 8


@dataclass
class ThumbnailGrid:
    """Tiles of ``side`` pixels in as many columns as ``width`` holds; spare width goes between them.

    They are as high as they are wide unless ``high`` says otherwise.
    """

    side: int = 48
    width: int = 400
    count: int = 0
    high: int = 0

    @property
    def columns(self) -> int:
        """How many tiles stand in a row."""
        return max(1, (self.width + GAP_PX) // (self.side + GAP_PX))

    @property
    def pitch(self) -> int:
        """From the top of a row to that of the next."""
        return (self.high or self.side) + GAP_PX

    @property
    def height(self) -> int:
        """The height of all rows."""
        return max(0, -(-self.count // self.columns) * self.pitch - GAP_PX)

    def rect(self, row: int) -> QRect:
        """Return the place of tile number ``row``."""
        line, column = divmod(row, self.columns)
        return QRect(self._left(column), line * self.pitch, self.side, self.high or self.side)

    def corners(self, rows: range) -> Iterator[QPoint]:
        """Return the upper left corners of tiles, quickly."""
        columns, pitch = self.columns, self.pitch
        lefts = [self._left(column) for column in range(columns)]
        for row in rows:
            line, column = divmod(row, columns)
            yield QPoint(lefts[column], line * pitch)

    def row_at(self, point: QPoint) -> int:
        """Return which tile is at ``point``; -1 for none."""
        line = max(0, point.y()) // self.pitch
        for row in range(line * self.columns, min((line + 1) * self.columns, self.count)):
            if self.rect(row).contains(point):
                return row
        return -1

    def rows_in(self, area: QRect) -> range:
        """Return the tiles of all rows that ``area`` touches."""
        top, bottom = max(0, area.top()) // self.pitch, max(0, area.bottom()) // self.pitch
        return range(min(top * self.columns, self.count), min((bottom + 1) * self.columns, self.count))

    def first_at(self, y: int) -> int:
        """Return the first tile of the row at the height ``y``."""
        return max(0, y) // self.pitch * self.columns

    def moved(self, action: Action, row: int, page: int) -> int:
        """Return where a key leads from ``row``, ``page`` rows at a time; -1 where there is nothing."""
        if row < 0 or not self.count:
            return min(0, self.count - 1)
        last, columns = self.count - 1, self.columns
        ends = {Action.MoveHome: 0, Action.MoveEnd: last}
        steps = {
            Action.MoveLeft: -1,
            Action.MovePrevious: -1,
            Action.MoveRight: 1,
            Action.MoveNext: 1,
            Action.MoveUp: -columns,
            Action.MoveDown: columns,
            Action.MovePageUp: -columns * page,
            Action.MovePageDown: columns * page,
        }
        target = ends.get(action, row + steps.get(action, 0))
        if abs(target - row) == columns and not 0 <= target <= last:
            return row
        return min(max(target, 0), last)

    def _left(self, column: int) -> int:
        if self.columns == 1 or self.count < self.columns:
            return column * (self.side + GAP_PX)
        return column * (self.width - self.side) // (self.columns - 1)
