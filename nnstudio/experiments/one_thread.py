"""One thread: holds NumPy's products to one thread while anybody needs that."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from threadpoolctl import threadpool_limits

_LOCK = threading.Lock()
_HELD: list[threadpool_limits] = []
_USERS = [0]


@contextmanager
def one_thread() -> Iterator[None]:
    """Limit BLAS to one thread; the limit is the process's, so the last who leaves takes it off."""
    with _LOCK:
        _USERS[0] += 1
        if not _HELD:
            _HELD.append(threadpool_limits(1, user_api="blas"))
    try:
        yield
    finally:
        with _LOCK:
            _USERS[0] -= 1
            if not _USERS[0]:
                _HELD.pop().restore_original_limits()
