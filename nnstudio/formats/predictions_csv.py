"""Predictions as CSV: a table of predictions, as other programs read it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, Protocol

import numpy.typing as npt

from nnstudio.formats.atomic import replace_file

_ROWS = 10_000  # written at a time


class ExactColumn(Protocol):
    """A column whose values can be written."""

    @property
    def name(self) -> str:
        """What stands in the header."""

    def exact(self, row: int) -> str:
        """Return a value as text."""


def target_of(path: Path) -> Path:
    """Return ``path`` with the ending of a CSV file, where it has none."""
    return path if path.suffix else path.with_name(path.name + ".csv")


def write_predictions(path: Path, columns: Sequence[ExactColumn], rows: npt.NDArray[Any]) -> None:
    """Write ``rows`` of ``columns`` to ``path``, UTF-8 with a header; the file is whole or as it was.

    Raises:
        FileError: the system does not let us; the message says why.
    """

    def write(file: IO[bytes]) -> None:
        file.write(_lines([[column.name for column in columns]]))
        for start in range(0, len(rows), _ROWS):
            some = rows[start : start + _ROWS]
            file.write(_lines([[column.exact(int(row)) for column in columns] for row in some]))

    replace_file(path, write)


def _lines(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8")
