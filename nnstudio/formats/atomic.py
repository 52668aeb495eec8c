"""Atomic: write a file whole or not at all; whatever fails, the old file stays as it was."""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from nnstudio.errors import FileError

_NEW_FILE_MODE = 0o666  # less what the person's umask takes away
_ANY_WRITE_BITS = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_CHOOSE_OTHER = "Choose another name or folder."
_TEMPORARY = re.compile(r"\.nnstudio-[0-9a-f]{12}\.tmp")
_STALE_SECONDS = 15 * 60.0  # nobody writes to it any more, not even to a slow disk

Content = bytes | Callable[[IO[bytes]], None]


def replace_file(path: Path, content: Content, check: Callable[[Path], None] = lambda _: None) -> None:
    """Write ``content`` to ``path``; a file that is there is replaced in one step at the very end.

    What is too large to be held at once is a function that writes it. ``check`` is given the new file under
    a temporary name beside ``path``; if it raises, nothing changes. What a program that was killed left
    under such a name is removed.

    Raises:
        FileError: the system does not let us; the message says why.
    """
    with _system_errors(path):
        target = Path(os.path.realpath(path))  # through a link: the link itself stays
        mode = _mode_to_keep(target)
        temporary = target.parent / f".nnstudio-{secrets.token_hex(6)}.tmp"
        try:
            _write(temporary, content, mode)
            check(temporary)
            os.replace(temporary, target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def refuse_unwritable(path: Path) -> None:
    """Say before long work that its result could not be written to ``path``.

    Raises:
        FileError: as `replace_file` would raise it later, as far as that can be known now.
    """
    with _system_errors(path):
        target = Path(os.path.realpath(path))
        _mode_to_keep(target)
        if not stat.S_ISDIR(os.stat(target.parent).st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        if not os.access(target.parent, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _mode_to_keep(target: Path) -> int | None:
    """Return the permissions of the file that is there, or None where there is none yet."""
    try:
        mode = os.stat(target).st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        raise FileError(f"{target.name} is a device or pipe, not a file. {_CHOOSE_OTHER}")
    # Replacing needs only the folder's permission: the file's own must be asked for. Its bits count even
    # for an administrator, who may write everything.
    if not mode & _ANY_WRITE_BITS or not os.access(target, os.W_OK):
        raise FileError(f"{target.name} is write-protected, so it was not replaced. {_CHOOSE_OTHER}")
    return stat.S_IMODE(mode)


def _write(path: Path, content: Content, mode: int | None) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags, _NEW_FILE_MODE), "wb") as file:
        _remove_stale(path.parent, os.fstat(file.fileno()).st_mtime)
        if isinstance(content, bytes):
            file.write(content)
        else:
            content(file)
        file.flush()
        os.fsync(file.fileno())
    if mode is not None:
        os.chmod(path, mode)


def _remove_stale(folder: Path, now: float) -> None:
    """Make room of what killed programs left; ``now`` is by the clock of the disk, which may be another's."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if not _TEMPORARY.fullmatch(entry.name) or not entry.is_file(follow_symlinks=False):
                continue
            if now - entry.stat(follow_symlinks=False).st_mtime > _STALE_SECONDS:
                os.unlink(entry.path)


@contextmanager
def _system_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileError(f"{path.name or path} could not be written: {_reason(path, error)}") from error


def _reason(path: Path, error: OSError) -> str:
    folder = path.absolute().parent
    reasons = {
        errno.EISDIR: f"a folder has that name. {_CHOOSE_OTHER}",
        errno.ENOENT: f"there is no folder {folder}. Create it, or choose another one.",
        errno.ENOTDIR: f"{folder} is not a folder. Choose another one.",
        errno.EACCES: f"writing in {folder} is not permitted. Choose another folder.",
        errno.EPERM: f"writing in {folder} is not permitted. Choose another folder.",
        errno.EROFS: f"{folder} is on a read-only disk. Choose another folder.",
        errno.ENOSPC: "the disk is full. Make room, or choose another disk.",
        errno.EDQUOT: "your share of the disk is full. Make room, or choose another disk.",
        errno.EFBIG: "the disk takes no file of this size. Choose another disk.",
        errno.ENAMETOOLONG: "the name is too long. Choose a shorter one.",
    }
    return reasons.get(error.errno or 0, f"{error.strerror or error}. {_CHOOSE_OTHER}")
