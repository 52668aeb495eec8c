"""KerasArchive: the parts of a .keras file, a zip, taken out by their names and never by their paths."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from nnstudio.data.files import COPY_AGAIN, LIMIT_BYTES, opened, wrong_file
from nnstudio.errors import FileError
from nnstudio.formats.values import shortened

EXPECTED = "a Keras model (.keras)"
CONFIG, WEIGHTS, ABOUT = "config.json", "model.weights.h5", "metadata.json"
MAGIC = b"PK\x03\x04"

_END, _END_BYTES = b"PK\x05\x06", struct.Struct("<4s4H2LH")
_FAR_END = b"PK\x06\x07"
_MOST_COMMENT = 2**16
_MOST_PARTS, _MOST_DIRECTORY = 1000, 2**20
_MOST_TEXT = 2**22
_MOST_RATIO, _SMALL = 1000, 2**20
_ENCRYPTED = 0x1
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    RuntimeError,  # and NotImplementedError: packed in a way that Python does not know
    ValueError,
    LookupError,
    OverflowError,
)


class KerasArchive:
    """What is in an open .keras file."""

    def __init__(self, file: IO[bytes]) -> None:
        _refuse_directory(file)
        self._zip = zipfile.ZipFile(file)
        for name in self._zip.namelist():
            _refuse_path(name)

    def __contains__(self, name: str) -> bool:
        return name in self._zip.namelist()

    def text(self, name: str) -> str:
        """Return a part as text; FileError where it is missing or none."""
        try:
            return self.content(name, _MOST_TEXT).decode("utf-8")
        except UnicodeDecodeError as error:
            raise FileError(f"Its part {name} is no text.") from error

    def content(self, name: str, most: int = LIMIT_BYTES) -> bytes:
        """Return a part of at most ``most`` bytes, whole and compared with its checksum."""
        if self._zip.namelist().count(name) != 1:
            raise FileError(f"Its part {name} is missing: it is no model that Keras saved.")
        info = self._zip.getinfo(name)
        promised = info.file_size > most or info.file_size > _MOST_RATIO * info.compress_size + _SMALL
        if promised or info.flag_bits & _ENCRYPTED:
            found = f"Its part {name} promises {info.file_size:,} bytes, but holds {info.compress_size:,}."
            raise FileError("It is locked with a password." if info.flag_bits & _ENCRYPTED else found)
        with self._zip.open(info) as part:
            content = part.read(info.file_size + 1)
        if len(content) != info.file_size:
            raise zipfile.BadZipFile("another size than promised")
        return content


@contextmanager
def reading_archive(path: Path) -> Iterator[KerasArchive]:
    """Open a .keras file; whatever is wrong with it becomes a FileError that names it."""
    with opened(path, EXPECTED) as file:
        try:
            yield KerasArchive(file)
        except FileError as error:
            raise FileError(f"{shortened(path.name)} cannot be opened. {error}") from error
        except _DAMAGE as error:
            raise wrong_file(path, EXPECTED, "a damaged zip archive", COPY_AGAIN) from error


def _refuse_directory(file: IO[bytes]) -> None:
    """Refuse a list of parts that would itself fill the memory: Keras' archives have three."""
    size = file.seek(0, 2)
    if size > LIMIT_BYTES:
        raise FileError(f"It is larger than {LIMIT_BYTES / 1e9:.1f} GB.")
    file.seek(max(0, size - _MOST_COMMENT - _END_BYTES.size))
    tail = file.read()
    place = tail.rfind(_END)
    if place < 0 or len(tail) - place < _END_BYTES.size:
        raise zipfile.BadZipFile("no end")
    *_, parts, directory, _, _ = _END_BYTES.unpack_from(tail, place)
    if parts > _MOST_PARTS or directory > _MOST_DIRECTORY or _FAR_END in tail[max(0, place - 20) : place]:
        raise FileError("It has far more parts than a model of Keras.")


def _refuse_path(name: str) -> None:
    """Refuse names that would lead out of the archive; nothing is ever written by them anyway."""
    steps = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in steps or ":" in steps[0]:
        raise FileError(shortened(f"Its part {name} leads out of it, so nothing of it is trusted."))
