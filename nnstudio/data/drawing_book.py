"""DrawingBook: the file of drawings: a line of JSON for each thing that happened, only ever added to.

The first line names the book. What a kill cut off is a line that nobody reads; entries are numbered, so that
"all up to number 12" means the same for ever.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nnstudio.data.disk_words import write_errors
from nnstudio.data.files import opened, wrong_file
from nnstudio.data.locking import locked
from nnstudio.paths import user_data_dir

_EXPECTED = "your drawings"
_MOST_BYTES = 2**29
Entry = dict[str, Any]


@dataclass(frozen=True)
class Book:
    """The name of the book, "" where there is none yet, and its entries, oldest first."""

    name: str = ""
    entries: tuple[Entry, ...] = ()

    @property
    def last(self) -> int:
        """The number of the newest entry."""
        return int(self.entries[-1]["number"]) if self.entries else 0


def book_path() -> Path:
    """Return where the drawings are; the file need not exist yet."""
    return user_data_dir() / "drawings.jsonl"


def read_book() -> Book:
    """Return all that can be read; FileError where the file cannot be opened."""
    path = book_path()
    if not path.exists():
        return Book()
    with opened(path, _EXPECTED) as file:
        if os.fstat(file.fileno()).st_size > _MOST_BYTES:
            raise wrong_file(path, _EXPECTED, f"more than {_MOST_BYTES:,} bytes", "Move the file away.")
        found = list(_valid(file.read().split(b"\n")))
    names = [line["book"] for line in found if "book" in line]
    return Book(names[0] if names else "", tuple(_in_order(found)))


def append_to_book(entry: Entry) -> int:
    """Write ``entry`` at the end of the file and onto the disk; return its number.

    Raises:
        FileError: the system does not let us.
    """
    path = book_path()
    with write_errors("Your drawing", path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        with locked(path.with_suffix(".lock")):
            book = read_book()
            head = b"" if book.name else _line({"book": secrets.token_hex(8)})
            _write_end(path, head + _line({"number": book.last + 1} | entry))
            return book.last + 1


def _write_end(path: Path, lines: bytes) -> None:
    with open(path, "a+b") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 1))
        if file.read(1) not in (b"", b"\n"):  # what a kill cut off stays a line of its own
            lines = b"\n" + lines
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())


def _line(entry: Entry) -> bytes:
    return json.dumps(entry, separators=(",", ":")).encode() + b"\n"


def _valid(lines: list[bytes]) -> Iterator[Entry]:
    for line in lines:
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(entry, dict) and (type(entry.get("number")) is int or type(entry.get("book")) is str):
            yield entry


def _in_order(found: list[Entry]) -> Iterator[Entry]:
    """Leave out what has no number, or one that was there before."""
    last = 0
    for entry in found:
        if entry.get("number", 0) > last:
            last = entry["number"]
            yield entry
