"""Job: one piece of long work in a thread of its own, whose result comes back to the window's thread."""

from __future__ import annotations

import atexit
import sys
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from nnstudio.data.watch import Watch
from nnstudio.errors import Cancelled, UserError
from nnstudio.session.telling import tell

# A thread may outlive the window that started it, but never what it emits from: nothing else owns a job
# until its end was told in the window's thread.
_UNDER_WAY: set[Job] = set()
_LAST_SECONDS = 2.0


class _JobWatch(Watch):
    """Keeps what was told last: the window asks for it when it has time."""

    def __init__(self, stopped: threading.Event) -> None:
        self._stopped = stopped
        self.newest: tuple[float | None, str] = (None, "")

    def told(self, share: float | None, words: str = "") -> None:
        self.newest = (share, words)
        self.go_on()

    def cancelled(self) -> bool:
        return self._stopped.is_set()


class Job(QObject):
    """Runs ``work(watch)`` in a daemon thread; the work tells the watch how far it is, and asks it.

    Signals:
        succeeded(result): The work is done; never after `cancel`.
        failed(sentence): A UserError ended the work.
        ended(): Last of all, however it ended.
    """

    succeeded = Signal(object)
    failed = Signal(str)
    ended = Signal()
    _result = Signal(object)
    _error = Signal(str)

    def __init__(self, title: str, work: Callable[[Watch], Any]) -> None:
        super().__init__()
        self.title = title
        self._work = work
        self._cancelled = threading.Event()
        self._watch = _JobWatch(self._cancelled)
        self._thread = threading.Thread(target=self._run, name=title, daemon=True)
        self._result.connect(self._deliver)
        self._error.connect(self._fail)
        self.ended.connect(self._forget)

    def start(self) -> None:
        """Begin."""
        _UNDER_WAY.add(self)
        self._thread.start()

    def cancel(self) -> None:
        """Ask the work to end; its result is dropped."""
        self._cancelled.set()

    @property
    def progress(self) -> tuple[float | None, str]:
        """The share that is done, 0 to 1 or None where nobody knows, and what is being done."""
        return self._watch.newest

    def join(self, seconds: float) -> bool:
        """Wait for the end; return whether it came."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            result = self._work(self._watch)
            tell(self._result, result)
        except Cancelled:
            pass
        except UserError as error:
            tell(self._error, str(error))
        except Exception:
            sys.excepthook(*sys.exc_info())  # a bug: the application's hook shows it
        finally:
            tell(self.ended)

    def _deliver(self, result: object) -> None:
        """Tell the result in the window's thread, where no cancel can come between."""
        if not self._cancelled.is_set():
            self.succeeded.emit(result)

    def _fail(self, sentence: str) -> None:
        if not self._cancelled.is_set():
            self.failed.emit(sentence)

    def _forget(self) -> None:
        _UNDER_WAY.discard(self)


@atexit.register
def _end_all() -> None:
    """End what still computes: a thread that does so while Python ends brings the program down."""
    for job in tuple(_UNDER_WAY):
        job._cancelled.set()
        job._thread.join(_LAST_SECONDS)
