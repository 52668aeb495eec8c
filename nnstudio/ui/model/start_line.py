"""StartLine: what Train would keep of the trained weights and what it would reset, before it does."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnstudio.session.document import Document
from nnstudio.session.new_start import NewStart
from nnstudio.ui.cut_label import cut_label
from nnstudio.ui.widgets import button, row


class StartLine(QWidget):
    """Shown only while the stack is another than the trained one; its button keeps what fits, or nothing.

    Whoever gives it a place calls `show_state` then.
    """

    def __init__(self, document: Document, start: NewStart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._start = start
        self.words = cut_label(role="text_2")
        self.choice = button("", kind="small")
        self.choice.clicked.connect(self._choose)
        self.setLayout(line := row(self.words, self.choice))
        line.setContentsMargins(0, 0, 0, 0)
        line.setStretchFactor(self.words, 1)
        document.settled.connect(self.show_state)
        start.changed.connect(self.show_state)
        self.hide()  # shown before it has a place it would be a window of its own

    def show_state(self) -> None:
        """Show what a training would begin with."""
        told = self._start.words()
        if told:
            self.words.setText(f"When you train: {told}")
            self.words.setToolTip(told)
            self.choice.setVisible(self._start.has_choice)
            self.choice.setText("Start all fresh" if self._start.keeps else "Keep what fits")
        self.setVisible(bool(told))

    def _choose(self) -> None:
        self._start.keep(not self._start.keeps)
