"""MediaRow: train, pause, step, stop, reset and more epochs, with the progress between them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QWidget

from nnstudio.session.session import Session
from nnstudio.session.steering_table import Verb
from nnstudio.ui.painting import sized
from nnstudio.ui.training.progress_strip import ProgressStrip
from nnstudio.ui.widgets import action_button, button, column, figures_font, label, panel, row

_HEIGHT_PX = 64
_BUTTON_PX = 36
_MORE_EPOCHS = 5
_LEAST_WIDTH_PX = 640
_WORDS_FROM_PX = 900  # narrower, the buttons show their icons alone
_SPEED_FROM_PX = 960
_EPOCHS_PX = 64
_MOST_EPOCHS = 10_000
_SEED_TIP = "New seed: other initial weights and another order for the next run, a step to undo (Ctrl+F6)"
_WIDEST_VERB = "Continue"
_MAIN_POINTS = 11.0
_AROUND_VERB_PX = 58  # icon, gap and padding of the main button


class MediaRow(QWidget):
    """The verbs of a training in one row.

    Signals:
        reset_wanted(): A person wants to go back to fresh weights.
    """

    reset_wanted = Signal()

    def __init__(self, session: Session, main_action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._main = action_button(main_action, kind="primary", text=True)
        self._main.setProperty("extent", "media")
        verb = QFontMetrics(sized(self.font(), _MAIN_POINTS, bold=True)).horizontalAdvance(_WIDEST_VERB)
        self._main.setFixedHeight(_BUTTON_PX)
        self._main.setFixedWidth(verb + _AROUND_VERB_PX)  # the same for all its verbs: nothing moves
        self.step = button("Step", kind="media", icon_name="step", tip="Learn from one batch (F6)")
        self.stop = button("Stop", kind="media", icon_name="stop", tip="End after this batch (Shift+F5)")
        self.reset = button("Reset", kind="media", icon_name="reset", tip="Back to the same initial weights")
        self.seed = button("", kind="media", icon_name="dice", tip=_SEED_TIP)
        self.seed.setAccessibleName("New seed")
        self.more = button("epochs", kind="media", icon_name="plus", tip="Train so many epochs more (F7)")
        self.epochs = QSpinBox()
        self.epochs.setRange(1, _MOST_EPOCHS)
        self.epochs.setValue(_MORE_EPOCHS)
        self.epochs.setAccessibleName("How many epochs more")
        self.epochs.setToolTip("How many epochs more; Enter trains them")
        self.epochs.setFixedSize(_EPOCHS_PX, _BUTTON_PX)
        self.strip = ProgressStrip()
        self._speed = label(size="strong")
        self._speed.setFont(figures_font(self._speed.font()))
        self._speed_box = QWidget()
        unit = label("samples per s", role="text_2", size="caption")
        self._speed_box.setLayout(column(None, self._speed, unit, None, space=1))
        self._speed_box.setFixedWidth(QFontMetrics(self.font()).horizontalAdvance("samples per s"))
        self._verbs: tuple[tuple[QWidget, Verb], ...] = (
            (self.step, Verb.STEP),
            (self.stop, Verb.STOP),
            (self.reset, Verb.RESET),
            (self.seed, Verb.NEW_SEED),
            (self.more, Verb.MORE),
            (self.epochs, Verb.MORE),
        )
        self.setFixedHeight(_HEIGHT_PX)
        self.setMinimumWidth(_LEAST_WIDTH_PX)  # what it shows now would keep the window from getting narrower
        self._lay_out()
        self._connect()
        self.show_state()

    def show_state(self) -> None:
        """Show what can be done now, and the progress."""
        session = self._session
        for pressed, verb in self._verbs:
            pressed.setEnabled(session.can(verb))
        self.show_progress()

    def show_progress(self) -> None:
        """Show the progress alone; called several times a second."""
        run = self._session.run
        if run is None:
            self.strip.show_nothing(self._session.document.study.plan.epochs)
            self._show_speed(0.0)
            return
        self.strip.show_progress(run.progress, run.wall_seconds)
        self._show_speed(run.progress.samples_per_second)

    def _show_speed(self, speed: float) -> None:
        self._speed.setText(f"{speed:,.0f}" if speed >= 1 else "–")

    def _connect(self) -> None:
        self.step.clicked.connect(self._session.step_once)
        self.stop.clicked.connect(self._session.stop)
        self.reset.clicked.connect(self.reset_wanted)
        self.more.clicked.connect(self.train_more)
        self.seed.clicked.connect(self._session.new_seed)
        self.epochs.lineEdit().returnPressed.connect(self.train_more)

    def _lay_out(self) -> None:
        ground = panel("surface")
        layout = QHBoxLayout(ground)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.setSpacing(8)
        for widget in (self._main, self.step, self.stop, self.reset, self.seed):
            layout.addWidget(widget)
        layout.addSpacing(16)
        layout.addWidget(self.strip, 1)
        layout.addSpacing(16)
        layout.addWidget(self._speed_box)
        layout.addLayout(row(self.epochs, self.more, space=4))
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)

    def train_more(self) -> None:
        """Train as many epochs more as the field says."""
        if self.more.isEnabled():
            self._session.train_more(self.epochs.value())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        width = event.size().width()
        for pressed, words in ((self.step, "Step"), (self.stop, "Stop"), (self.reset, "Reset")):
            pressed.setText(words if width >= _WORDS_FROM_PX else "")
            pressed.setAccessibleName(words)
        self._speed_box.setVisible(width >= _SPEED_FROM_PX)
