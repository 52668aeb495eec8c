"""RowsView: the table of samples that are not images."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from nnstudio.data.selection import Order
from nnstudio.ui import theme
from nnstudio.ui.data.copied_rows import MOST_COPIED, as_tsv
from nnstudio.ui.data.rows_model import RowsModel
from nnstudio.ui.data.shown_rows import ShownRows

_ROW_PX = 24
_COLUMN_PX = (64, 260)
_SIDES_PX = 30
_SAMPLED_ROWS = 24
_ALT_STEPS = {Qt.Key.Key_Up: False, Qt.Key.Key_Down: True}


class RowsView(QTableView):
    """Shows a `RowsModel`; Ctrl+C copies the selected rows, Alt+Up and Alt+Down sort by the current column.

    Signals:
        chosen(words): The current row changed; in words, "" for none.
        ordered(Order): A person wants another order; None for that of the data.
        column_chosen(index): A person looks at another column of the sheet.
        copied(words): Rows are on the clipboard.
    """

    chosen = Signal(str)
    ordered = Signal(object)
    column_chosen = Signal(int)
    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RowsModel(self)
        self.setModel(self.rows)
        self.setAccessibleName("Samples")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW_PX)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setSectionsClickable(True)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().sectionClicked.connect(self._turn)
        self.selectionModel().currentChanged.connect(self._tell)
        self._fields: tuple[object, ...] = ()
        self._soften()

    def show_rows(self, shown: ShownRows) -> None:
        """Show other samples, from the first one on."""
        self.rows.show_rows(shown)
        self._show_order(shown.order)
        if shown.sheet.fields != self._fields:
            self._fields = shown.sheet.fields
            self._fit_columns()
        self.scrollToTop()

    def _show_order(self, order: Order | None) -> None:
        shown, header = self.rows.shown, self.horizontalHeader()
        column = None if order is None or shown is None else shown.sheet.index(order.column)
        header.setSortIndicatorShown(column is not None)
        if order is not None and column is not None:
            # The arrow of a header points to where the large ones stand.
            direction = Qt.SortOrder.DescendingOrder if order.descending else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(column - self.rows.field_of(0), direction)

    def _fit_columns(self) -> None:
        """Make each column as wide as its name and its first cells need."""
        metrics, rows = self.fontMetrics(), range(min(_SAMPLED_ROWS, self.rows.rowCount()))
        least, most = _COLUMN_PX
        for column in range(self.rows.columnCount()):
            texts = [str(self.rows.index(row, column).data()) for row in rows]
            texts.append(str(self.rows.headerData(column, Qt.Orientation.Horizontal)))
            wide = max(map(metrics.horizontalAdvance, texts)) + _SIDES_PX
            self.setColumnWidth(column, min(max(wide, least), most))

    def _turn(self, column: int) -> None:
        """Sort by a column, then the other way round, then not at all."""
        shown, index = self.rows.shown, self.rows.field_of(column)
        if shown is None or index < 0:
            return
        name, order = shown.sheet.fields[index].name, shown.order
        self.column_chosen.emit(index)
        if order is None or order.column != name:
            self.ordered.emit(Order(name))
        else:
            self.ordered.emit(None if order.descending else Order(name, True))

    def _tell(self, current: QModelIndex, before: QModelIndex) -> None:
        self.chosen.emit(self.rows.words(current.row()) if current.isValid() else "")
        index = self.rows.field_of(current.column())
        if current.isValid() and current.column() != before.column() and index >= 0:
            self.column_chosen.emit(index)

    def _copy(self) -> None:
        shown = self.rows.shown
        chosen = sorted(index.row() for index in self.selectionModel().selectedRows())
        if shown is None or not chosen:
            return
        QGuiApplication.clipboard().setText(as_tsv(shown, chosen[:MOST_COPIED]))
        count = min(len(chosen), MOST_COPIED)
        of = f" of {len(chosen):,}" if count < len(chosen) else ""
        self.copied.emit(f"Copied {count:,}{of} row{'' if count == 1 else 's'}")

    def _soften(self) -> None:
        """Paint the chosen row in the soft accent, as tables do everywhere."""
        colors, palette = theme.current(), QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Highlight, colors.color("accent_soft"))
        palette.setColor(QPalette.ColorRole.HighlightedText, colors.color("text"))
        if palette != self.palette():  # setting it is itself a change of palette
            self.setPalette(palette)
        self.rows.follow_theme()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key, shown = Qt.Key(event.key()), self.rows.shown
        index = self.rows.field_of(self.currentIndex().column())
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.modifiers() == Qt.KeyboardModifier.AltModifier and key in _ALT_STEPS and index >= 0:
            assert shown is not None
            self.ordered.emit(Order(shown.sheet.fields[index].name, _ALT_STEPS[key]))
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._soften()
