"""RowsView: the table of samples that are not images."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

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

    def show_part(self, part: Part, of_class: int | None = None) -> None:
        """Show the rows of a part, or those of one class."""
        self.rows.show_part(part, of_class)
        self.scrollToTop()

    def _tell(self, current: QModelIndex, before: QModelIndex) -> None:
        self.chosen.emit(self.rows.words(current.row()) if current.isValid() else "")
