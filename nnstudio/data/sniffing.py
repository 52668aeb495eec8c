"""Sniffing: how a table is written, understood from its first rows, with the reasons."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from nnstudio.data.dialect import Dialect, is_missing, number
from nnstudio.data.files import kind_of, opened, wrong_file
from nnstudio.data.names_file import names_beside
from nnstudio.data.table_text import EXPECTED, cells, text_stream

_HEAD_BYTES = 2**16
_CHECKED_BYTES = 2**24
_HEAD_ROWS = 200
_ADVICE = "Choose a CSV, TSV or Parquet file; other programs save their tables as such."
_TRIED = ("\t", ";", "|", ",", " ")  # a comma may stand in numbers, a blank anywhere: they come last


@dataclass(frozen=True)
class Sniffed:
    """How a table is written, what its columns are called where it does not say so, and why."""

    dialect: Dialect
    column_names: tuple[str, ...] = ()
    delimiter_reason: str = ""
    header_reason: str = ""
    encoding_reason: str = ""


NATIVE = Sniffed(Dialect())  # of a Parquet file, which says by itself what it holds


def sniff(path: Path) -> Sniffed:
    """Return how the text in ``path`` is written.

    Raises:
        FileError: it is no text.
    """
    encoding, reason = _encoding(path)
    head = _head(path, encoding)
    rows = {mark: cells(head, Dialect(mark, encoding=encoding))[:_HEAD_ROWS] for mark in _TRIED}
    delimiter = max(_TRIED, key=lambda mark: (_evenness(rows[mark]), -_TRIED.index(mark)))
    chosen = rows[delimiter] if _evenness(rows[delimiter]) else rows[","]
    delimiter = delimiter if _evenness(rows[delimiter]) else ","
    decimal = _decimal(chosen, delimiter)
    header, header_reason = _header(chosen, decimal)
    names = () if header or not chosen else names_beside(path, len(chosen[0]))
    return Sniffed(
        Dialect(delimiter, decimal, encoding, header),
        names,
        _delimiter_reason(chosen),
        header_reason + ("; names from the .names file" if names else ""),
        reason,
    )


def _encoding(path: Path) -> tuple[str, str]:
    with opened(path, EXPECTED) as file:
        data = file.read(_CHECKED_BYTES)
    if kind_of(data[:8]) != "other content":
        raise wrong_file(path, EXPECTED, kind_of(data[:8]), _ADVICE)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16", "its first bytes say so"
    head = data[:_HEAD_BYTES]
    nothing = sorted((head[0::2].count(0), head[1::2].count(0)))
    if nothing[1] > len(head) // 5 and nothing[0] <= len(head) // 50:
        return "utf-16", "every second byte is 0"
    if head.count(0) > len(head) // 100 or not head.strip():
        raise wrong_file(path, EXPECTED, "bytes that are no text" if head.strip() else "nothing", _ADVICE)
    try:
        data.decode()
    except UnicodeDecodeError as error:
        cut = error.start >= len(data) - 3 and len(data) == _CHECKED_BYTES
        return ("utf-8", "") if cut else ("latin-1", "some letters are no UTF-8")
    return "utf-8", ""


def _head(path: Path, encoding: str) -> bytes:
    """Return the first rows; a row is whole unless the first one is very long."""
    with text_stream(path, encoding) as (stream, _):
        head = stream.read(_HEAD_BYTES)
        if b"\n" not in head:
            head += stream.read(2**22)
        whole = head.rfind(b"\n") + 1
        return head[:whole] if stream.read(1) and whole else head


def _evenness(rows: list[list[str]]) -> float:
    """Return the share of rows that have the most common number of cells, 0 where that is 1."""
    if not rows:
        return 0.0
    width, count = Counter(map(len, rows)).most_common(1)[0]
    return count / len(rows) if width > 1 else 0.0


def _delimiter_reason(rows: list[list[str]]) -> str:
    width, count = Counter(map(len, rows)).most_common(1)[0] if rows else (0, 0)
    cells_words = "1 cell" if width == 1 else f"{width:,} cells"
    return f"every row has {cells_words}" if count == len(rows) else f"most rows have {cells_words}"


def _decimal(rows: list[list[str]], delimiter: str) -> str:
    if delimiter == ",":
        return "."
    texts = [cell.strip() for row in rows for cell in row]
    commas = sum(bool(re.fullmatch(r"[+-]?\d*,\d+", text)) for text in texts)
    points = sum(bool(re.fullmatch(r"[+-]?\d*\.\d+", text)) for text in texts)
    return "," if commas > points else "."


def _header(rows: list[list[str]], decimal: str) -> tuple[bool, str]:
    """Return whether the first row names the columns, and why."""
    if not rows:
        return False, ""
    first, others = rows[0], rows[1:]
    if any(number(cell, decimal) is not None for cell in first):
        return False, "row 1 holds numbers"
    if all(map(is_missing, first)):
        return False, "row 1 is empty"
    below = [number(cell, decimal) is not None for row in others for cell in row]
    if any(below):
        return True, "row 1 is words, below are numbers"
    again = {(place, cell) for row in others for place, cell in enumerate(row)}
    repeated = any((place, cell) in again for place, cell in enumerate(first))
    if repeated or len(set(first)) < len(first):
        return False, "the words of row 1 come again below"
    return True, "the words of row 1 do not come again below"
