"""Files: open what a person chose, and say in a sentence why it cannot be read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from nnstudio.errors import FileError

LIMIT_BYTES = 2**31
COPY_AGAIN = "Copy or download it again."
CHOOSE_OTHER = "Choose another file."
_CHUNK_BYTES = 2**20
_KINDS = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"\x89HDF", "an HDF5 file"),
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x93NUMPY", "a single NumPy array"),
)


def wrong_file(path: Path, expected: str, found: str, advice: str) -> FileError:
    """Return the error for ``path``: what was expected, what was found and what to do."""
    return FileError(f"{path.name or path}: expected {expected}, found {found}. {advice}")


@contextmanager
def opened(path: Path, expected: str) -> Iterator[IO[bytes]]:
    """Open the regular file ``path`` for reading; whatever the system refuses becomes a FileError."""
    with system_errors(path, expected):
        # Asked before opening: a pipe would wait for ever, a device never ends.
        mode = os.stat(path).st_mode
        if not stat.S_ISREG(mode):
            found = "a folder" if stat.S_ISDIR(mode) else "a device or pipe"
            raise wrong_file(path, expected, found, "Choose a file.")
        with open(path, "rb") as file:
            yield file


@contextmanager
def system_errors(path: Path, expected: str) -> Iterator[None]:
    """Turn what the system says while ``path`` is read into a FileError."""
    try:
        yield
    except FileNotFoundError as error:
        raise wrong_file(path, expected, "no such file", "Check whether it was moved or renamed.") from error
    except PermissionError as error:
        advice = "Ask its owner for the right to read it, or choose another one."
        raise wrong_file(path, expected, "that reading it is not permitted", advice) from error
    except MemoryError as error:
        raise wrong_file(path, expected, "more than fits into memory", "Close other programs.") from error
    except OSError as error:
        found = f"that the system cannot read it ({error.strerror or error})"
        raise wrong_file(path, expected, found, COPY_AGAIN) from error


def read_up_to(stream: IO[bytes], size: int) -> bytearray:
    """Read ``size`` bytes, or fewer where the stream ends; memory follows what is there, not ``size``."""
    data = bytearray()
    while len(data) < size:
        chunk = stream.read(min(_CHUNK_BYTES, size - len(data)))
        if not chunk:
            break
        data += chunk
    return data


def kind_of(head: bytes) -> str:
    """Name the kind of a file by its first bytes."""
    if not head:
        return "an empty file"
    return next((kind for magic, kind in _KINDS if head.startswith(magic)), "other content")


def times(shape: tuple[int, ...]) -> str:
    """Write a shape in words: "60,000 x 28 x 28"."""
    return " x ".join(f"{size:,}" for size in shape) or "a single number"
