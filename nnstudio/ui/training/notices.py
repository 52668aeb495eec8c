"""Notices: what a person should know about the run shown, above its curves."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnstudio.data.sources.mnist_sample import MnistSample
from nnstudio.session import words
from nnstudio.session.session import Session
from nnstudio.ui.notice import notice
from nnstudio.ui.widgets import button, label

_SAMPLE_WORDS = (
    "The sample has 4,000 images to learn from: 93 to 94 % of its test images come out right. "
    "With the 60,000 of the complete MNIST the same network reaches about 98 %."
)


class Notices(QWidget):
    """Two lines that come and go.

    Signals:
        full_mnist_wanted(): A person wants to open the complete MNIST.
    """

    full_mnist_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._dismissed = False
        self._gives_room = False
        self._changed_words = label(wrap=True)
        self._choice = button("", kind="small")
        self._changed = notice("warning", self._changed_words, self._choice)
        self._choice.clicked.connect(self._choose)
        session.start.changed.connect(self.show_state)
        open_full = button("Open all 60,000 …", kind="small")
        open_full.setToolTip("Open the four files of MNIST, or Keras' mnist.npz, or their folder")
        close = button("", kind="ghost", icon_name="close", tip="Hide this")
        self._sample = notice("info", label(_SAMPLE_WORDS, wrap=True), open_full, close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._changed)
        layout.addWidget(self._sample)
        open_full.clicked.connect(self.full_mnist_wanted)
        close.clicked.connect(self._dismiss)
        self.hide()  # shown before it has a place it would be a window of its own

    def show_state(self) -> None:
        """Show the notices that hold now."""
        note = words.run_note(self._session)
        self._changed_words.setText(note)
        self._changed.setVisible(bool(note))
        self._choice.setVisible(bool(note) and self._session.start.has_choice)
        self._choice.setText("Start all fresh" if self._session.start.keeps else "Keep what fits")
        sample = isinstance(self._session.dataset.recipe.source, MnistSample)
        unwanted = self._dismissed or self._gives_room or bool(note)
        self._sample.setVisible(sample and self._session.trained and not unwanted)
        self.setVisible(self._changed.isVisibleTo(self) or self._sample.isVisibleTo(self))

    def give_room(self, gives: bool) -> None:
        """Leave out what is only good to know, where the room is wanted for something else."""
        if gives != self._gives_room:
            self._gives_room = gives
            self.show_state()

    def _choose(self) -> None:
        self._session.start.keep(not self._session.start.keeps)

    def _dismiss(self) -> None:
        self._dismissed = True
        self.show_state()
