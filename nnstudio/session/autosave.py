"""Autosave: keeps what a crash would take along, and finds what crashes left behind."""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from nnstudio.experiments.run import Run, new_key
from nnstudio.formats.recovery import forget_recovery, recovery_info, write_recovery
from nnstudio.paths import user_data_dir
from nnstudio.session.job import Job
from nnstudio.session.path_lock import PathLock
from nnstudio.session.session import Session

_LOOK_MS = 500
_LEAST_SECONDS = 9.0  # between two writings, so that with the writing itself at most 10 seconds are lost
_CLOSE_SECONDS = 30.0


@dataclass(frozen=True)
class Left:
    """What a program that ended without closing left: in which folder, of which project, from when."""

    folder: Path
    path: str
    written: datetime
    lock: PathLock


class Autosave(QObject):
    """Writes in the background, soon after the first change and then at most every 10 seconds.

    Each running program has a folder of its own, which is locked; it goes when there is nothing to lose.

    Signals:
        failed(sentence): It cannot be kept; told once.
    """

    failed = Signal(str)

    def __init__(self, session: Session, root: Path | None = None) -> None:
        super().__init__(session)
        self._root = root if root is not None else user_data_dir() / "recovery"
        self._folder = self._root / new_key()
        self._lock = PathLock(self._folder)
        self._lock.take()
        self._next_lock = self._lock
        self._written: dict[str, Run] = {}
        self._mark: tuple[object, ...] = ()
        self._at = -_LEAST_SECONDS
        self._failing = False
        self._job: Job | None = None
        self._removal: Job | None = None
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        session.project.opened.connect(self._take_over)
        session.closed.connect(self._close)

    @property
    def _session(self) -> Session:
        session = self.parent()  # a reference each way would be a circle that any thread might destroy
        assert isinstance(session, Session)
        return session

    def left(self) -> list[Left]:
        """Return what other programs left, the newest first, each locked until `Left.lock` is released."""
        try:
            folders = [path for path in self._root.iterdir() if path.is_dir() and path != self._folder]
        except OSError:
            return []
        found = [left for left in map(_left_in, folders) if left is not None]
        return sorted(found, key=lambda left: left.written, reverse=True)

    def recover(self, left: Left) -> None:
        """Open what was left; its folder stays until the project is saved."""
        self._next_lock = left.lock
        self._session.project.recover(left.folder, left.path)

    def discard(self, left: Left) -> None:
        """Remove what was left."""
        shutil.rmtree(left.folder, ignore_errors=True)
        left.lock.release()

    def _take_over(self) -> None:
        """Go on in the folder that the project was recovered from."""
        folder = self._session.project.recovered_from
        if folder is not None:
            self._clear()
            self._lock.release()
            self._folder, self._lock, self._written, self._mark = folder, self._next_lock, {}, (None,)

    def _look(self) -> None:
        if self._job is not None:
            return
        project = self._session.project
        if not project.modified:
            self._clear()
            return
        session = self._session
        mark = (session.document.study, session.results, session.notes, project.path)
        if mark != self._mark and time.monotonic() - self._at >= _LEAST_SECONDS:
            self._mark, self._at = mark, time.monotonic()
            self._write(str(project.path or ""))

    def _write(self, path: str) -> None:
        collected, folder, written = self._session.collect(), self._folder, self._written

        def work(_: object) -> dict[str, Run]:
            with suppress(OSError):  # told by what fails next
                folder.mkdir(parents=True, exist_ok=True)
            return write_recovery(folder, path, collected, written)

        self._job = Job("keeping a copy for recovery", work)
        self._job.succeeded.connect(self._take_written)
        self._job.failed.connect(self._tell_failed)
        self._job.ended.connect(self._end)
        self._job.start()

    def _take_written(self, written: dict[str, Run]) -> None:
        self._written, self._failing = written, False

    def _tell_failed(self, sentence: str) -> None:
        if not self._failing:
            self.failed.emit(f"Nothing is kept for a crash: {sentence}")
        self._failing = True

    def _end(self) -> None:
        self._job = None

    def _clear(self) -> None:
        """Remove the folder: all is saved. Large files take their time, so they go in the background."""
        if not self._mark:
            return
        self._written, self._mark = {}, ()
        gone = self._root / new_key()
        try:
            forget_recovery(self._folder)  # what is left of it is offered to nobody
            self._folder.rename(gone)
        except OSError:  # nothing was written yet, or it cannot be moved
            shutil.rmtree(self._folder, ignore_errors=True)
            return
        self._removal = Job("removing a copy for recovery", partial(_remove, gone))
        self._removal.start()

    def _close(self) -> None:
        self._timer.stop()
        if self._job is not None:
            self._job.join(_CLOSE_SECONDS)
        self._clear()
        if self._removal is not None:
            self._removal.join(_CLOSE_SECONDS)
        self._lock.release()


def _remove(folder: Path, _: object) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def _left_in(folder: Path) -> Left | None:
    """Return what is kept in ``folder``, locked; None where its program still runs or nothing can be used."""
    lock = PathLock(folder)
    if not lock.take():
        return None
    info = recovery_info(folder)
    try:
        if info is not None:
            return Left(folder, info.path, datetime.fromisoformat(info.written), lock)
    except ValueError:
        pass
    shutil.rmtree(folder, ignore_errors=True)
    lock.release()
    return None
