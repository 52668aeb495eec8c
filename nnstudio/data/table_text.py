"""TableText: a table written as text, cut into pieces of whole rows, whatever its letters and line ends."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np

from nnstudio.data.arrays import IntArray
from nnstudio.data.dialect import Dialect
from nnstudio.data.files import COPY_AGAIN, LIMIT_BYTES, opened, wrong_file

EXPECTED = "a table"
_PIECE_BYTES = 2**23
_SLOW_BYTES = 2**19
_MOST_ROW_BYTES = 2**22
_MOST_RECODED_BYTES = 2**28
_NEWLINE, _RETURN, _QUOTE = 10, 13, 34
_SQUEEZED = re.compile(rb"[ \t]+(?=\r?\n|\Z)|(?<=\n)[ \t]+|\A[ \t]+")


@dataclass(frozen=True, eq=False)
class Piece:
    """Some whole rows as bytes, and where each of them starts in the stream, (rows,).

    ``rows`` are their cells where quotes stand in unusual places, so that only the slow reader cuts them.
    """

    data: bytes
    starts: IntArray
    rows: list[list[str]] | None = None


@contextmanager
def text_stream(path: Path, encoding: str) -> Iterator[tuple[IO[bytes], int]]:
    """Open a table; return a stream in which ASCII is itself, with lines ended by newlines, and its size.

    It stands behind a mark of the encoding. What is written otherwise is rewritten in memory.
    """
    with opened(path, EXPECTED) as file:
        size = file.seek(0, io.SEEK_END)
        if size > LIMIT_BYTES:
            raise wrong_file(path, EXPECTED, f"{size:,} bytes, which is more than 2 GiB", "Split the file.")
        file.seek(0)
        head = file.read(2**16)
        wide = encoding == "utf-16"
        if not wide and not (b"\r" in head and b"\n" not in head):
            file.seek(3 if head.startswith(b"\xef\xbb\xbf") else 0)
            yield file, size
            return
        if size > _MOST_RECODED_BYTES:
            found = f"{size:,} bytes in an encoding that is not read so far"
            raise wrong_file(path, EXPECTED, found, "Save it as UTF-8.")
        data = _recoded(path, head + file.read(), encoding).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        yield io.BytesIO(data), len(data)


def _recoded(path: Path, data: bytes, encoding: str) -> bytes:
    if encoding != "utf-16":
        return data.removeprefix(b"\xef\xbb\xbf")
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    name = "utf-16" if marked else "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
    try:
        return data.decode(name).encode()
    except UnicodeError as error:
        raise wrong_file(path, "text in UTF-16", "other bytes", "Choose another encoding.") from error


def byte_encoding(dialect: Dialect) -> str:
    """Return the encoding of the bytes that `text_stream` gives."""
    return "latin-1" if dialect.encoding == "latin-1" else "utf-8"


def pieces(path: Path, stream: IO[bytes], dialect: Dialect, first_row: int = 1) -> Iterator[Piece]:
    """Yield the rows of ``stream`` from where it stands; ``first_row`` is told where one is too long.

    Empty lines are no rows.
    """
    offset, block, row, ended = stream.tell(), b"", first_row, False
    while not ended:
        chunk = stream.read(_PIECE_BYTES)
        ended = not chunk
        block += chunk
        if ended and block and not block.endswith(b"\n"):
            block += b"\n"
        used = 1
        while used and block:
            piece, used = _cut(block, offset, dialect, ended)
            offset, block, row = offset + used, block[used:], row + len(piece.starts)
            if len(piece.starts):
                yield piece
        if len(block) > _MOST_ROW_BYTES:
            found = f"a row of more than 4 MB after row {row - 1:,}"
            raise wrong_file(path, EXPECTED, found, "Is a quote opened there that is never closed?")
    if block.strip():
        found = f"a quote that is opened in row {row:,} and never closed"
        raise wrong_file(path, EXPECTED, found, COPY_AGAIN)


def _cut(block: bytes, offset: int, dialect: Dialect, last: bool) -> tuple[Piece, int]:
    """Return the whole rows that ``block`` starts with, and how many of its bytes they are."""
    octets = np.frombuffer(block, np.uint8)
    ends = np.flatnonzero(octets == _NEWLINE)
    quotes = np.flatnonzero(octets == _QUOTE) if b'"' in block else ends[:0]
    if len(quotes):
        if _are_stray(octets, quotes, dialect.delimiter):
            return _short_cut(block, offset, dialect, last)
        ends = ends[np.searchsorted(quotes, ends) % 2 == 0]
    used = int(ends[-1]) + 1 if len(ends) else 0
    starts = np.concatenate((ends[:0], [0], ends[:-1] + 1)) if used else ends
    sizes = ends - starts
    blank = (sizes == 0) | ((sizes == 1) & (octets[starts] == _RETURN))
    data = block[:used]
    if blank.any():
        kept = np.repeat(~blank, sizes + 1)
        data, starts = octets[:used][kept].tobytes(), starts[~blank]
    return Piece(data, starts + offset), used


def _are_stray(octets: np.ndarray[tuple[int], np.dtype[np.uint8]], quotes: IntArray, delimiter: str) -> bool:
    """Return whether a quote stands elsewhere than around a whole cell, or doubled within one."""
    around = (_NEWLINE, _RETURN, _QUOTE, ord(delimiter))
    before = octets[np.maximum(quotes[0::2] - 1, 0)]
    after = octets[np.minimum(quotes[1::2] + 1, len(octets) - 1)]
    fits = np.isin(before, around) | (quotes[0::2] == 0)
    return not (fits.all() and np.isin(after, around).all())


def _short_cut(block: bytes, offset: int, dialect: Dialect, last: bool) -> tuple[Piece, int]:
    """Cut what ``block`` starts with slowly, not all of it at once: a person may stop it in between."""
    size = _SLOW_BYTES
    while True:
        piece, used = slow_cut(block[:size], offset, dialect, last and size >= len(block))
        if used or size >= len(block):
            return piece, used
        size *= 2


def slow_cut(block: bytes, offset: int, dialect: Dialect, last: bool) -> tuple[Piece, int]:
    """Cut ``block`` as `_cut` does, and its rows into cells; a quote counts only where a cell starts."""
    lines = block.split(b"\n")[:-1]
    sizes = np.fromiter((len(line) + 1 for line in lines), np.int64, len(lines))
    line_starts = np.concatenate(([0], np.cumsum(sizes)))
    rows, starts, before = [], [], 0
    texts = (_line(line, dialect) for line in lines)
    reader = csv.reader(texts, delimiter=dialect.delimiter, skipinitialspace=True)
    for row in _lenient(reader):
        if reader.line_num == len(lines) and (not last or _is_open(row)):
            break  # perhaps it goes on in the next block
        if row:
            rows.append(row)
            starts.append(line_starts[before])
        before = reader.line_num
    used = int(line_starts[before])
    return Piece(block[:used], np.array(starts, np.int64) + offset, rows), used


def _is_open(row: list[str]) -> bool:
    """Return whether the last row of a file ends within quotes."""
    return bool(row) and row[-1].endswith("\n")


def _lenient(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    """Yield rows until one cannot be cut: whoever asked sees that the rest was not used."""
    try:
        yield from reader
    except csv.Error:
        return


def _line(line: bytes, dialect: Dialect) -> str:
    line = line.removesuffix(b"\r")
    line = squeezed(line) if dialect.delimiter == " " else line
    return line.decode(byte_encoding(dialect), "replace") + "\n"


def squeezed(data: bytes) -> bytes:
    """Return rows of cells with several blanks between them with one blank each."""
    return re.sub(rb"[ \t]+", b" ", _SQUEEZED.sub(b"", data))


def cells(data: bytes, dialect: Dialect) -> list[list[str]]:
    """Return the cells of some whole rows."""
    piece, _ = slow_cut(data if data.endswith(b"\n") else data + b"\n", 0, dialect, True)
    return piece.rows or []
