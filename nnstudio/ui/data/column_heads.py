"""ColumnHeads: the head of a table that is looked at: of each column its name, role, values and doubts."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QToolTip, QWidget

from nnstudio.data.understanding import IGNORED, ROLES, TARGET, ColumnSummary
from nnstudio.ui import theme
from nnstudio.ui.boxes import ChoiceBox
from nnstudio.ui.data.import_words import column_tip, foot_words
from nnstudio.ui.icons import paint_icon
from nnstudio.ui.painting import sized, text

HEAD_PX = 122
_PAD_PX, _NAME_PX, _BOX_PX, _BARS_PX, _FOOT_PX = 6, 34, 26, 24, 18
_SIDE_PX, _SIGN_PX = 3, 11
# The target stands last: who walks there by keys must not make targets of columns on the way to another role.
_CHOICES = sorted(ROLES, key=TARGET.__eq__)
_BOX_POINTS = 8.5


class ColumnHeads(QHeaderView):
    """The boxes for the roles are made where they can be seen, so that a thousand columns cost nothing.

    Signals:
        role_edited(name, role): A person gave a column another role.
    """

    role_edited = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns: tuple[ColumnSummary, ...] = ()
        self._doubtful: frozenset[str] = frozenset()
        self.boxes: dict[str, ChoiceBox] = {}
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setFixedHeight(HEAD_PX)

    def show_columns(self, columns: tuple[ColumnSummary, ...], doubtful: frozenset[str]) -> None:
        """Show other columns, or the same ones in other roles."""
        self._columns, self._doubtful = columns, doubtful
        names = {column.name for column in columns}
        for name in [name for name in self.boxes if name not in names]:
            gone = self.boxes.pop(name)
            gone.hide()
            gone.deleteLater()
        for column in columns:
            if column.name in self.boxes:
                self.boxes[column.name].setCurrentText(column.role)
        self.place_boxes()
        self.viewport().update()

    def place_boxes(self) -> None:
        """Put the boxes where their columns are, and hide those whose columns cannot be seen."""
        seen = set()
        first, last = self.visualIndexAt(0), self.visualIndexAt(self.viewport().width() - 1)
        for index in range(max(0, first), (self.count() if last < 0 else last + 1)):
            if index < len(self._columns):
                column = self._columns[index]
                left, wide = self.sectionViewportPosition(index), self.sectionSize(index)
                box = self.boxes.get(column.name) or self._new_box(column)
                box.setGeometry(left + _SIDE_PX, _PAD_PX + _NAME_PX, wide - 2 * _SIDE_PX, _BOX_PX)
                box.show()
                seen.add(column.name)
        for name, box in self.boxes.items():
            box.setVisible(name in seen)

    def _new_box(self, column: ColumnSummary) -> ChoiceBox:
        box = ChoiceBox(self.viewport())
        box.addItems(_CHOICES)
        box.setFont(sized(self.font(), _BOX_POINTS))
        box.setCurrentText(column.role)
        box.setAccessibleName(f"Role of {column.name}")
        box.setToolTip(column_tip(column))
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.textActivated.connect(partial(self.role_edited.emit, column.name))
        self.boxes[column.name] = box
        return box

    def paintSection(self, painter: QPainter, rect: QRect, index: int) -> None:  # noqa: N802
        if not 0 <= index < len(self._columns):
            return
        colors, column = theme.current(), self._columns[index]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, colors.color("accent_soft" if column.role == TARGET else "base"))
        line = colors.color("line")
        painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), line)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), line)
        inner = rect.adjusted(_PAD_PX, _PAD_PX - 2, -_PAD_PX, -_PAD_PX)
        name = QRect(inner.left(), inner.top() - 2, inner.width(), _NAME_PX)
        ink = colors.color("text_3" if column.role == IGNORED else "text")
        _paint_name(painter, name, column.name, ink, sized(self.font(), 9, True))
        _paint_bars(painter, inner, column)
        _paint_foot(painter, inner, *foot_words(column, self._doubtful))
        painter.restore()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(super().sizeHint().width(), HEAD_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.place_boxes()

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QHelpEvent):
            index = self.logicalIndexAt(event.pos())
            words = column_tip(self._columns[index]) if 0 <= index < len(self._columns) else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().viewportEvent(event)


def _paint_name(painter: QPainter, box: QRect, name: str, ink: QColor, font: QFont) -> None:
    """Write a name in one line or, where that is too short, in two, of which the second may be cut."""
    lines = name_lines(name, QFontMetrics(font), box.width())
    high = box.height() // len(lines)
    for place, line in enumerate(lines):
        text(painter, QRect(box.left(), box.top() + place * high, box.width(), high), line, ink, font=font)


def name_lines(name: str, metrics: QFontMetrics, room: int) -> list[str]:
    """Return a name in at most two lines: the first takes as many words as fit, the second the rest."""
    words, first = name.split(), ""
    while words and metrics.horizontalAdvance(f"{first} {words[0]}".strip()) <= room:
        first = f"{first} {words.pop(0)}".strip()
    return [first, " ".join(words)] if first and words else [name]


def _paint_bars(painter: QPainter, inner: QRect, column: ColumnSummary) -> None:
    """Draw how often the values occur, the most frequent as high as there is room."""
    if not len(column.counts) or not column.counts.any():
        return
    colors = theme.current()
    color = colors.color("accent" if column.role == TARGET else "text_3")
    color.setAlphaF(1.0 if column.role == TARGET else 0.62)
    bottom = inner.bottom() - _FOOT_PX
    pitch = inner.width() / len(column.counts)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    for place, share in enumerate(column.counts / column.counts.max()):
        high = max(1.0, share * (_BARS_PX - 6)) if share else 0.0
        painter.drawRect(QRectF(inner.left() + place * pitch, bottom - high, max(1.0, pitch - 1), high))


def _paint_foot(painter: QPainter, inner: QRect, words: str, odd: bool) -> None:
    colors = theme.current()
    foot = QRect(inner.left(), inner.bottom() - _FOOT_PX + 2, inner.width(), _FOOT_PX)
    if odd:
        sign = QRectF(foot.left(), foot.center().y() - _SIGN_PX / 2 + 1, _SIGN_PX, _SIGN_PX)
        paint_icon(painter, "warning", sign, colors.color("warning"))
        foot.setLeft(foot.left() + _SIGN_PX + 4)
    font = sized(painter.font(), 8.5)
    text(painter, foot, words, colors.color("warning" if odd else "text_2"), font=font)
