"""TableFile: a table in a file, text or Parquet, read some rows at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from nnstudio.data.arrays import IntArray
from nnstudio.data.dialect import Dialect, numbered
from nnstudio.data.files import COPY_AGAIN, LIMIT_BYTES, opened, wrong_file
from nnstudio.data.frames import Frame, framed, parquet_facts, parquet_frame, parsed
from nnstudio.data.raw import Records
from nnstudio.data.table_head import read_head
from nnstudio.data.table_records import ParquetRecords, TextRecords
from nnstudio.data.table_text import EXPECTED, Piece, byte_encoding, cells, pieces, squeezed, text_stream
from nnstudio.data.watch import UNWATCHED, Watch

MOST_COLUMNS = 10_000
_PARQUET = b"PAR1"
_ENDINGS = (".csv", ".tsv", ".tab", ".txt", ".data", ".dat", ".parquet", ".pq")
_PARQUET_CELLS = 2**21


@dataclass(eq=False)
class TableFile:
    """The columns of a table, its rows on demand, and where each of them stands."""

    path: Path
    names: tuple[str, ...]

    @property
    def known_count(self) -> int:
        """How many rows there are, where the file says it by itself; else 0."""
        return 0

    def frames(self, watch: Watch = UNWATCHED, numbers: Sequence[int] = ()) -> Iterator[Frame]:
        """Yield all rows, some at a time; each frame has all columns.

        Those of ``numbers`` are asked for nothing but numbers.
        """
        raise NotImplementedError

    def records(self) -> Records:
        """Return the rows that were read so far as they stand in the file."""
        raise NotImplementedError


def open_table(path: Path, dialect: Dialect, column_names: tuple[str, ...] = ()) -> TableFile:
    """Return the table in ``path``; ``column_names`` name what has no header.

    Raises:
        FileError: it is no table, or none that is read so far.
    """
    if is_parquet(path):
        return _open_parquet(path)
    names, start = read_head(path, dialect, column_names)
    _refuse_width(path, len(names))
    return TextTable(path, names, dialect, start)


def is_table(path: Path, head: bytes) -> bool:
    """Return whether a file is taken for a table, by its name or its first bytes."""
    return head.startswith(_PARQUET) or path.suffix.lower() in _ENDINGS


def is_parquet(path: Path) -> bool:
    """Return whether a file starts as Parquet files do."""
    with opened(path, EXPECTED) as file:
        return file.read(4) == _PARQUET


def _refuse_width(path: Path, width: int) -> None:
    if width > MOST_COLUMNS:
        advice = "Is the delimiter right? Otherwise leave columns out."
        raise wrong_file(path, f"at most {MOST_COLUMNS:,} columns", f"{width:,}", advice)


@dataclass(eq=False)
class TextTable(TableFile):
    """A table written as text."""

    dialect: Dialect = field(default_factory=Dialect)
    start: int = 0
    _marks: list[IntArray] = field(default_factory=list)
    _count: int = 0
    _numbers: tuple[int, ...] = ()

    def frames(self, watch: Watch = UNWATCHED, numbers: Sequence[int] = ()) -> Iterator[Frame]:
        self._marks, self._count = [], 0
        self._numbers = tuple(numbers) if self.dialect.decimal == "." else ()
        with text_stream(self.path, self.dialect.encoding) as (stream, size):
            stream.seek(max(self.start, stream.tell()))
            for piece in pieces(self.path, stream, self.dialect, 1 + self.dialect.header):
                self._count += len(piece.starts)
                self._marks.append(piece.starts)
                yield self._frame(piece)
                watch.told(min(1.0, stream.tell() / max(1, size)), "Reading rows")

    def records(self) -> Records:
        starts = np.concatenate(self._marks) if self._marks else np.empty(0, np.int64)
        return TextRecords(self.path, self.names, self.dialect, starts)

    def _frame(self, piece: Piece) -> Frame:
        frame = self._fast_frame(piece)
        return self._slow_frame(piece) if frame is None else frame

    def _fast_frame(self, piece: Piece) -> Frame | None:
        """Return the rows where they follow the rules; None where only the slow reader can tell."""
        if piece.rows is not None:
            return None
        data = squeezed(piece.data) if self.dialect.delimiter == " " else piece.data
        if byte_encoding(self.dialect) == "latin-1" and not data.isascii():
            data = data.decode("latin-1").encode()
        width, count = len(self.names), len(piece.starts)
        frame = parsed(data, width, self.dialect, self._numbers)
        if frame is None and self._numbers:
            self._numbers = ()  # something is no plain number: from here on all cells are read as texts
            frame = parsed(data, width, self.dialect)
        return frame if frame is not None and len(frame) == count else None

    def _slow_frame(self, piece: Piece) -> Frame:
        self._refuse_encoding(piece)
        rows = cells(piece.data, self.dialect) if piece.rows is None else piece.rows
        if len(rows) != len(piece.starts):
            found = f"quotes that do not fit together after row {self._row_number(0) - 1:,}"
            raise wrong_file(self.path, EXPECTED, found, COPY_AGAIN)
        fitted = [self._fitted(row, place) for place, row in enumerate(rows)]
        return framed(fitted, len(self.names), self.dialect.decimal)

    def _refuse_encoding(self, piece: Piece) -> None:
        if byte_encoding(self.dialect) == "latin-1":
            return
        try:
            piece.data.decode()
        except UnicodeError as error:
            found = "bytes that are none"
            raise wrong_file(self.path, "text in UTF-8", found, "Choose latin-1 as its encoding.") from error

    def _row_number(self, place: int) -> int:
        """Return which row of the file one of the last piece is, counted from 1 and with its header."""
        return self._count - len(self._marks[-1]) + place + 1 + self.dialect.header

    def _fitted(self, row: list[str], place: int) -> list[str]:
        """Return a row with as many cells as there are columns: what is not there is empty."""
        width = len(self.names)
        if any(cell.strip() for cell in row[width:]):
            raise wrong_file(
                self.path,
                f"{width:,} cells in every row",
                f"{len(row):,} in row {self._row_number(place):,}",
                "Put what holds a delimiter into quotes, or choose another delimiter.",
            )
        return row[:width] + [""] * (width - len(row))


def _open_parquet(path: Path) -> TableFile:
    with opened(path, EXPECTED) as file:
        size = file.seek(0, 2)
    count, names = parquet_facts(path)
    _refuse_width(path, len(names))
    if size > LIMIT_BYTES or count > LIMIT_BYTES:
        raise wrong_file(path, EXPECTED, f"{count:,} rows in {size:,} bytes", "Split the file.")
    return ParquetTable(path, numbered(names), count)


@dataclass(eq=False)
class ParquetTable(TableFile):
    """A table in a Parquet file, whose columns have types."""

    count: int = 0

    @property
    def known_count(self) -> int:
        return self.count

    def frames(self, watch: Watch = UNWATCHED, numbers: Sequence[int] = ()) -> Iterator[Frame]:
        step = max(1, _PARQUET_CELLS // max(1, len(self.names)))
        for start in range(0, self.count, step):
            yield parquet_frame(self.path, start, step)
            watch.told(min(1.0, (start + step) / self.count), "Reading rows")

    def records(self) -> Records:
        return ParquetRecords(self.path, self.names, self.count)
