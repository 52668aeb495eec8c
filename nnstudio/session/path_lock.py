"""PathLock: one of several running programs has a file or folder; the others are told."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QLockFile

from nnstudio.paths import user_data_dir


class PathLock:
    """Held until `release` or the end of the process, however that comes.

    The lock's own file lies among the user's files, so that it works beside projects on read-only disks.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        folder = user_data_dir() / "locks"
        name = hashlib.blake2b(os.path.realpath(path).encode("utf-8", "surrogateescape"), digest_size=12)
        with suppress(OSError):  # no place for locks: then nothing is locked
            folder.mkdir(parents=True, exist_ok=True)
        self._lock = QLockFile(str(folder / f"{name.hexdigest()}.lock"))
        self._lock.setStaleLockTime(
            0
        )  # a project may stay open for days; a dead owner is noticed all the same

    def take(self) -> bool:
        """Try to have it; return whether no other program has it."""
        return self._lock.tryLock(0) or self._lock.error() is not QLockFile.LockError.LockFailedError

    def release(self) -> None:
        """Let others have it."""
        self._lock.unlock()
