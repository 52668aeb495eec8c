"""SamplesPanel: the samples of an evaluation as a table of predictions, or those of a file without labels."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QFrame, QStackedLayout, QWidget

from nnstudio.data.arrays import Array, IntArray
from nnstudio.data.dataset import Dataset
from nnstudio.data.value_sheet import ValueSheet
from nnstudio.experiments.evaluation import Evaluation
from nnstudio.experiments.predictions import columns_of
from nnstudio.session.prediction_files import NewPredictions
from nnstudio.ui.prediction.empty_state import EmptyState
from nnstudio.ui.prediction.gallery_head import GalleryHead
from nnstudio.ui.prediction.sample_columns import TableColumn, input_columns, sorted_rows
from nnstudio.ui.prediction.sample_filter import ALL, ORDERS, WRONG, SampleFilter, ordered
from nnstudio.ui.prediction.samples_model import SamplesModel
from nnstudio.ui.text_table import TextTable
from nnstudio.ui.widgets import button, column, row

_LEAST_PX = 264


class SamplesPanel(QFrame):
    """Filter and order stay through new results.

    Signals:
        filter_edited(SampleFilter): A person chose other samples.
        sample_chosen(index): A person looks at a sample of the test part.
        open_wanted(): A person wants predictions for a file without labels.
        save_wanted(): A person wants the predictions in a file.
    """

    filter_edited = Signal(object)
    sample_chosen = Signal(int)
    open_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setMinimumWidth(_LEAST_PX)
        self._evaluation: Evaluation | None = None
        self._dataset: Dataset | None = None
        self._new: NewPredictions | None = None
        self._columns: tuple[TableColumn, ...] = ()
        self._filter = ALL
        self._order = next(iter(ORDERS))
        self._sorting: tuple[str, bool] | None = None
        self.head = GalleryHead("Samples")
        self.model = SamplesModel()
        self.table = TextTable(self.model, "Predictions")
        self.empty = EmptyState()
        self.open = button("Open rows without labels …", kind="small", icon_name="folder")
        self.save = button("Save as CSV …", kind="small", icon_name="export")
        self._lay_out()
        self._connect()

    @property
    def columns(self) -> tuple[TableColumn, ...]:
        """All that is shown, from left to right."""
        return self._columns

    @property
    def rows(self) -> IntArray:
        """Which samples are shown, in their order."""
        return self.model.rows

    def show_evaluation(self, evaluation: Evaluation, dataset: Dataset, chosen: SampleFilter) -> None:
        """Show new results for the test part of ``dataset``, those that pass ``chosen``."""
        self._evaluation, self._dataset, self._filter = evaluation, dataset, chosen
        if self._new is None:
            inputs = input_columns(ValueSheet(dataset, dataset.test))
            self._columns = (*columns_of(evaluation, dataset.target_names), *inputs)
            self._refresh()

    def show_filter(self, chosen: SampleFilter) -> None:
        """Show other samples."""
        self._filter, self._new = chosen, None
        if self._evaluation is not None and self._dataset is not None:
            self.show_evaluation(self._evaluation, self._dataset, chosen)
        self.table.scrollToTop()

    def show_new(self, new: NewPredictions) -> None:
        """Show what was predicted for a file without labels."""
        self._new, self._sorting, self._columns = new, None, new.columns
        self._refresh()

    def clear(self) -> None:
        """Forget the results."""
        self._evaluation = self._dataset = self._new = None
        self._columns = ()
        self.model.show_rows((), np.empty(0, np.intp))

    def _lay_out(self) -> None:
        place = QWidget()
        self._pages = QStackedLayout(place)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.empty)
        foot = row(self.open, None, self.save, space=8)
        layout = column(self.head, place, foot, space=10, margins=(16, 12, 16, 12))
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.head.filter_edited.connect(self.filter_edited)
        self.head.order_edited.connect(self._change_order)
        self.table.horizontalHeader().sectionClicked.connect(self._turn)
        self.table.selectionModel().currentRowChanged.connect(self._tell)
        self.empty.pressed.connect(self._show_everything)
        self.open.clicked.connect(self.open_wanted)
        self.save.clicked.connect(self.save_wanted)

    def _refresh(self) -> None:
        rows, changed = self._chosen_rows(), _names(self._columns) != _names(self.model.columns)
        place = None if self._sorting is None else _place(self._columns, self._sorting[0])
        down = self._sorting is not None and self._sorting[1]
        if place is not None:
            rows = sorted_rows(rows, self._columns[place], down)
        scrolled = self.table.verticalScrollBar().value()
        self.model.show_rows(self._columns, rows, self._numbers, self._right)
        if changed:
            self.table.fit_columns()
        self.table.verticalScrollBar().setValue(scrolled)
        self.table.show_sorting(place, down)
        self._show_head(len(rows))

    @property
    def _numbers(self) -> IntArray | None:
        """Which row of its file each sample is, where that is known."""
        if self._new is not None:
            return np.arange(self._new.count)
        return None if self._dataset is None else self._dataset.test.numbers

    @property
    def _right(self) -> Array | None:
        """Which samples are predicted right; None where nothing is right or wrong."""
        evaluation = self._evaluation
        if self._new is not None or evaluation is None or not evaluation.facts.is_classes:
            return None
        return evaluation.right

    def _chosen_rows(self) -> IntArray:
        if self._new is not None:
            return np.arange(self._new.count)
        assert self._evaluation is not None
        if not self._evaluation.facts.is_classes:
            return np.arange(len(self._evaluation.actual))
        return ordered(self._filter.rows(self._evaluation), self._evaluation, self._order)

    def _show_head(self, count: int) -> None:
        new, evaluation = self._new, self._evaluation
        self.head.show_choices(self._right is not None)
        if self._right is not None and evaluation is not None:
            self.head.show_filter(self._filter, self._filter.words(evaluation.facts.class_names))
        else:
            self.head.show_chip("" if new is None else new.name)
        noun = "sample" if new is None else "row"
        self.head.show_count(f"{count:,} {noun}{'' if count == 1 else 's'}")
        self.save.setEnabled(count > 0)
        if not count:
            sentence = "No sample is wrong." if self._filter == WRONG else "No sample passes this filter."
            self.empty.show_reason("check" if self._filter == WRONG else "search", sentence, "Show all")
        self._pages.setCurrentIndex(0 if count else 1)

    def _turn(self, index: int) -> None:
        """Sort by a column, then the other way round, then as before."""
        name = self._columns[index].name
        if self._sorting is None or self._sorting[0] != name:
            self._sorting = (name, False)
        else:
            self._sorting = None if self._sorting[1] else (name, True)
        self._refresh()

    def _change_order(self, order: str) -> None:
        self._order, self._sorting = order, None
        self._refresh()

    def _tell(self, current: QModelIndex, before: QModelIndex) -> None:
        if current.isValid() and self._new is None:
            self.sample_chosen.emit(int(self.model.rows[current.row()]))

    def _show_everything(self) -> None:
        self._new = None
        self.filter_edited.emit(ALL)


def _names(columns: tuple[TableColumn, ...]) -> list[str]:
    return [one.name for one in columns]


def _place(columns: tuple[TableColumn, ...], name: str) -> int | None:
    names = _names(columns)
    return names.index(name) if name in names else None
