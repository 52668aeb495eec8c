"""PredictionTab: how right the network is, what it gets wrong, and a place to try it on new samples."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from nnstudio.experiments.evaluation import Evaluation
from nnstudio.experiments.part import Part
from nnstudio.session.session import Session
from nnstudio.ui.explaining.explain_verbs import ExplainVerbs
from nnstudio.ui.prediction.empty_state import EmptyState
from nnstudio.ui.prediction.empty_words import empty_words, way_on
from nnstudio.ui.prediction.gallery_panel import GalleryPanel
from nnstudio.ui.prediction.matrix_panel import MatrixPanel
from nnstudio.ui.prediction.pad_panel import WIDTH_PX, PadPanel
from nnstudio.ui.prediction.places import pages, splitter
from nnstudio.ui.prediction.prediction_verbs import PredictionVerbs
from nnstudio.ui.prediction.row_panel import RowPanel
from nnstudio.ui.prediction.sample_filter import ALL, WRONG, SampleFilter
from nnstudio.ui.prediction.samples_panel import SamplesPanel
from nnstudio.ui.prediction.summary_line import SummaryLine
from nnstudio.ui.prediction.value_panel import ValuePanel
from nnstudio.ui.widgets import column, rule

_MATRIX_SHARE = 0.418  # of the width, until a person sets it
_MATRIX_PX = (400, 602)
_PROGRESS_MS = 150


class PredictionTab(QWidget):
    """Holds which samples are looked at; images and rows, classes and values each have panels of their own.

    Signals:
        hovered(sentence): What is under the pointer, in words for the status bar; "" when nothing is.
        stage_asked(title): A person wants to go to the tab called so: "Data" or "Model".
    """

    hovered = Signal(str)
    stage_asked = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._filter = WRONG
        self._stale = True
        self._answered = False  # whether an evaluation came, even an empty one
        self._moved = False  # whether a person set the widths
        self._threshold: float | None = None
        self._progress = QTimer(self, interval=_PROGRESS_MS)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.summary = SummaryLine()
        self.matrix = MatrixPanel()
        self.values = ValuePanel()
        self.gallery = GalleryPanel()
        self.samples = SamplesPanel()
        self.pad = PadPanel(self._session)
        self.row = RowPanel(self._session)
        self.empty = EmptyState()
        self.verbs = PredictionVerbs(self._session, self.samples, self)
        self.explaining = ExplainVerbs(self._session, self)
        self._scores = pages(self.matrix, self.values)
        self._tables = pages(self.gallery, self.samples)
        self._results = splitter(self._scores, self._tables, wide=1)
        self._pages = pages(self._results, self.empty)
        self._trials = pages(self.pad, self.row)
        self._columns = splitter(self._pages, self._trials, wide=0)
        self.setLayout(column(self.summary, rule(), self._columns, space=0))

    def _connect(self) -> None:
        self._session.evaluated.connect(self._take_evaluation)
        self._session.dataset_changed.connect(self._forget)
        self._session.document.changed.connect(self._refresh)
        self.matrix.matrix.edited.connect(self._take_filter)
        self.matrix.classes.edited.connect(self._take_filter)
        self.matrix.matrix.hovered.connect(self.hovered)
        self.matrix.threshold.edited.connect(self._take_threshold)
        for table in (self.gallery, self.samples):
            table.filter_edited.connect(self._take_filter)
        for points in (self.samples, self.values):
            points.sample_chosen.connect(self._show_sample)
        for parted in (self._columns, self._results):
            parted.splitterMoved.connect(self._keep_widths)
        for trial in (self.pad, self.row):
            trial.stage_asked.connect(self.stage_asked)
        self.empty.pressed.connect(self._go_on)
        self.summary.parts.textActivated.connect(self._take_part)
        self.summary.work.cancel.clicked.connect(self._cancel)
        self._progress.timeout.connect(self._show_progress)

    @property
    def filter(self) -> SampleFilter:
        """Which samples the gallery shows."""
        return self._filter

    @property
    def evaluation(self) -> Evaluation | None:
        """What is shown: the newest evaluation of these data, with the threshold that a person chose."""
        return self._evaluation_that_fits()

    def export_predictions(self) -> None:
        """Ask where to, and save all predictions of the part that is looked at."""
        self.verbs.export(self.evaluation)

    def _take_filter(self, chosen: SampleFilter) -> None:
        self._filter = chosen
        self._show_filter()
        self._table.show_filter(chosen)

    def _show_filter(self) -> None:
        """Frame in the matrix what is chosen, and say how many samples that is."""
        evaluation, words = self._evaluation_that_fits(), ""
        if evaluation is not None and evaluation.facts.is_classes:
            words = self._filter.counted_words(evaluation, self._noun)
        self.matrix.show_filter(self._filter, words)

    @property
    def _noun(self) -> str:
        return "images" if self._session.dataset.training.images else "samples"

    def _take_part(self, name: str) -> None:
        self._session.evaluate_part(Part(name))

    def _cancel(self) -> None:
        self._session.cancel_evaluation()
        self.summary.show_part(self._session.part)

    def _show_progress(self) -> None:
        self.summary.work.show_progress(self._session.evaluation_progress)

    def _take_threshold(self, threshold: float | None) -> None:
        self._threshold = threshold
        for trial in (self.pad, self.row):
            trial.show_threshold(threshold)
        self._refresh()

    @property
    def _table(self) -> GalleryPanel | SamplesPanel:
        """What shows the samples of these data."""
        return self.gallery if self._session.dataset.training.images else self.samples

    def _show_sample(self, sample: int) -> None:
        self.row.show_sample(sample)
        self.values.plot.show_sample(sample)

    def _take_evaluation(self, evaluation: Evaluation | None) -> None:
        self._answered = True
        self._refresh()

    def _forget(self) -> None:
        self._answered = False
        self.samples.clear()
        self.values.plot.show_sample(None)
        self._take_threshold(None)

    def _refresh(self) -> None:
        """Show the newest results; what is hidden waits until it is shown."""
        self._stale = not self.isVisible()
        if self._stale:
            return
        evaluation = self._evaluation_that_fits()
        images = self._session.dataset.training.images
        noun = self._noun
        self._trials.setCurrentWidget(self.pad if images else self.row)
        self.summary.show_part(self._session.part)
        self.summary.show_evaluation(evaluation, noun)
        if evaluation is None:
            self.empty.show_reason(*empty_words(self._session, self._answered))
            self._table.clear()
        else:
            self._show(evaluation, noun)
        self._pages.setCurrentWidget(self.empty if evaluation is None else self._results)

    def _show(self, evaluation: Evaluation, noun: str) -> None:
        dataset, classes = self._session.dataset, evaluation.facts.is_classes
        looked = self._session.looked
        samples = dataset.test if looked is None else looked.samples
        if not self._filter.fits(evaluation.facts.classes):
            self._filter = ALL
        self._scores.setCurrentWidget(self.matrix if classes else self.values)
        images = samples.images and classes
        self._tables.setCurrentWidget(self.gallery if images else self.samples)
        if classes:
            self.matrix.show_evaluation(evaluation, noun)
            self._show_filter()
        else:
            self.values.show_evaluation(evaluation, dataset.target_names)
        if images:
            self.gallery.show_evaluation(evaluation, samples, self._filter)
        else:
            self.samples.show_evaluation(evaluation, dataset, self._filter, samples)

    def _evaluation_that_fits(self) -> Evaluation | None:
        """Return the evaluation, unless it is one of the data that were open before."""
        evaluation, dataset = self._session.evaluation, self._session.dataset
        if evaluation is None or evaluation.facts != dataset.facts:
            return None
        return evaluation.at(self._threshold) if evaluation.facts.classes == 2 else evaluation

    def _go_on(self) -> None:
        stage = way_on(self._session)
        if stage:
            self.stage_asked.emit(stage)
        else:
            self._session.train_or_pause()

    def _keep_widths(self) -> None:
        self._moved = True

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        if not self._moved:
            least, most = _MATRIX_PX
            rest = max(self.width() - WIDTH_PX, 2)
            matrix = min(max(round(self.width() * _MATRIX_SHARE), least), most)
            self._columns.setSizes([rest, WIDTH_PX])
            self._results.setSizes([matrix, rest - matrix])

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._progress.start()
        if self._session.evaluation is None:
            self._session.evaluate()
        if self._stale:
            self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        super().hideEvent(event)
        self._progress.stop()
