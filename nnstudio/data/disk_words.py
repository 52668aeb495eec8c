"""DiskWords: what keeps something of the user's from being written, in a sentence."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nnstudio.errors import FileError

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def write_errors(what: str, folder: Path) -> Iterator[None]:
    """Turn what the system says while ``what`` is written into ``folder`` into a FileError."""
    try:
        yield
    except OSError as error:
        reason = _reason(folder, error)
        raise FileError(f"{what} could not be kept in {folder}: {reason}") from error


def _reason(folder: Path, error: OSError) -> str:
    if error.errno in NO_ROOM:
        return "the disk is full. Make room and try again."
    if error.errno in _NOT_ALLOWED:
        return "writing there is not permitted. Ask for the right to write there."
    return f"{error.strerror or error}. See to it that {folder} is a folder to write to."
