"""TableRecords: the rows of a table as they stand in its file, read again where someone looks."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np

from nnstudio.data.arrays import IntArray
from nnstudio.data.dialect import Dialect
from nnstudio.data.frames import parquet_frame
from nnstudio.data.raw import Records
from nnstudio.data.table_text import cells, text_stream
from nnstudio.errors import FileError

_PAGE_ROWS = 64
_PAGES = 64
Page = list[list[str]] | list[tuple[str, ...]]


@dataclass(eq=False)
class FileRecords:
    """Rows of a file, a page at a time; "" where the file is gone or has become another."""

    path: Path
    names: tuple[str, ...]

    def __post_init__(self) -> None:
        self.page = lru_cache(_PAGES)(self._page)

    def cell(self, row: int, column: int) -> str:
        """Return what stands in a row and a column; "" for nothing."""
        try:
            page = self.page(row // _PAGE_ROWS)
        except (FileError, ValueError):
            return ""
        place = row % _PAGE_ROWS
        if not (0 <= place < len(page) and 0 <= column < len(page[place])):
            return ""
        return page[place][column]

    def _page(self, number: int) -> Page:
        raise NotImplementedError


@dataclass(eq=False)
class TextRecords(FileRecords):
    """Rows of a text; ``starts`` are where they start in its stream."""

    dialect: Dialect = field(default_factory=Dialect)
    starts: IntArray = field(default_factory=lambda: np.empty(0, np.int64))

    def _page(self, number: int) -> Page:
        first, last = number * _PAGE_ROWS, (number + 1) * _PAGE_ROWS
        if first >= len(self.starts):
            return []
        with text_stream(self.path, self.dialect.encoding) as (stream, size):
            start = int(self.starts[first])
            end = int(self.starts[last]) if last < len(self.starts) else min(size, start + 2**24)
            stream.seek(start)
            return cells(stream.read(end - start), self.dialect)


@dataclass(eq=False)
class ParquetRecords(FileRecords):
    """Rows of a Parquet file."""

    count: int = 0

    def _page(self, number: int) -> Page:
        if number * _PAGE_ROWS >= self.count:
            return []
        return parquet_frame(self.path, number * _PAGE_ROWS, _PAGE_ROWS).row_texts()


@dataclass(frozen=True, eq=False)
class KeptRecords:
    """Some of the ``rows`` of others."""

    records: Records
    rows: IntArray

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all columns."""
        return self.records.names

    def cell(self, row: int, column: int) -> str:
        """Return what stands in a row and a column; "" for nothing."""
        return self.records.cell(int(self.rows[row]), column) if 0 <= row < len(self.rows) else ""
