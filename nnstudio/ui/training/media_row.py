"""MediaRow: train, pause, step, stop, reset and more epochs, with the progress between them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nnstudio.session.session import Session
from nnstudio.ui.painting import sized
from nnstudio.ui.training.progress_strip import ProgressStrip
from nnstudio.ui.widgets import action_button, button, column, figures_font, label, panel

_HEIGHT_PX = 64
_BUTTON_PX = 36
_MORE_EPOCHS = 5
_LEAST_WIDTH_PX = 640
_WORDS_FROM_PX = 800  # narrower, the buttons show their icons alone
_SPEED_FROM_PX = 900
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
        more = f"{_MORE_EPOCHS} epochs"
        self.more = button(more, kind="media", icon_name="plus", tip=f"Train {_MORE_EPOCHS} epochs more (F7)")
        self.strip = ProgressStrip()
        self._speed = label(size="strong")
        self._speed.setFont(figures_font(self._speed.font()))
        self._speed_box = QWidget()
        unit = label("samples per s", role="text_2", size="caption")
        self._speed_box.setLayout(column(None, self._speed, unit, None, space=1))
        self._speed_box.setFixedWidth(QFontMetrics(self.font()).horizontalAdvance("samples per s"))
        self.setFixedHeight(_HEIGHT_PX)
        self.setMinimumWidth(_LEAST_WIDTH_PX)  # what it shows now would keep the window from getting narrower
        self._lay_out()
        self._connect()
        self.show_state()

    def show_state(self) -> None:
        """Show what can be done now, and the progress."""
        session = self._session
        ready = not session.document.obstacle
        self.step.setEnabled(ready and not session.running)
        self.stop.setEnabled(session.can_stop)
        self.reset.setEnabled(not session.running and session.trained)
        self.more.setEnabled(session.run_is_current)
        self.show_progress()

    def show_progress(self) -> None:
        """Show the progress alone; called several times a second."""
        run = self._session.run
        if run is None:
            self.strip.show_nothing(self._session.document.study.plan.epochs)
            self._show_speed(0.0)
            return
        self.strip.show_progress(run.progress)
        self._show_speed(run.progress.samples_per_second)

    def _show_speed(self, speed: float) -> None:
        self._speed.setText(f"{speed:,.0f}" if speed >= 1 else "–")

    def _connect(self) -> None:
        self.step.clicked.connect(self._session.step_once)
        self.stop.clicked.connect(self._session.stop)
        self.reset.clicked.connect(self.reset_wanted)
        self.more.clicked.connect(self._train_more)

    def _lay_out(self) -> None:
        ground = panel("surface")
        layout = QHBoxLayout(ground)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.setSpacing(8)
        for widget in (self._main, self.step, self.stop, self.reset):
            layout.addWidget(widget)
        layout.addSpacing(16)
        layout.addWidget(self.strip, 1)
        layout.addSpacing(16)
        layout.addWidget(self._speed_box)
        layout.addWidget(self.more)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)

    def _train_more(self) -> None:
        self._session.train_more(_MORE_EPOCHS)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        width = event.size().width()
        for pressed, words in ((self.step, "Step"), (self.stop, "Stop"), (self.reset, "Reset")):
            pressed.setText(words if width >= _WORDS_FROM_PX else "")
            pressed.setAccessibleName(words)
        self._speed_box.setVisible(width >= _SPEED_FROM_PX)
