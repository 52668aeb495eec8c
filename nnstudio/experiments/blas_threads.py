"""BlasThreads: how many threads NumPy's products may take while several parts of the program compute."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from threadpoolctl import LibController, ThreadpoolController

_LOCK = threading.Lock()
_WISHES: list[int] = []
_BEFORE: dict[str, int] = {}  # of each library, by its path


@contextmanager
def blas_threads(count: int) -> Iterator[None]:
    """Limit BLAS to ``count`` threads, or to fewer where somebody else needs fewer at the same time.

    The limit is the process's, and another number of threads gives other last bits: so there is this one
    door, the smallest wish holds, and the last who leaves takes the limit off.
    """
    _change(_WISHES.append, count)
    try:
        yield
    finally:
        _change(_WISHES.remove, count)


def _change(change: Callable[[int], None], count: int) -> None:
    with _LOCK:
        if not _WISHES:
            _BEFORE.update({library.filepath: library.num_threads for library in _libraries()})
        change(count)
        for library in _libraries():
            set_threads(library, min(_WISHES, default=_BEFORE.get(library.filepath, count)))


def set_threads(library: LibController, count: int) -> None:
    """Set the limit of ``library`` from this thread.

    Some versions of threadpoolctl let one thread alone set it, and ignore all others without a word: here a
    lock sees to it that one does so at a time.
    """
    if hasattr(library, "clear_controlling_thread"):
        library.clear_controlling_thread(force=True)
    library.set_num_threads(count)


def _libraries() -> list[LibController]:
    return list(ThreadpoolController().select(user_api="blas").lib_controllers)
