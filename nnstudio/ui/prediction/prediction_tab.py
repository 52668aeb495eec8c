"""PredictionTab: how right the network is, what it gets wrong, and a pad to try it on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from nnstudio.experiments.confusion import Confusion
from nnstudio.experiments.evaluation import Evaluation
from nnstudio.session.session import Session
from nnstudio.session.words import main_verb
from nnstudio.ui.prediction.empty_state import EmptyState
from nnstudio.ui.prediction.gallery_panel import GalleryPanel
from nnstudio.ui.prediction.matrix_panel import MatrixPanel
from nnstudio.ui.prediction.pad_panel import WIDTH_PX, PadPanel
from nnstudio.ui.prediction.sample_filter import ALL, WRONG, SampleFilter
from nnstudio.ui.prediction.summary_line import SummaryLine
from nnstudio.ui.widgets import column, rule

_MATRIX_SHARE = 0.418  # of the width, until a person sets it
_MATRIX_PX = (400, 602)


class PredictionTab(QWidget):
    """Summary line, confusion matrix, gallery and drawing pad; holds which samples are looked at.

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
        self._build()
        self._connect()

    def _build(self) -> None:
        self.summary = SummaryLine()
        self.matrix = MatrixPanel()
        self.gallery = GalleryPanel()
        self.pad = PadPanel(self._session)
        self.empty = EmptyState()
        self._results = _splitter(self.matrix, self.gallery)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._results)
        self._pages.addWidget(self.empty)
        self._columns = _splitter(self._pages, self.pad)
        self.setLayout(column(self.summary, rule(), self._columns, space=0))

    def _connect(self) -> None:
        self._session.evaluated.connect(self._take_evaluation)
        self._session.dataset_changed.connect(self._forget)
        self._session.document.changed.connect(self._refresh)
        self.matrix.matrix.edited.connect(self._take_filter)
        self.matrix.matrix.hovered.connect(self.hovered)
        self.gallery.filter_edited.connect(self._take_filter)
        for splitter in (self._columns, self._results):
            splitter.splitterMoved.connect(self._keep_widths)
        self.pad.stage_asked.connect(self.stage_asked)
        self.empty.pressed.connect(self._go_on)

    @property
    def filter(self) -> SampleFilter:
        """Which samples the gallery shows."""
        return self._filter

    def _take_filter(self, chosen: SampleFilter) -> None:
        self._filter = chosen
        self.matrix.matrix.show_filter(chosen)
        self.gallery.show_filter(chosen)

    def _take_evaluation(self, evaluation: Evaluation | None) -> None:
        self._answered = True
        self._refresh()

    def _forget(self) -> None:
        self._answered = False
        self._refresh()

    def _refresh(self) -> None:
        """Show the newest results; what is hidden waits until it is shown."""
        self._stale = not self.isVisible()
        if self._stale:
            return
        evaluation = self._evaluation_that_fits()
        noun = "images" if self._session.dataset.test.images else "samples"
        self.summary.show_evaluation(evaluation, noun)
        if evaluation is None or not evaluation.facts.is_classes:
            self._say_why_empty()
            self.gallery.clear()
        else:
            self._show(evaluation, noun)
        empty = evaluation is None or not evaluation.facts.is_classes
        self._pages.setCurrentIndex(1 if empty else 0)

    def _show(self, evaluation: Evaluation, noun: str) -> None:
        if not self._filter.fits(evaluation.facts.classes):
            self._filter = ALL
        names = evaluation.facts.class_names
        self.matrix.show_confusion(Confusion(evaluation.confusion, names, noun))
        self.matrix.matrix.show_filter(self._filter)
        self.gallery.show_evaluation(evaluation, self._session.dataset.test, self._filter)

    def _evaluation_that_fits(self) -> Evaluation | None:
        """Return the evaluation, unless it is one of the data that were open before."""
        evaluation, dataset = self._session.evaluation, self._session.dataset
        if evaluation is None or evaluation.facts != dataset.facts:
            return None
        return evaluation

    def _say_why_empty(self) -> None:
        session = self._session
        if not len(session.dataset.test):
            sentence = "There are no test samples to predict."
            self.empty.show_reason("prediction", sentence, "Choose data")
        elif not session.dataset.facts.is_classes:
            sentence = "A matrix of classes needs classes; these data have values to predict."
            self.empty.show_reason("prediction", sentence, "Choose data")
        elif session.snapshot is None:
            self.empty.show_reason("prediction", main_verb(session).tip, "Go to the model")
        elif not self._answered:
            self.empty.show_reason("clock", "Predicting the test samples …")
        else:
            sentence = "There are no predictions: the weights were made for other data."
            self.empty.show_reason("prediction", sentence, "Train")

    def _go_on(self) -> None:
        session = self._session
        if not (len(session.dataset.test) and session.dataset.facts.is_classes):
            self.stage_asked.emit("Data")
        elif not session.document.report.ready:
            self.stage_asked.emit("Model")
        else:
            session.train_or_pause()

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
        if self._session.evaluation is None:
            self._session.evaluate()
        if self._stale:
            self._refresh()


def _splitter(first: QWidget, second: QWidget) -> QSplitter:
    """Return a splitter with a line of one pixel; a change of width goes to what is in the middle."""
    splitter = QSplitter()
    splitter.addWidget(first)
    splitter.addWidget(second)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(1)
    middle = 1 if isinstance(first, MatrixPanel) else 0
    splitter.setStretchFactor(middle, 1)
    return splitter
