"""DivergenceNotice: why a training diverged, and the one button that goes on from there."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnstudio.session import words
from nnstudio.session.session import Session
from nnstudio.ui.notice import notice
from nnstudio.ui.widgets import button, label


class DivergenceNotice(QWidget):
    """Comes when the loss is no number any more, and goes with the run that it tells of."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._words = label(wrap=True)
        self.back = button("Back", kind="small", icon_name="undo")
        self.back.setToolTip("Take the weights of then, and hold: Resume trains on with smaller steps")
        ground = notice("error", self._words, below=self.back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(ground)
        self.back.clicked.connect(session.recover)
        self.hide()  # shown before it has a place it would be a window of its own

    @property
    def text(self) -> str:
        """What it says; "" while it says nothing."""
        return self._words.text()

    def show_state(self) -> None:
        """Come or go."""
        reason, way_back = words.divergence_words(self._session)
        self._words.setText(reason)
        self.back.setText(way_back)
        self.setVisible(bool(reason))
