"""Rows: new rows for a network that learnt from a table, treated as the rows that it learnt from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from nnstudio.data.arrays import Array
from nnstudio.data.columns import Column, starts
from nnstudio.data.dialect import is_missing, number
from nnstudio.data.filling import fill_gaps
from nnstudio.data.frames import Frame
from nnstudio.data.raw import Records
from nnstudio.data.sniffing import sniff
from nnstudio.data.sources.table import Table
from nnstudio.data.table_classes import shown
from nnstudio.data.table_file import TableFile, is_parquet, open_table
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.errors import DataError

_MOST_LISTED = 8
Row = Mapping[str, str | float]


@dataclass(frozen=True, eq=False)
class NewRows:
    """Inputs ``x`` (n, inputs), float32, not scaled yet, and the rows as they stand in their file."""

    x: Array
    records: Records


def inputs_of(columns: tuple[Column, ...], rows: Sequence[Row]) -> Array:
    """Return the inputs of some rows, float32 (n, inputs), with gaps filled but not scaled.

    A row says by the name of a column what stands there, as a number or as a text, also with a decimal comma.

    Raises:
        DataError: a column is missing, or a value is none that the network knows.
    """
    x = np.empty((len(rows), sum(column.width for column in columns)), np.float32)
    for column, start in zip(columns, starts(columns), strict=True):
        for place, row in enumerate(rows):
            if column.name not in row:
                raise _missing_column(column, tuple(row), f"row {place + 1:,}")
            x[place, start : start + column.width] = _inputs(column, _text(row[column.name]), place)
    return _filled(x, columns)


def _text(value: str | float) -> str:
    return value if isinstance(value, str) else repr(float(value))


def _inputs(column: Column, text: str, place: int) -> float | list[float]:
    text = text.strip()
    if is_missing(text):
        return float("nan")
    if column.is_category:
        text = _category(column, text)
        if text not in column.categories:
            raise _unknown(column, text, place)
        return [float(text == category) for category in column.categories]
    value = number(text)
    value = number(text, ",") if value is None else value
    if value is None:
        raise _unknown(column, text, place)
    return float("nan") if value == 0 and column.zero_is_missing else _narrow(value)


def _category(column: Column, text: str) -> str:
    """Return the category that a text means: 1.0 means 1 where that is one."""
    value = number(text)
    if text in column.categories or value is None:
        return text
    return next((name for name in column.categories if number(name) == value), text)


def _narrow(value: float) -> float:
    """Return a number, or NaN where it is too large for the network, as in training."""
    return value if abs(value) <= float(np.finfo(np.float32).max) else float("nan")


def _unknown(column: Column, text: str, place: int) -> DataError:
    known = ", ".join(map(shown, column.categories[:_MOST_LISTED]))
    known += " or another one it learnt" if len(column.categories) > _MOST_LISTED else ""
    wanted = f"one of {known}" if column.is_category else "a number"
    example = "one of them" if column.is_category else "a number such as 1.5"
    return DataError(
        f"Expected {wanted} as {shown(column.name)} in row {place + 1:,}, found {shown(text)}. "
        f"Write {example} there."
    )


def _missing_column(column: Column, names: tuple[str, ...], where: str) -> DataError:
    found = ", ".join(map(shown, names[:_MOST_LISTED])) + (" and others" if len(names) > _MOST_LISTED else "")
    return DataError(
        f"Expected a column {shown(column.name)} in {where}, found {found or 'none'}. Add it, or rename one."
    )


def _filled(x: Array, columns: tuple[Column, ...]) -> Array:
    fill_gaps(x, columns)
    gaps = np.argwhere(np.isnan(x))
    if len(gaps):
        row, place = gaps[0]
        column = columns[int(np.searchsorted(starts(columns), place, "right")) - 1]
        raise DataError(
            f"Expected a value as {shown(column.name)} in row {row + 1:,}, found none. Write one there: the "
            "network learnt from whole rows only, so nothing is known to fill the gap with."
        )
    return x


def rows_of_file(source: Table, columns: tuple[Column, ...], path: Path, watch: Watch = UNWATCHED) -> NewRows:
    """Return the rows of another file than the network learnt from; it needs no targets.

    It may be written in another way: only the names of its columns have to be there, or, where ``source`` has
    no header, their order.

    Raises:
        FileError: it cannot be read as a table.
        DataError: a column is missing, or a value is none that the network knows.
    """
    file = _opened(source, columns, path)
    places = []
    for column in columns:
        if column.name not in file.names:
            raise _missing_column(column, file.names, path.name)
        places.append(file.names.index(column.name))
    parts, count = [], 0
    for frame in file.frames(watch):
        parts.append(_frame_inputs(frame, columns, places, count))
        count += len(frame)
    if not count:
        raise DataError(f"Expected rows in {path.name}, found none. Choose another file.")
    return NewRows(_filled(np.concatenate(parts), columns), file.records())


def _opened(source: Table, columns: tuple[Column, ...], path: Path) -> TableFile:
    if is_parquet(path):
        return open_table(path, source.dialect)
    dialect = sniff(path).dialect
    if not source.header:
        named = open_table(path, replace(dialect, header=True))
        if not all(column.name in named.names for column in columns):
            return _in_order(source, open_table(path, replace(dialect, header=False)))
    return open_table(path, replace(dialect, header=True))


def _in_order(source: Table, file: TableFile) -> TableFile:
    """Name columns that have no header as those of ``source``, with or without its targets."""
    names = source.column_names
    without = tuple(name for name in names if name not in source.targets)
    for order in (names, without):
        if len(order) == len(file.names):
            return replace(file, names=order)
    expected = f"{len(names):,} columns in {file.path.name}, or {len(without):,} without what is predicted"
    raise DataError(
        f"Expected {expected}, found {len(file.names):,}. Add a first row that names the columns."
    )


def _frame_inputs(frame: Frame, columns: tuple[Column, ...], places: list[int], first: int) -> Array:
    x = np.empty((len(frame), sum(column.width for column in columns)), np.float32)
    for column, start, place in zip(columns, starts(columns), places, strict=True):
        read = _codes if column.is_category else _numbers
        x[:, start : start + column.width] = read(frame, column, place, first)
    return x


def _numbers(frame: Frame, column: Column, place: int, first: int) -> Array:
    values = frame.numbers([place])
    if column.zero_is_missing:
        values[values == 0] = np.nan
    for row, text in _odd_cells(frame, place, np.isnan(values[:, 0])):
        if number(text) is None and number(text, ",") is None:
            raise _unknown(column, text, first + row)
    return values


def _odd_cells(frame: Frame, place: int, unread: Array) -> Iterator[tuple[int, str]]:
    """Yield the row and the text of cells that were not read though something stands there."""
    if not unread.any():
        return
    codes, names = frame.texts(place)
    for row in np.flatnonzero(unread & (codes >= 0)):
        yield int(row), names[codes[row]]


def _codes(frame: Frame, column: Column, place: int, first: int) -> Array:
    codes, names = frame.texts(place)
    known = [_category(column, name) for name in names]
    for index, name in enumerate(known):
        if name not in column.categories:
            raise _unknown(column, name, first + int(np.argmax(codes == index)))
    rows = [[float(name == category) for category in column.categories] for name in known]
    table = np.array([*rows, [np.nan] * column.width], np.float32)
    found: Array = table[codes]
    return found
