"""RowsView: the table of samples that are not images."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from nnstudio.ui import theme
from nnstudio.ui.data.parts import Part
from nnstudio.ui.data.rows_model import RowsModel

_ROW_PX = 24
_COLUMN_PX = 88


class RowsView(QTableView):
    """Shows a `RowsModel`.

    Signals:
        chosen(words): The current row changed; in words, "" for none.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RowsModel(self)
        self.setModel(self.rows)
        self.setAccessibleName("Samples")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        for header, size in ((self.verticalHeader(), _ROW_PX), (self.horizontalHeader(), _COLUMN_PX)):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setDefaultSectionSize(size)
        self.selectionModel().currentRowChanged.connect(self._tell)
        self._soften()

    def show_part(self, part: Part, of_class: int | None = None) -> None:
        """Show the rows of a part, or those of one class."""
        self.rows.show_part(part, of_class)
        self.scrollToTop()

    def _tell(self, current: QModelIndex, before: QModelIndex) -> None:
        self.chosen.emit(self.rows.words(current.row()) if current.isValid() else "")

    def _soften(self) -> None:
        """Paint the chosen row in the soft accent, as tables do everywhere."""
        colors, palette = theme.current(), QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Highlight, colors.color("accent_soft"))
        palette.setColor(QPalette.ColorRole.HighlightedText, colors.color("text"))
        if palette != self.palette():  # setting it is itself a change of palette
            self.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._soften()
