"""TimelineStrip: a slider over the weights that a run had on its way; what predicts goes back with it."""

from __future__ import annotations

import math

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from nnstudio.experiments.timeline import Checkpoint
from nnstudio.session.session import Session
from nnstudio.ui.training.timeline_track import TimelineTrack
from nnstudio.ui.widgets import button, column, label, row

_LABEL_PX = 150
_TIP = "Let the best, by validation loss, predict"
_KEEP_TIP = "Keep these weights as a run of their own, which predicts, is exported and can be trained on"


class TimelineStrip(QFrame):
    """Words, the track, and three buttons; it follows the newest weights until a person goes back.

    Signals:
        looked(checkpoint): Weights on the way predict, or with None the newest.
    """

    looked = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setProperty("ground", "surface")
        self.words = label(role="text_2", size="caption")
        self.track = TimelineTrack()
        self.best = button("Best epoch", kind="small", tip=_TIP)
        self.keep = button("Keep these weights", kind="small", tip=_KEEP_TIP)
        self.now = button("Now", kind="small", tip="Follow the newest weights again (End)")
        words = QWidget()
        words.setLayout(column(label("Timeline", size="strong"), self.words, space=0))
        words.setFixedWidth(_LABEL_PX)
        line = row(words, self.track, self.best, self.now, self.keep, margins=(16, 2, 16, 2))
        line.setStretch(1, 1)
        self.setLayout(line)
        self.track.moved.connect(self._move)
        self.best.clicked.connect(self._go_to_best)
        self.now.clicked.connect(self._go_to_now)
        self.keep.clicked.connect(self._keep)
        session.verbs.chose.connect(self.show_timeline)

    def show_timeline(self) -> None:
        """Show the weights there are, and which of them predict."""
        session, timeline = self._session, self._session.timeline
        study = session.shown_study
        self.setVisible(len(timeline) > 1 and study is not None)
        if study is None:
            return
        chosen, best = session.chosen, timeline.best
        epochs = session.run.progress.epochs if session.run is not None else study.plan.epochs
        self.track.show_checkpoints(
            tuple(one.position for one in timeline),
            math.nan if best is None else best.position,
            math.nan if chosen is None else chosen.position,
            float(epochs),
        )
        words = place_words(chosen, float(epochs))
        if words != self.words.text():
            self.words.setText(words)
            self.track.setAccessibleDescription(words)
        self.best.setEnabled(best is not None and chosen is not best)
        self.now.setEnabled(chosen is not None)
        self.keep.setEnabled(chosen is not None)

    def _move(self, index: int) -> None:
        checkpoints = self._session.timeline.checkpoints
        self._choose(checkpoints[index] if 0 <= index < len(checkpoints) - 1 else None)

    def _go_to_best(self) -> None:
        self._choose(self._session.timeline.best)

    def _go_to_now(self) -> None:
        self._choose(None)

    def _choose(self, checkpoint: Checkpoint | None) -> None:
        self._session.verbs.choose(checkpoint)
        self.looked.emit(checkpoint)

    def _keep(self) -> None:
        self._session.verbs.keep_chosen()
        self.looked.emit(self._session.chosen)


def place_words(chosen: Checkpoint | None, epochs: float) -> str:
    """Return which weights predict: "Epoch 3.4 of 10", or that the newest do."""
    if chosen is None:
        return "Now: the newest weights"
    return f"Epoch {chosen.position:.3g} of {epochs:g} predicts"
