"""SamplesPanel: the samples of an evaluation as a table of predictions, or those of a file without labels."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedLayout, QWidget

from nnstudio.data.dataset import Dataset, Samples
from nnstudio.experiments.evaluation import Evaluation
from nnstudio.session.prediction_files import NewPredictions
from nnstudio.ui.prediction.empty_state import EmptyState
from nnstudio.ui.prediction.gallery_head import GalleryHead
from nnstudio.ui.prediction.large_view import LargeView
from nnstudio.ui.prediction.listed import Listed
from nnstudio.ui.prediction.sample_filter import ALL, ORDERS, WRONG, SampleFilter
from nnstudio.ui.prediction.samples_model import SamplesModel
from nnstudio.ui.prediction.shown_samples import ShownSamples, Sorting, of_file, of_part, turned
from nnstudio.ui.prediction.text_filter import TextFilter
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
        self._samples: Samples | None = None
        self._new: NewPredictions | None = None
        self._filter = ALL
        self._order = next(iter(ORDERS))
        self._sorting: Sorting | None = None
        self._text = TextFilter()
        self.head = GalleryHead("Samples")
        self.model = SamplesModel()
        self.table = TextTable(self.model, "Predictions")
        self.empty = EmptyState()
        self.open = button("Open rows without labels …", kind="small", icon_name="folder")
        self.save = button("Save as CSV …", kind="small", icon_name="export")
        self._lay_out()
        self._connect()

    @property
    def shown(self) -> ShownSamples:
        """What the table shows."""
        return self.model.shown

    @property
    def new(self) -> NewPredictions | None:
        """The file without labels that is shown; None while the test part is."""
        return self._new

    def show_evaluation(
        self, evaluation: Evaluation, dataset: Dataset, chosen: SampleFilter, samples: Samples
    ) -> None:
        """Show new results for ``samples`` of ``dataset``, those that pass ``chosen``."""
        self._evaluation, self._dataset, self._filter = evaluation, dataset, chosen
        self._samples = samples
        self._refresh()

    def show_filter(self, chosen: SampleFilter) -> None:
        """Show other samples of the test part."""
        self._filter, self._new = chosen, None
        self._refresh()
        self.table.scrollToTop()

    def show_new(self, new: NewPredictions) -> None:
        """Show what was predicted for a file without labels."""
        if self._new is None:
            self._sorting = None
        self._new = new
        self._refresh()

    def clear(self) -> None:
        """Forget the results."""
        self._evaluation = self._dataset = self._samples = self._new = None
        self._show(ShownSamples())

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
        self.head.text_edited.connect(self._change_text)
        self.table.activated.connect(self._open_large)
        self.table.horizontalHeader().sectionClicked.connect(self._turn)
        self.table.selectionModel().currentRowChanged.connect(self._tell)
        self.empty.pressed.connect(self._show_everything)
        self.open.clicked.connect(self.open_wanted)
        self.save.clicked.connect(self.save_wanted)

    def _refresh(self) -> None:
        if self._new is not None:
            self._show(of_file(self._new))
        elif self._evaluation is not None and self._dataset is not None:
            samples = self._dataset.test if self._samples is None else self._samples
            shown = of_part(self._evaluation, self._dataset, samples, self._filter, self._order, self._text)
            self._show(shown)

    def _show(self, shown: ShownSamples) -> None:
        changed, scrolled = shown.names != self.shown.names, self.table.verticalScrollBar().value()
        self.model.show_samples(shown.sorted(self._sorting))
        if changed:
            self.table.fit_columns()
        self.table.verticalScrollBar().setValue(scrolled)
        self.table.show_sorting(shown.place(self._sorting), bool(self._sorting and self._sorting.descending))
        self._show_head(len(shown.rows))

    def _show_head(self, count: int) -> None:
        new, evaluation = self._new, self._evaluation
        classes = self.shown.right is not None
        self.head.show_choices(classes)
        if classes and evaluation is not None:
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
        self._sorting = turned(self._sorting, self.shown.names[index])
        self._refresh()

    def _change_text(self, text: str) -> None:
        self._text = TextFilter(text)
        self._refresh()

    def _open_large(self, index: QModelIndex) -> None:
        """Show a row of the data in large; those of a file without labels are all that is known of them."""
        evaluation, samples, shown = self._evaluation, self._samples, self.shown
        if self._new is not None or evaluation is None or samples is None:
            return
        columns = tuple(one for one in shown.columns if not getattr(one, "share", False))
        listed = Listed(evaluation, samples, shown.rows, columns)
        large = LargeView(listed, int(shown.rows[index.row()]), self.window())
        large.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        large.moved.connect(self._follow_large)
        large.open()

    def _follow_large(self, sample: int) -> None:
        """Go to the row that is shown in large."""
        found = np.flatnonzero(self.shown.rows == sample)
        if len(found):
            self.table.selectRow(int(found[0]))

    def _change_order(self, order: str) -> None:
        self._order, self._sorting = order, None
        self._refresh()

    def _tell(self, current: QModelIndex, before: QModelIndex) -> None:
        if current.isValid() and self._new is None:
            self.sample_chosen.emit(int(self.shown.rows[current.row()]))

    def _show_everything(self) -> None:
        self._new = None
        self.head.clear_text()
        self.filter_edited.emit(ALL)
