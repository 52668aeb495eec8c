"""StatusLine: says at the left of the status bar what went well, and what is under way."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from nnstudio.session.session import Session
from nnstudio.ui.main_window import MainWindow

_TOLD_MS = 8000
_BUSY_MS = 300  # shorter work is not worth a word


class StatusLine(QObject):
    """A sentence stays for some seconds; what is under way stands there while it lasts."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = session.jobs
        self._told = QTimer(self, singleShot=True, interval=_TOLD_MS)
        self._busy = QTimer(self, singleShot=True, interval=_BUSY_MS)
        session.told.connect(self.tell)
        session.jobs.changed.connect(self._busy.start)
        self._busy.timeout.connect(self._tell_jobs)
        self._told.timeout.connect(self._tell_jobs)

    def tell(self, sentence: str) -> None:
        """Show a sentence for a while."""
        self._window.show_status(sentence)
        self._told.start()

    def _tell_jobs(self) -> None:
        titles = self._jobs.titles
        if titles:
            self._window.show_status(" …  ".join((*titles, "")).strip())
        elif not self._told.isActive():
            self._window.show_status("")
