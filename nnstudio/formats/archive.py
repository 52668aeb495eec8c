"""Archive: a zip of texts and arrays that is read part by part, trusting nothing that it says of itself.

Parts are found by walking from one local header to the next, never by the directory at the end: so a file
that was cut off still gives what comes before the cut, and one damaged part does not take the others along.
Every part is stored as it is, with its checksum; one that another program deflated is read as well.
"""

from __future__ import annotations

import io
import mmap
import struct
import time
import tokenize
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from nnstudio.data.files import kind_of, opened, wrong_file
from nnstudio.errors import FileError
from nnstudio.formats.values import shortened

Array = npt.NDArray[Any]
Part = tuple[str, str | Array]
Memory = mmap.mmap | bytes

_SIGNATURE = b"PK\x03\x04"
_HEADER = struct.Struct("<4s5H3L2H")  # of a member: flags, method, checksum, sizes, lengths of name and extra
_STORED, _DEFLATED = 0, 8
_MOST_PARTS = 100_000
_MOST_RATIO = 1000
_MOST_BYTES = 2**31 - 2**16
_MOST_HEADER = 2**14
_NUMBERS = "biuf"
# What NumPy, which reads an array's header as a Python literal, raises over damaged bytes.
_NO_ARRAY = (ValueError, TypeError, SyntaxError, LookupError, EOFError, RecursionError, tokenize.TokenError)


@dataclass(frozen=True)
class _Place:
    """Where a part lies in the file, and what it must come to."""

    start: int
    stored: int
    size: int
    method: int
    checksum: int


class Archive:
    """The parts of open files, by name."""

    def __init__(self, *memories: Memory) -> None:
        self._places = {name: (memory, place) for memory in memories for name, place in _walk(memory)}

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def text(self, name: str) -> str:
        """Return a part as text.

        Raises:
            FileError: it is missing or damaged.
        """
        try:
            return self._bytes(name).tobytes().decode("utf-8")
        except UnicodeDecodeError as error:
            raise FileError(f"Its part {shortened(name)} is damaged.") from error

    def array(self, name: str) -> Array:
        """Return a part that is an array of numbers in NumPy's own form, read-only.

        Raises:
            FileError: it is missing or damaged, or holds something else.
        """
        try:
            return _read_array(self._bytes(name))
        except _NO_ARRAY as error:
            raise FileError(f"Its part {shortened(name)} holds no array of numbers.") from error

    def _bytes(self, name: str) -> Array:
        """Return a part, whole; NumPy copies it, which holds up no other thread."""
        if name not in self._places:
            raise FileError(f"Its part {shortened(name)} is missing.")
        memory, place = self._places[name]
        data = np.frombuffer(memory, np.uint8)[place.start : place.start + place.stored].copy()
        if place.method == _DEFLATED:
            data = np.frombuffer(_inflate(data.data, place.size), np.uint8)
        if len(data) != place.size or zlib.crc32(data.data) != place.checksum:
            raise FileError(f"Its part {shortened(name)} is damaged.")
        return data


@contextmanager
def reading_archive(*paths: Path, expected: str) -> Iterator[Archive]:
    """Open archives and read them as one; ``expected`` is what a person would have chosen.

    Raises:
        FileError: one cannot be read, or is none.
    """
    with ExitStack() as stack:
        yield Archive(*(stack.enter_context(_mapped(path, expected)) for path in paths))


@contextmanager
def _mapped(path: Path, expected: str) -> Iterator[Memory]:
    with opened(path, expected) as file:
        head = file.read(len(_SIGNATURE))
        if head != _SIGNATURE:
            raise wrong_file(path, expected, kind_of(head), "Choose another file.")
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as memory:
            yield memory


def write_archive(file: IO[bytes], parts: Iterable[Part]) -> None:
    """Write texts and arrays by name, in their order, one after another: no copy of the whole is made.

    Raises:
        FileError: an array is larger than what an archive takes.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts:
            info = zipfile.ZipInfo(name, time.localtime()[:6])
            if isinstance(content, str):
                archive.writestr(info, content.encode("utf-8"))
            else:
                _write_array(archive, info, np.asarray(content, order="C"))


def _write_array(archive: zipfile.ZipFile, info: zipfile.ZipInfo, array: Array) -> None:
    if array.nbytes > _MOST_BYTES:
        raise FileError(f"Its part {info.filename} is larger than 2 GB. Save without a copy of the data.")
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, np.lib.format.header_data_from_array_1_0(array))
    with archive.open(info, "w") as part:
        part.write(header.getvalue())
        part.write(array.reshape(-1).view(np.uint8).data)


def _walk(memory: Memory) -> Iterator[tuple[str, _Place]]:
    """Yield the parts that are there; where a header makes no sense, the next one is looked for."""
    position = 0
    for _ in range(_MOST_PARTS):
        position = memory.find(_SIGNATURE, position)
        if position < 0:
            return
        entry = _entry(memory, position)
        if entry is None:
            position += 1
        else:
            yield entry
            position = entry[1].start + entry[1].stored


def _entry(memory: Memory, position: int) -> tuple[str, _Place] | None:
    header = memory[position : position + _HEADER.size]
    if len(header) < _HEADER.size or header[:4] != _SIGNATURE:
        return None
    _, _, _, method, _, _, checksum, stored, size, name_length, extra_length = _HEADER.unpack(header)
    name_start = position + _HEADER.size
    start = name_start + name_length + extra_length
    sound = method in (_STORED, _DEFLATED) and start + stored <= len(memory)
    if not sound or size > _MOST_RATIO * max(stored, 1):
        return None
    name = memory[name_start : name_start + name_length].decode("utf-8", "replace")
    return name, _Place(start, stored, size, method, checksum)


def _inflate(data: memoryview, size: int) -> bytes:
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, max(size, 1))
    except zlib.error:
        return b""


def _read_array(data: Array) -> Array:
    stream = io.BytesIO(data[:_MOST_HEADER].tobytes())
    if np.lib.format.read_magic(stream) != (1, 0):
        raise ValueError("another version of the form")
    shape, fortran, dtype = np.lib.format.read_array_header_1_0(stream)
    if dtype.kind not in _NUMBERS or fortran:
        raise ValueError("no plain numbers")
    array = data[stream.tell() :].view(dtype).reshape(shape)
    array.flags.writeable = False
    return array
