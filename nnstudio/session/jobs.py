"""Jobs: the long works that are under way, at most one of each title."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from nnstudio.session.job import Job


class Jobs(QObject):
    """Starts jobs and keeps them until they end; a new one with the title of another replaces it.

    Signals:
        changed(): A job began or ended; `titles` are those under way.
        failed(title, sentence): A job ended with an error that a person can understand.
    """

    changed = Signal()
    failed = Signal(str, str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs: dict[str, Job] = {}

    @property
    def titles(self) -> tuple[str, ...]:
        """What is under way."""
        return tuple(self._jobs)

    def start(
        self, title: str, work: Callable[[Callable[[], bool]], Any], done: Callable[[Any], None]
    ) -> None:
        """Run ``work`` in a thread and give its result to ``done`` in the window's thread."""
        if title in self._jobs:
            self._jobs.pop(title).cancel()
        job = Job(title, work, self)
        self._jobs[title] = job
        job.succeeded.connect(done)
        job.failed.connect(self._job_failed)
        job.ended.connect(self._job_ended)
        job.start()
        self.changed.emit()

    def cancel_all(self) -> None:
        """Ask all jobs to end; their results are dropped."""
        for job in self._jobs.values():
            job.cancel()

    def _job_failed(self, sentence: str) -> None:
        job = self.sender()
        if isinstance(job, Job):
            self.failed.emit(job.title, sentence)

    def _job_ended(self) -> None:
        job = self.sender()
        if not isinstance(job, Job):
            return
        if self._jobs.get(job.title) is job:
            del self._jobs[job.title]
        job.deleteLater()
        self.changed.emit()
