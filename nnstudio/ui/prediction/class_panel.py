"""ClassPanel: the scores of every class, and the classes that are confused most, as tables."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from nnstudio.experiments.class_table import ScoreTable, class_table, confused_table
from nnstudio.experiments.confusion import Confusion
from nnstudio.ui.prediction.sample_filter import SampleFilter
from nnstudio.ui.prediction.score_model import ScoreModel
from nnstudio.ui.text_table import TextTable
from nnstudio.ui.widgets import column, label


class ScoreTableView(TextTable):
    """Sorts by its header.

    Signals:
        edited(SampleFilter): A person chose a row with the mouse or the return key.
    """

    edited = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self.scores = ScoreModel()
        super().__init__(self.scores, name, parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().hide()
        self.horizontalHeader().sectionClicked.connect(self._turn)
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)

    def show_scores(self, table: ScoreTable) -> None:
        """Show other scores; order and place stay."""
        first, scrolled = not self.scores.columnCount(), self.verticalScrollBar().value()
        self.scores.show_table(table)
        if first:
            self.fit_columns()
            self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.verticalScrollBar().setValue(scrolled)

    def _turn(self, index: int) -> None:
        self.scores.turn(index)
        sorting = self.scores.sorting
        self.show_sorting(*(sorting or (None, False)))

    def _choose(self, index: QModelIndex) -> None:
        self.edited.emit(SampleFilter.at(self.scores.place(index.row())))


class ClassPanel(QWidget):
    """A row stands for its samples, as a place of the matrix does.

    Signals:
        edited(SampleFilter): A person chose the row of a class or of a pair.
    """

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.classes = ScoreTableView("Scores of each class")
        self.pairs = ScoreTableView("Most confused classes")
        title = label("Most confused", size="strong")
        layout = column(self.classes, title, self.pairs, space=8)
        layout.setStretch(0, 3)
        layout.setStretch(2, 2)
        self.setLayout(layout)
        for table in (self.classes, self.pairs):
            table.edited.connect(self.edited)

    def show_confusion(self, confusion: Confusion) -> None:
        """Show other counts."""
        self.classes.show_scores(class_table(confusion))
        self.pairs.show_scores(confused_table(confusion))
