"""Download: the files of a collection come into a folder, whole and right, from an address that has them."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from nnstudio.data.checksum import is_right
from nnstudio.data.disk_words import NO_ROOM, write_errors
from nnstudio.data.fetch_progress import FetchProgress
from nnstudio.data.http_stream import Answer, stream
from nnstudio.data.http_words import AddressError, BrokenOff
from nnstudio.data.locking import locked
from nnstudio.data.partial import Partial
from nnstudio.data.remote import Collection, RemoteFile
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.errors import FileError

_TRIES = 8  # at one address, as long as each brings new bytes
_SPARE_BYTES = 2**20
_ADVICE = "The sample goes on; check the connection and try again, or open the files from disk instead."


def fetch(collection: Collection, folder: Path, watch: Watch = UNWATCHED) -> None:
    """See to it that all files of ``collection`` are in ``folder``; those that are there and right stay.

    What was fetched in part is gone on with. Another program that fetches the same is waited for.

    Raises:
        FileError: no address has a file, or it cannot be kept here.
        Cancelled: a person stopped it; what came so far stays for the next time.
    """
    with write_errors(collection.title, folder), _room_given_back(folder):
        if not _lacking(collection, folder, watch):
            return
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder / ".lock", watch):
            _fetch_lacking(collection, folder, watch)


def has_files(collection: Collection, folder: Path) -> bool:
    """Return whether all files seem to be in ``folder``; only `fetch` finds out whether they are right."""
    return all((folder / file.name).is_file() for file in collection.files)


def _lacking(collection: Collection, folder: Path, watch: Watch) -> list[RemoteFile]:
    return [file for file in collection.files if not is_right(folder / file.name, file, watch)]


def _fetch_lacking(collection: Collection, folder: Path, watch: Watch) -> None:
    lacking = _lacking(collection, folder, watch)
    size = sum(file.size for file in lacking)
    free = shutil.disk_usage(folder).free
    if lacking and free < size + _SPARE_BYTES:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    bases = list(collection.bases)
    progress = FetchProgress(size, watch)
    for file in lacking:
        _fetch_file(collection, file, bases, folder, progress)
        progress.file_done(file.size)


def _fetch_file(
    collection: Collection, file: RemoteFile, bases: list[str], folder: Path, progress: FetchProgress
) -> None:
    """Fetch from the first of ``bases`` that has the file; those that failed are asked last from now on."""
    failures = []
    for base in list(bases):
        try:
            _fetch_from(base + file.name, file, folder, progress)
            return
        except AddressError as error:
            failures.append(f"{_server_of(base)} {error}")
            bases.append(bases.pop(0))
    raise FileError(f"{collection.title} could not be fetched: {'; '.join(failures)}. {_ADVICE}")


def _server_of(base: str) -> str:
    try:
        return urlsplit(base).netloc or base
    except ValueError:
        return base


def _fetch_from(address: str, file: RemoteFile, folder: Path, progress: FetchProgress) -> None:
    part = Partial(folder / file.name)
    for _ in range(_TRIES):
        resumed, _ = part.known(address)
        if not _receive(address, part, file, progress):
            continue
        if is_right(part.path, file, progress.watch):
            part.place()
            return
        part.discard()
        if not resumed:
            raise AddressError("sent another file than the one expected")
    raise AddressError("broke off again and again")


def _receive(address: str, part: Partial, file: RemoteFile, progress: FetchProgress) -> bool:
    """Write what ``address`` sends; return whether it is all, or broke off after bringing some.

    Raises:
        AddressError: nothing new came, or it would be no use to ask for more.
    """
    start, validator = part.known(address)
    pieces = stream(address, start, validator, progress.watch)
    answer = next(pieces)
    assert isinstance(answer, Answer)
    if answer.size is not None and answer.size > file.most_bytes:
        raise _too_large(file)
    place = answer.start
    with part.open_at(answer.start, address, answer.validator) as out, suppress(BrokenOff):
        for piece in pieces:
            place = _write(out, place, piece, file)
            progress.at(place)
        if answer.size is None or place >= answer.size:
            return True
    if place == answer.start:
        raise BrokenOff
    return False


def _write(out: IO[bytes], place: int, piece: Answer | bytes, file: RemoteFile) -> int:
    assert isinstance(piece, bytes)
    if place + len(piece) > file.most_bytes:
        raise _too_large(file)
    out.write(piece)
    return place + len(piece)


def _too_large(file: RemoteFile) -> AddressError:
    return AddressError(f"sent more than {file.name} has bytes")


@contextmanager
def _room_given_back(folder: Path) -> Iterator[None]:
    """Take away what came in part where the disk is full: others need the room more."""
    try:
        yield
    except OSError as error:
        if error.errno in NO_ROOM:
            for path in folder.glob("*.part*"):
                path.unlink(missing_ok=True)
        raise
