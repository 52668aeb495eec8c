"""SampleTiles: a few samples as small pictures with words below, in rows that fill the width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from nnstudio.data.arrays import Bytes
from nnstudio.ui import theme
from nnstudio.ui.painting import rounded, text
from nnstudio.ui.prediction.fonts import sized
from nnstudio.ui.prediction.pictures import image_of, paint_picture, table_for

_TILE_PX = QSize(88, 96)
_PICTURE_PX = 56
_GAP_PX = 6
_CENTRE = Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True, eq=False)
class Tile:
    """A picture (height, width) or with colours, two lines of words, and whether they tell of a mistake."""

    picture: Bytes
    title: str
    words: str
    wrong: bool = False
    tip: str = ""


class SampleTiles(QWidget):
    """Arrow keys go from tile to tile; a click, Enter or Space chooses one.

    Signals:
        chosen(place): A person chose the tile at a place.
    """

    chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._tiles: Sequence[Tile] = ()
        self._inked = True
        self._at = 0
        self._hover = -1

    @property
    def tiles(self) -> Sequence[Tile]:
        """What is shown."""
        return self._tiles

    def show_tiles(self, tiles: Sequence[Tile], inked: bool) -> None:
        """Show other samples; ``inked`` ones are drawn as ink in the theme's colours."""
        self._tiles, self._inked, self._at, self._hover = tiles, inked, 0, -1
        self._fit()
        self._tell()

    def rect_of(self, place: int) -> QRect:
        """Return where a tile is."""
        row, column = divmod(place, self._columns)
        pitch = QPoint(column * (_TILE_PX.width() + _GAP_PX), row * (_TILE_PX.height() + _GAP_PX))
        return QRect(pitch, _TILE_PX)

    @property
    def _columns(self) -> int:
        return max(1, (self.width() + _GAP_PX) // (_TILE_PX.width() + _GAP_PX))

    def _fit(self) -> None:
        self.setMinimumHeight(self.heightForWidth(self.width()))
        self.update()

    def _tell(self) -> None:
        here = self._tiles[self._at] if self._at < len(self._tiles) else None
        words = "" if here is None else f"{here.title}, {here.words}"
        self.setAccessibleDescription(words)
        self.update()

    def _place_at(self, point: QPoint) -> int:
        return next((i for i in range(len(self._tiles)) if self.rect_of(i).contains(point)), -1)

    def _paint(self, painter: QPainter, place: int, tile: Tile) -> None:
        colors, box = theme.current(), self.rect_of(place)
        focused = self.hasFocus() and place == self._at
        line = "accent" if focused else "line_strong" if place == self._hover else "line"
        rounded(
            painter,
            box,
            fill=colors.color("base"),
            line=colors.color(line),
            width=2 if focused else 1,
            radius=6,
        )
        picture = QRectF(
            box.left() + (box.width() - _PICTURE_PX) / 2, box.top() + 5, _PICTURE_PX, _PICTURE_PX
        )
        paint_picture(painter, image_of(tile.picture, table_for(self._inked)), picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        title = QRect(box.left() + 3, box.top() + _PICTURE_PX + 6, box.width() - 6, 16)
        font = sized(self.font(), 9.0, strong=True)
        text(painter, title, tile.title, colors.color("text"), font=font, align=_CENTRE)
        role = "error" if tile.wrong else "text_2"
        below = title.translated(0, 15)
        text(painter, below, tile.words, colors.color(role), font=sized(self.font(), 8.5), align=_CENTRE)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        columns = max(1, (width + _GAP_PX) // (_TILE_PX.width() + _GAP_PX))
        rows = -(-len(self._tiles) // columns)
        return max(0, rows * (_TILE_PX.height() + _GAP_PX) - _GAP_PX)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(4 * (_TILE_PX.width() + _GAP_PX), self.heightForWidth(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for place, tile in enumerate(self._tiles):
                if self.rect_of(place).intersects(event.rect()):
                    self._paint(painter, place, tile)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._hover = self._place_at(event.position().toPoint())
        over = self._hover >= 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        place = self._place_at(event.position().toPoint())
        if place >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self._at = place
            self.chosen.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Down: self._columns,
        }
        step, there = steps.get(Qt.Key(event.key())), self._at
        if step is not None:
            there = self._at + step
            self._at = there if 0 <= there < len(self._tiles) else self._at
            self._tell()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._tiles:
            self.chosen.emit(self._at)
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        self._hover = -1
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusInEvent(event)
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        self._fit()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            place = self._place_at(event.pos())
            QToolTip.showText(event.globalPos(), self._tiles[place].tip if place >= 0 else "", self)
            return True
        return super().event(event)
