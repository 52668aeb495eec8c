"""Locking: one program at a time works on a folder; a lock ends with its program, however that ends."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from nnstudio.data.watch import UNWATCHED, Watch

_POLL_SECONDS = 0.1
_WAITING = "Waiting for another nnstudio that is at the same"


@contextmanager
def locked(path: Path, watch: Watch = UNWATCHED) -> Iterator[None]:
    """Hold the lock whose file is ``path``; wait where another program, or another thread, holds it.

    Raises:
        OSError: the file cannot be made.
        Cancelled: a person stopped the waiting.
    """
    with open(path, "ab") as file:
        while not _taken(file):
            watch.told(None, _WAITING)
            time.sleep(_POLL_SECONDS)
        yield


if sys.platform == "win32":
    import msvcrt

    def _taken(file: IO[bytes]) -> bool:
        try:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _taken(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
