"""RowPanel: make up a row, or take one that tests, and see at once what the network makes of it."""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QStackedLayout, QWidget

from nnstudio.data.arrays import Array
from nnstudio.data.dataset import Samples
from nnstudio.data.new_row import row_fields
from nnstudio.experiments.part import Looked
from nnstudio.session.session import Session
from nnstudio.session.words import main_verb
from nnstudio.ui.prediction.empty_state import EmptyState
from nnstudio.ui.prediction.guess import guess_of
from nnstudio.ui.prediction.guess_view import GuessView
from nnstudio.ui.prediction.pad_panel import WIDTH_PX
from nnstudio.ui.prediction.row_form import RowForm
from nnstudio.ui.prediction.row_words import misfit_words, sample_words, unusual_words
from nnstudio.ui.prediction.value_guess import ValueGuess
from nnstudio.ui.widgets import button, column, label, row, rule, scrolled

_COALESCE_MS = 8
_MARGIN_PX = 16
_ANSWER_SHARE = 0.45
_NO_CLASSES = "These outputs cannot be read as classes: the network has to be trained anew."


class RowPanel(QFrame):
    """Holds no state but the row; the weights are those of the session.

    Signals:
        stage_asked(title): A person wants to go to the tab called so.
    """

    stage_asked = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setMinimumWidth(WIDTH_PX)
        self._session = session
        self._sample = 0
        self._changed = False
        self._threshold: float | None = None
        self._shown_part = self._part
        self._timer = QTimer(self, singleShot=True, interval=_COALESCE_MS)
        self._fitting = QTimer(self, singleShot=True, interval=0)
        self.form = RowForm()
        self.explain = button("Explain …", kind="small", icon_name="bulb", tip="Why the network says this")
        self.next = button("Next sample", kind="small", tip="Start from the next sample that tests")
        self.words = label(role="text_2", size="small", wrap=True)
        self.warning = label(role="warning", size="small", wrap=True)
        self.guess = GuessView()
        self.values = ValueGuess()
        self.obstacle = EmptyState()
        self._lay_out()
        self._connect()

    @property
    def _looked(self) -> Looked | None:
        """The samples that are looked at, as far as they are of these data."""
        looked = self._session.looked
        return looked if looked is not None and looked.dataset is self._session.dataset else None

    @property
    def _samples(self) -> Samples:
        """The samples to start from."""
        if self._looked is not None:
            return self._looked.samples
        dataset = self._session.dataset
        return dataset.test if len(dataset.test) else dataset.training

    @property
    def _part(self) -> str:
        if self._looked is not None:
            return self._looked.part.value
        return "Test" if len(self._session.dataset.test) else "Training"

    @property
    def shown_sample(self) -> tuple[Samples, int, str] | None:
        """The sample that is tried, with all of its part and the name of that; None once it was changed."""
        return None if self._changed else (self._samples, self._sample % len(self._samples), self._part)

    def show_sample(self, sample: int) -> None:
        """Start from another sample of those that are looked at."""
        samples = self._samples
        if not len(samples):
            return
        self._sample, self._changed = sample % len(samples), False
        self.form.show_row(samples.x[self._sample].reshape(-1).copy())
        self._predict()

    def show_threshold(self, threshold: float | None) -> None:
        """Read two classes by another threshold; None is that of the network."""
        self._threshold = threshold
        self._follow()

    def _lay_out(self) -> None:
        head = row(label("Try a row", size="strong"), None, self.explain, self.next)
        upper = column(head, self.words, space=6, margins=(_MARGIN_PX, 12, _MARGIN_PX, 0))
        answer = column(
            self.guess, self.values, self.warning, space=8, margins=(_MARGIN_PX, 8, _MARGIN_PX, 12)
        )
        self._answer, self._answer_layout = _scrolled(answer), answer
        form = _scrolled(column(self.form, None, margins=(_MARGIN_PX, 12, _MARGIN_PX, 12)))
        page = QWidget()
        layout = column(upper, self._answer, rule(), form, space=0)
        layout.setStretch(3, 1)
        page.setLayout(layout)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(page)
        self._pages.addWidget(self.obstacle)

    def _connect(self) -> None:
        self.form.edited.connect(self._edited)
        self.next.clicked.connect(self._show_next)
        self.obstacle.pressed.connect(self._go_on)
        self._timer.timeout.connect(self._predict)
        self._fitting.timeout.connect(self._fit)
        session = self._session
        session.dataset_changed.connect(self._open)
        session.evaluated.connect(self._start_over)
        for changed in (session.weights_changed, session.run_changed, session.document.changed):
            changed.connect(self._follow)

    def _open(self) -> None:
        """Show the fields of other data; what is hidden waits until it is shown."""
        if self.isVisible() and not self._session.dataset.training.images:
            self.form.show_fields(row_fields(self._session.dataset))
            self._sample = 0
            self._follow()

    def _start_over(self) -> None:
        """Start from a sample of another part, once another is looked at, unless a person made up a row."""
        if self._part != self._shown_part and self.isVisible() and not self._changed:
            self._shown_part = self._part
            if self.form.inputs is not None:
                self.show_sample(0)

    def _follow(self) -> None:
        """Predict anew, with other weights."""
        session = self._session
        if not self.isVisible() or session.dataset.training.images:
            return
        if self.form.inputs is None or self.form.inputs.size != session.dataset.training.x[:1].size:
            self.form.show_fields(row_fields(session.dataset))
            self.show_sample(self._sample)
        self._predict()

    def _edited(self) -> None:
        self._changed = True
        if not self._timer.isActive():
            self._timer.start()

    def _show_next(self) -> None:
        self.show_sample(self._sample + (0 if self._changed else 1))

    def _predict(self) -> None:
        session, x = self._session, self.form.inputs
        snapshot, outputs = session.snapshot, None
        if snapshot is not None and x is not None:
            raw = x.reshape(session.dataset.training.shape)
            outputs = session.pad.predict(snapshot, raw, session.dataset.scaler)
        self._pages.setCurrentIndex(1 if outputs is None else 0)
        if outputs is None or snapshot is None:
            self._say_why_not(None if snapshot is None else snapshot.input_shape)
        else:
            self._show_words()
            self._show_outputs(outputs.reshape(-1), snapshot.design.loss.boundary)
            self._fitting.start()  # when the parts have told their new sizes

    def _fit(self) -> None:
        """Give the answer the height it needs, as far as the fields keep the most of it."""
        layout = self._answer_layout
        wraps = layout.hasHeightForWidth()
        needed = layout.totalHeightForWidth(self.width()) if wraps else layout.totalSizeHint().height()
        self._answer.setFixedHeight(min(needed, round(self.height() * _ANSWER_SHARE)))

    def _say_why_not(self, shape: tuple[int, ...] | None) -> None:
        if shape is None:
            self.obstacle.show_reason("prediction", main_verb(self._session).tip, "Go to the model")
        else:
            sentence = misfit_words(self._session.dataset, shape)
            self.obstacle.show_reason("prediction", sentence, "Choose data")

    def _show_outputs(self, outputs: Array, boundary: float) -> None:
        dataset = self._session.dataset
        self.guess.setVisible(dataset.facts.is_classes)
        self.values.setVisible(not dataset.facts.is_classes)
        if dataset.facts.is_classes:
            names = dataset.class_names
            self.guess.show_guess(guess_of(outputs, names, boundary, self._threshold), names, _NO_CLASSES)
        else:
            y = self._samples.y[self._sample % len(self._samples)]
            actual = [] if self._changed else [float(value) for value in y.reshape(-1)]
            self.values.show_values(dataset.target_names, [float(value) for value in outputs], actual)

    def _show_words(self) -> None:
        sample = self._sample % len(self._samples)
        words = sample_words(self._session.dataset, self._samples, self._part, sample, self._changed)
        self.words.setText(words)
        self.next.setText("Back to the sample" if self._changed else "Next sample")
        sentence = unusual_words(self.form.unusual)
        self.warning.setText(sentence)
        self.warning.setVisible(bool(sentence))

    def _go_on(self) -> None:
        ready = self._session.snapshot is not None
        self.stage_asked.emit("Data" if ready else "Model")

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(WIDTH_PX, 600)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._open()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit()


def _scrolled(layout: QLayout) -> QScrollArea:
    body = QWidget()
    body.setLayout(layout)
    area = scrolled(body)
    for ground in (area.viewport(), body):
        ground.setAutoFillBackground(False)
    return area
