"""Newest: work that is asked for again and again, of which only the newest counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from nnstudio.data.watch import Watch
from nnstudio.session.job import Job

_CLOSE_SECONDS = 2.0

Work = Callable[[Watch], Any]


class Newest(QObject):
    """Runs one job at a time; what is asked meanwhile cancels it, and the last that was asked wins.

    Signals:
        answered(result): The newest work is done.
        failed(sentence): The newest work cannot be done.
        changed(): Work began or ended.
    """

    answered = Signal(object)
    failed = Signal(str)
    changed = Signal()

    def __init__(self, title: str, parent: QObject) -> None:
        super().__init__(parent)
        self._title = title
        self._job: Job | None = None
        self._waiting: Work | None = None

    @property
    def progress(self) -> tuple[float | None, str] | None:
        """How far the work under way is, as `Job.progress` tells it; None where there is none."""
        return None if self._job is None else self._job.progress

    def ask(self, work: Work) -> None:
        """Do this work, in place of all that was asked before."""
        self._waiting = work
        if self._job is None:
            self._start()
        else:
            self._job.cancel()

    def cancel(self) -> None:
        """End what is under way, without a result."""
        self._waiting = None
        if self._job is not None:
            self._job.cancel()

    def close(self) -> None:
        """End, and wait for that."""
        self.cancel()
        if self._job is not None:
            self._job.join(_CLOSE_SECONDS)

    def _start(self) -> None:
        work, self._waiting = self._waiting, None
        if work is not None:
            self._job = Job(self._title, work)
            self._job.succeeded.connect(self.answered)
            self._job.failed.connect(self.failed)
            self._job.ended.connect(self._ended)
            self._job.start()
        self.changed.emit()

    def _ended(self) -> None:
        self._job = None
        self._start()
