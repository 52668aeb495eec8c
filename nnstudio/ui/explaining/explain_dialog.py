"""ExplainDialog: the window that says why the network answers as it does, of a sample or of a cell."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QProgressBar, QStackedWidget, QWidget

from nnstudio.experiments.explaining.cell import CellMeans
from nnstudio.experiments.explaining.explanation import Explanation, Subject, Way
from nnstudio.session.explain_desk import ExplainDesk, NeighbourLook
from nnstudio.session.session import Session
from nnstudio.ui.explaining.cell_page import CellPage, CellSubject
from nnstudio.ui.explaining.sample_page import SamplePage
from nnstudio.ui.explaining.subjects import subject_of
from nnstudio.ui.widgets import button, column, label, row, rule

_SIZE_PX = (900, 640)
_REFRESH_MS = 120
_SETTLED_MS = 150
_BAR_PX = (90, 8)


class ExplainDialog(QDialog):
    """Not modal: it follows the weights while a training runs, and other data close it."""

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
        self.back = button("Back", kind="small", tip="Back to what was explained before (Alt+Left)")
        self.title = label(size="title")
        self.weights = label(role="text_2", size="small")
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(*_BAR_PX)
        self.bar.setAccessibleName("Explaining")
        self.cancel = button("Cancel", kind="small")
        self.sample = SamplePage()
        self.cell = CellPage()
        self._pages = QStackedWidget()
        for page in (self.sample, self.cell):
            self._pages.addWidget(page)
        self.note = label(role="text_2", size="small")
        self.copy = button("Copy", icon_name="copy", tip="Put the explanation on the clipboard as a picture")
        self.save = button("Save as PNG …", icon_name="export")
        self.close_button = button("Close")
        head = row(self.back, self.title, None, self.bar, self.cancel, self.weights, space=10)
        foot = row(self.note, None, self.copy, self.save, self.close_button, space=8)
        layout = column(head, rule(), self._pages, rule(), foot, space=12, margins=(18, 14, 18, 14))
        layout.setStretch(2, 1)
        self.setLayout(layout)
        for one in (self.back, self.copy, self.save, self.close_button, self.cancel):
            one.setAutoDefault(False)
        self._show_work()

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
        self.back.clicked.connect(self._go_back)
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._ask)
        self.close_button.clicked.connect(self.close)
        self.cancel.clicked.connect(self.desk.cancel)
        self._progress.timeout.connect(self._show_work)
        self._settled.timeout.connect(self._follow)
        self._session.weights_changed.connect(self._settled.start)
        self._session.dataset_changed.connect(self._forget)
        QShortcut(QKeySequence("Alt+Left"), self).activated.connect(self._go_back)

    def explain(self, subject: Subject) -> None:
        """Explain a sample."""
        self._history.append(subject)
        self._about = None
        self._open()

    def explain_cell(self, subject: CellSubject) -> None:
        """Explain what some samples have in common."""
        self._history.append(subject)
        self._open()

    def forget_history(self) -> None:
        """Begin anew: there is nothing to go back to."""
        self._history.clear()

    def _open(self) -> None:
        self.back.setVisible(len(self._history) > 1)
        self.note.setText("")
        subject = self._history[-1]
        self.title.setText(subject.title)
        self._pages.setCurrentWidget(self.cell if isinstance(subject, CellSubject) else self.sample)
        self._ask_desk(anew=True)
        self._progress.start()
        self.show()
        self.raise_()
        self.activateWindow()

    def _ask_desk(self, anew: bool) -> None:
        """Ask for what is shown; ``anew`` where it is another sample."""
        subject = self._history[-1]
        self._show_weights()
        if isinstance(subject, CellSubject):
            self.desk.look_at_cell(subject.samples, subject.rows, subject.actual, subject.predicted)
            return
        self.desk.explain(subject, self.sample.way, self._about)
        if anew:
            self.sample.near.clear()
        self.desk.find_neighbours(subject, self.sample.near.by_hidden)

    def _follow(self) -> None:
        """Explain again with weights that have come since."""
        if self.isVisible() and self._history:
            self._ask_desk(anew=False)

    def _forget(self) -> None:
        self._history.clear()
        self.close()

    def _show_explanation(self, found: Explanation) -> None:
        self.sample.show_explanation(found)
        self._show_weights()

    def _show_neighbours(self, look: NeighbourLook) -> None:
        self.sample.show_neighbours(look, self._session.dataset)

    def _show_cell(self, found: CellMeans) -> None:
        subject = self._history[-1] if self._history else None
        if isinstance(subject, CellSubject):
            self.cell.show_means(subject, found, self._session.dataset)

    def _show_weights(self) -> None:
        snapshot = self._session.snapshot
        epoch = 0.0 if snapshot is None else snapshot.epoch
        words = f"Weights after epoch {epoch:.4g}" if self._session.trained else "Untrained weights"
        self.weights.setText(words)

    def _show_work(self) -> None:
        under_way = [one.progress for one in (self.desk.maps, self.desk.near, self.desk.cells)]
        shares = [progress[0] or 0.0 for progress in under_way if progress is not None]
        self.bar.setVisible(bool(shares))
        self.cancel.setVisible(bool(shares))
        if shares:
            self.bar.setValue(round(100 * min(shares)))

    def _change_way(self, way: Way) -> None:
        self._about = None
        self._explain_again()

    def _change_about(self, about: int) -> None:
        self._about = about
        self._explain_again()

    def _explain_again(self) -> None:
        subject = self._history[-1]
        if isinstance(subject, Subject):
            self.desk.explain(subject, self.sample.way, self._about)

    def _find_neighbours(self, by_hidden: bool) -> None:
        subject = self._history[-1]
        if isinstance(subject, Subject):
            self.desk.find_neighbours(subject, by_hidden)

    def _explain_training(self, sample: int) -> None:
        training = self._session.dataset.training
        self.explain(subject_of(training, sample, "Training", self._session.dataset.facts.is_classes))

    def _explain_of_cell(self, sample: int) -> None:
        subject = self._history[-1]
        if isinstance(subject, CellSubject):
            self.explain(subject_of(subject.samples, sample, "", True))

    def _go_back(self) -> None:
        if len(self._history) > 1:
            self._history.pop()
            self._about = None
            self._open()

    def picture(self) -> QPixmap:
        """Return what is shown as a picture."""
        return self._pages.grab()

    def save_to(self, path: str) -> bool:
        """Write the picture; return whether that went well, which is told either way."""
        saved = self.picture().save(path)
        self.note.setText("Saved." if saved else "It could not be written there: choose another folder.")
        return saved

    def _ask(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, "Save the explanation", "explained.png", "Pictures (*.png)"
        )
        if path:
            self.save_to(path if path.lower().endswith(".png") else f"{path}.png")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setPixmap(self.picture())
        self.note.setText("Copied.")

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        self._progress.stop()
        self.desk.cancel()
        super().closeEvent(event)
