"""Jobs: the long works that are under way, at most one at each place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from nnstudio.data.watch import Watch
from nnstudio.session.job import Job


class Jobs(QObject):
    """Starts jobs and keeps them until they end.

    Signals:
        changed(): A job began or ended; `titles` are those under way.
        failed(title, sentence): A job ended with an error that a person can understand.
    """

    changed = Signal()
    failed = Signal(str, str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs: dict[str, Job] = {}
        self._writing: list[Job] = []

    @property
    def titles(self) -> tuple[str, ...]:
        """What is under way."""
        return tuple(job.title for job in self._jobs.values())

    @property
    def works(self) -> tuple[tuple[str, float | None, str], ...]:
        """What is under way: its title, and how far it is, as `Job.progress` tells it."""
        return tuple((job.title, *job.progress) for job in self._jobs.values())

    @property
    def can_cancel(self) -> bool:
        """Whether anything is under way that may be cancelled: what writes nothing."""
        return any(job not in self._writing for job in self._jobs.values())

    def start(
        self,
        title: str,
        work: Callable[[Watch], Any],
        done: Callable[[Any], None],
        *,
        place: str = "",
        writes: bool = False,
    ) -> None:
        """Run ``work`` in a thread and give its result to ``done`` in the window's thread.

        A job takes the place of one that is under way at the same ``place`` (its title, if none is given);
        the older one's result is dropped. One that ``writes`` is waited for at the end.
        """
        place = place or title
        if place in self._jobs:
            self._jobs.pop(place).cancel()
        job = Job(title, work)
        self._jobs[place] = job
        if writes:
            self._writing.append(job)
        job.succeeded.connect(done)
        job.failed.connect(self._job_failed)
        job.ended.connect(self._job_ended)
        job.start()
        self.changed.emit()

    def progress(self, place: str) -> tuple[float | None, str] | None:
        """Return how far the job at ``place`` is, as `Job.progress` tells it; None where there is none."""
        job = self._jobs.get(place)
        return None if job is None else job.progress

    def cancel(self, place: str) -> None:
        """Ask the job at ``place`` to end, if there is one; its result is dropped."""
        if place in self._jobs:
            self._jobs[place].cancel()

    def cancel_all(self) -> None:
        """Ask all jobs to end that write nothing; their results are dropped."""
        for job in self._jobs.values():
            if job not in self._writing:
                job.cancel()

    def finish_writing(self, seconds: float) -> bool:
        """Wait until everything is written; return whether it is."""
        return all(job.join(seconds) for job in self._writing)

    def _job_failed(self, sentence: str) -> None:
        job = self.sender()
        if isinstance(job, Job):
            self.failed.emit(job.title, sentence)

    def _job_ended(self) -> None:
        job = self.sender()
        if not isinstance(job, Job):
            return
        self._jobs = {place: other for place, other in self._jobs.items() if other is not job}
        self._writing = [other for other in self._writing if other is not job]
        self.changed.emit()
