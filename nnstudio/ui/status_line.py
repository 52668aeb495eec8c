"""StatusLine: says at the left of the status bar what is happening, and lets long work be cancelled."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from nnstudio.session.session import Session
from nnstudio.ui.main_window import MainWindow
from nnstudio.ui.widgets import button

_TOLD_MS = 8000
_BUSY_MS = 300  # shorter work is not worth a word
_FOLLOW_MS = 200
_CANCEL_AFTER_MS = 1000


class StatusLine(QObject):
    """What was told stands for a while; then what is under way, or else what holds as long as it holds."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self.cancel = button("Cancel", kind="small", icon_name="close")
        self.cancel.hide()
        window.add_beside_status(self.cancel)
        self._told = QTimer(self, singleShot=True, interval=_TOLD_MS)
        self._busy = QTimer(self, singleShot=True, interval=_BUSY_MS)
        self._follow = QTimer(self, interval=_FOLLOW_MS)
        self._long = QTimer(self, singleShot=True, interval=_CANCEL_AFTER_MS)
        self._told.timeout.connect(self.show_state)
        self._busy.timeout.connect(self.show_state)
        self._follow.timeout.connect(self.show_state)
        self.cancel.clicked.connect(session.jobs.cancel_all)
        session.jobs.changed.connect(self._start)
        session.table.changed.connect(self.show_state)
        session.told.connect(self.tell)

    def tell(self, sentence: str) -> None:
        """Say something for a while."""
        self._window.show_status(sentence)
        self._told.start()

    def show_state(self) -> None:
        """Say what is under way, or what holds."""
        works = self._session.jobs.works
        if works:
            self._window.show_status(" ".join(map(_words, works)))
        elif not self._told.isActive():
            self._window.show_status(_standing_words(self._session))
        self.cancel.setVisible(bool(works) and self._session.jobs.can_cancel and not self._long.isActive())

    def _start(self) -> None:
        if self._session.jobs.titles:
            if not self._follow.isActive():
                self._long.start()
                self._busy.start()
                self._follow.start(_BUSY_MS)
        else:
            self._follow.stop()
            self.show_state()


def _words(work: tuple[str, float | None, str]) -> str:
    title, share, words = work
    details = words or (f"{100 * share:.0f} %" if share is not None else "")
    return f"{title}: {details}" if details else f"{title} …"


def _standing_words(session: Session) -> str:
    if not session.table.is_open:
        return ""
    return f"The project still uses {session.dataset.name} until you press Use this table."
