"""TextTable: a table of plain texts that scrolls smoothly however many rows there are."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from nnstudio.ui import theme
from nnstudio.ui.text_model import TextModel
from nnstudio.ui.widgets import figures_font

_ROW_PX, _PADDING_PX = 24, 8
_COLUMN_PX = (64, 260)
_SAMPLED_ROWS = 24
_HEAD_PX = 22  # the padding of a name in the header, and its arrow
_MOST_HEAD_PX = 150  # a longer name ends in dots
_CENTRE = Qt.AlignmentFlag.AlignVCenter
_SIDES = {True: Qt.AlignmentFlag.AlignRight | _CENTRE, False: Qt.AlignmentFlag.AlignLeft | _CENTRE}


class TextTable(QTableView):
    """Paints the texts of a `TextModel` itself.

    Qt would ask for five roles of each cell, and after "select all" look at every row to paint a header.
    """

    def __init__(self, texts: TextModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.texts = texts
        texts.setParent(self)
        self.setModel(texts)
        self.setAccessibleName(name)
        self.setFont(figures_font(self.font()))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW_PX)
        across = self.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        across.setSectionsClickable(True)
        across.setHighlightSections(False)
        across.setTextElideMode(Qt.TextElideMode.ElideRight)
        across.setSelectionModel(QItemSelectionModel(texts, across))
        self._follow_theme()

    def fit_columns(self) -> None:
        """Make each column as wide as its name and its first cells need."""
        metrics, rows = self.fontMetrics(), range(min(_SAMPLED_ROWS, self.texts.rowCount()))
        least, most = _COLUMN_PX
        for column in range(self.texts.columnCount()):
            cells = (metrics.horizontalAdvance(self.texts.text(row, column)) for row in rows)
            name = str(self.texts.headerData(column, Qt.Orientation.Horizontal))
            head = min(metrics.horizontalAdvance(name) + _HEAD_PX, _MOST_HEAD_PX)
            wide = max(head, *cells, 0) + 2 * _PADDING_PX
            self.setColumnWidth(column, min(max(wide, least), most))

    def show_sorting(self, column: int | None, descending: bool = False) -> None:
        """Show by which column the rows are sorted."""
        header = self.horizontalHeader()
        header.setSortIndicatorShown(column is not None)
        if column is not None:
            # Fusion's arrow for ascending points down; everywhere else it points up.
            order = Qt.SortOrder.AscendingOrder if descending else Qt.SortOrder.DescendingOrder
            header.setSortIndicator(column, order)

    @property
    def chosen_rows(self) -> list[int]:
        """The rows that are selected, ascending."""
        selection = self.selectionModel().selection()
        spans = [selection.at(place) for place in range(selection.size())]
        return sorted({row for span in spans for row in range(span.top(), span.bottom() + 1)})

    def _columns_in(self, area: QRect) -> list[tuple[int, int, int]]:
        """Return the columns that ``area`` touches, each with its left edge and width."""
        found = []
        for column in range(max(0, self.columnAt(area.left())), self.texts.columnCount()):
            left = self.columnViewportPosition(column)
            if left > area.right():
                break
            found.append((column, left, self.columnWidth(column)))
        return found

    def _rows_in(self, area: QRect) -> Iterator[tuple[int, int]]:
        """Yield the rows that ``area`` touches, each with its upper edge."""
        first = self.rowAt(area.top())
        for row in range(first, self.texts.rowCount()) if first >= 0 else ():
            top = self.rowViewportPosition(row)
            if top > area.bottom():
                return
            yield row, top

    def _paint_row(
        self, painter: QPainter, row: int, top: int, columns: list[tuple[int, int, int]], selected: bool
    ) -> None:
        colors, texts = theme.current(), self.texts
        right = columns[-1][1] + columns[-1][2] - columns[0][1]
        if selected:
            painter.fillRect(columns[0][1], top, right, _ROW_PX, colors.color("accent_soft"))
        elif row % 2:
            painter.fillRect(columns[0][1], top, right, _ROW_PX, colors.color("surface"))
        for column, left, wide in columns:
            if texts.tinted(column) and not selected:
                painter.fillRect(left, top, wide, _ROW_PX, self._tint)
            words = texts.text(row, column)
            room = wide - 2 * _PADDING_PX
            if len(words) * self._letter_px > room:
                words = self._metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
            painter.setPen(self._pens[texts.role(row, column)])
            side = _SIDES[texts.to_the_right(column)]
            painter.drawText(left + _PADDING_PX, top, room, _ROW_PX, side, words)

    def _paint_current(self, painter: QPainter) -> None:
        if self.hasFocus() and self.currentIndex().isValid():
            painter.setPen(theme.current().color("accent"))
            painter.drawRect(self.visualRect(self.currentIndex()).adjusted(0, 0, -1, -1))

    def _follow_theme(self) -> None:
        """Take the colours of now."""
        colors = theme.current()
        self._metrics = QFontMetrics(self.font())
        self._letter_px = self._metrics.averageCharWidth() * 0.9
        self._pens = {role: colors.color(role) for role in ("text", "text_2", "text_3", "error", "accent")}
        self._tint = QColor(colors.color("accent_soft"))
        self._tint.setAlphaF(0.45)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        area = event.rect()
        columns = self._columns_in(area)
        with QPainter(self.viewport()) as painter:
            painter.fillRect(area, theme.current().color("base"))
            painter.setFont(self.font())
            if not columns:
                return
            chosen, root = self.selectionModel(), QModelIndex()
            for row, top in self._rows_in(area):
                self._paint_row(painter, row, top, columns, chosen.rowIntersectsSelection(row, root))
            self._paint_current(painter)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "texts"):
            self._follow_theme()
            self.viewport().update()
