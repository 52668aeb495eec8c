"""ExplainDialog: the window that says why the network answers as it does, of a sample or of a cell."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from nnstudio.experiments.explaining.cell import CellMeans
from nnstudio.experiments.explaining.explanation import Explanation, Subject, Way
from nnstudio.session.explain_desk import ExplainDesk, NeighbourLook
from nnstudio.session.session import Session
from nnstudio.ui.explaining.cell_page import CellPage, CellSubject
from nnstudio.ui.explaining.explain_foot import ExplainFoot
from nnstudio.ui.explaining.explain_head import ExplainHead
from nnstudio.ui.explaining.sample_page import SamplePage
from nnstudio.ui.explaining.subjects import TRAINING, subject_of
from nnstudio.ui.widgets import column, rule

_SIZE_PX = (980, 680)
_REFRESH_MS = 120
_SETTLED_MS = 150


class ExplainDialog(QDialog):
    """Not modal: it follows the weights while a training runs, and other data close it.

    What was explained before is kept, to go back to from a neighbour or from a sample of a cell.
    """

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Explain")
        self.resize(*_SIZE_PX)
        self._session = session
        self.desk = ExplainDesk(session, self)
        self._history: list[Subject | CellSubject] = []
        self._about: int | None = None
        self._progress = QTimer(self, interval=_REFRESH_MS)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.head = ExplainHead()
        self.sample = SamplePage()
        self.cell = CellPage()
        self._pages = QStackedWidget()
        for page in (self.sample, self.cell):
            self._pages.addWidget(page)
        self.foot = ExplainFoot(self._pages)
        layout = column(self.head, rule(), self._pages, rule(), self.foot, space=12, margins=(18, 14, 18, 14))
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.desk.explained.connect(self._show_explanation)
        self.desk.neighbours_found.connect(self._show_neighbours)
        self.desk.cell_found.connect(self._show_cell)
        self.desk.refused.connect(self.sample.show_refusal)
        self.sample.way_edited.connect(self._change_way)
        self.sample.about_edited.connect(self._change_about)
        self.sample.near.way_edited.connect(self._find_neighbours)
        self.sample.near.chosen.connect(self._explain_training)
        self.cell.chosen.connect(self._explain_of_cell)
        self.head.back.clicked.connect(self._go_back)
        self.head.cancel.clicked.connect(self.desk.cancel)
        self.foot.close_button.clicked.connect(self.close)
        self._progress.timeout.connect(self._show_work)
        self._settled.timeout.connect(self._follow)
        self._session.weights_changed.connect(self._wait_for_weights)
        self._session.dataset_changed.connect(self._forget)
        QShortcut(QKeySequence("Alt+Left"), self).activated.connect(self._go_back)

    def begin(self, subject: Subject | CellSubject) -> None:
        """Explain a sample or a cell; there is nothing to go back to."""
        self._history.clear()
        self._explain(subject)

    def _explain(self, subject: Subject | CellSubject) -> None:
        self._history.append(subject)
        self._open()

    def _open(self) -> None:
        subject = self._history[-1]
        self._about = None
        self.foot.note.setText("")
        self.head.show_subject(subject.title, len(self._history) > 1)
        self._pages.setCurrentWidget(self.cell if isinstance(subject, CellSubject) else self.sample)
        self.sample.near.clear()
        self._ask()
        self._progress.start()
        self.show()
        self.raise_()
        self.activateWindow()

    def _ask(self) -> None:
        """Ask for all that is shown, with the weights as they are now."""
        subject = self._history[-1]
        if isinstance(subject, CellSubject):
            self.head.show_weights(subject.evaluation.epoch)
            self.desk.look_at_cell(subject.samples, subject.rows, subject.actual, subject.predicted)
        else:
            self._explain_again()
            self._find_neighbours(self.sample.near.by_hidden)

    def _explain_again(self) -> None:
        subject = self._history[-1]
        if isinstance(subject, Subject):
            self.desk.explain(subject, self.sample.way, self._about)

    def _find_neighbours(self, by_hidden: bool) -> None:
        subject = self._history[-1]
        if isinstance(subject, Subject):
            self.desk.find_neighbours(subject, by_hidden)

    def _wait_for_weights(self) -> None:
        """Let weights that come in quick succession wait for the last of them."""
        if self.isVisible() and not self._settled.isActive():
            self._settled.start()

    def _follow(self) -> None:
        """Explain a sample again; what a cell has in common was predicted with the weights of its time."""
        if self.isVisible() and self._history and isinstance(self._history[-1], Subject):
            self._ask()

    def _forget(self) -> None:
        """Close: what is explained is of data that are open no more."""
        self._history.clear()
        self.close()

    def _show_explanation(self, found: Explanation) -> None:
        if not self._history:
            return
        self.sample.show_explanation(found)
        if isinstance(self._history[-1], Subject):
            self.head.show_weights(found.question.snapshot.epoch if self._session.trained else None)

    def _show_neighbours(self, look: NeighbourLook) -> None:
        self.sample.near.show_look(look, self._session.dataset)

    def _show_cell(self, found: CellMeans) -> None:
        subject = self._history[-1] if self._history else None
        if isinstance(subject, CellSubject):
            self.cell.show_means(subject, found, self._session.dataset)

    def _show_work(self) -> None:
        self.head.show_work(self.desk.progress)

    def _change_way(self, way: Way) -> None:
        self._change_about(None)

    def _change_about(self, about: int | None) -> None:
        self._about = about
        self._explain_again()

    def _explain_training(self, sample: int) -> None:
        dataset = self._session.dataset
        self._explain(subject_of(dataset.training, sample, TRAINING, dataset.facts.is_classes))

    def _explain_of_cell(self, sample: int) -> None:
        subject = self._history[-1]
        if isinstance(subject, CellSubject):
            self._explain(subject_of(subject.samples, sample, "", True))

    def _go_back(self) -> None:
        if len(self._history) > 1:
            self._history.pop()
            self._open()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        self._progress.stop()
        self.desk.forget()
        super().closeEvent(event)
