"""Rows: new rows for a network that learnt from a table, treated as the rows that it learnt from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from nnstudio.data.arrays import Array
from nnstudio.data.columns import Column, starts
from nnstudio.data.frames import Frame
from nnstudio.data.raw import Records
from nnstudio.data.row_values import (
    category_of,
    cell_inputs,
    cell_text,
    filled,
    missing_column,
    unknown_value,
)
from nnstudio.data.sniffing import sniff
from nnstudio.data.sources.table import Table
from nnstudio.data.table_file import TableFile, is_parquet, open_table
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.errors import DataError

Row = Mapping[str, str | float]


@dataclass(frozen=True, eq=False)
class NewRows:
    """Inputs ``x`` (n, inputs), float32, not scaled yet, and the rows as they stand in their file."""

    x: Array
    records: Records


def inputs_of(columns: tuple[Column, ...], rows: Sequence[Row], decimal: str = ".") -> Array:
    """Return the inputs of some rows, float32 (n, inputs), with gaps filled but not scaled.

    A row says by the name of a column what stands there, as a number or as a text, also with a decimal comma;
    where 1,500 could be both, ``decimal`` says what the comma is.

    Raises:
        DataError: a column is missing, or a value is none that the network knows.
    """
    x = np.empty((len(rows), sum(column.width for column in columns)), np.float32)
    for column, start in zip(columns, starts(columns), strict=True):
        for place, row in enumerate(rows):
            if column.name not in row:
                raise missing_column(column.name, tuple(row), f"row {place + 1:,}")
            x[place, start : start + column.width] = cell_inputs(
                column, cell_text(row[column.name], decimal), place, decimal
            )
    return filled(x, columns)


def rows_of_file(source: Table, columns: tuple[Column, ...], path: Path, watch: Watch = UNWATCHED) -> NewRows:
    """Return the rows of another file than the network learnt from; it needs no targets.

    It may be written in another way: only the names of its columns have to be there, or, where ``source`` has
    no header, their order.

    Raises:
        FileError: it cannot be read as a table.
        DataError: a column is missing, or a value is none that the network knows.
    """
    file = open_rows(source, columns, path)
    places = [place_of(file, column.name) for column in columns]
    parts, count = [], 0
    for frame in file.frames(watch):
        parts.append(frame_inputs(frame, columns, places, count))
        count += len(frame)
    if not count:
        raise DataError(f"Expected rows in {path.name}, found none. Choose another file.")
    return NewRows(filled(np.concatenate(parts), columns), file.records())


def place_of(file: TableFile, name: str) -> int:
    """Return which column of ``file`` has a name; DataError where none has."""
    if name not in file.names:
        raise missing_column(name, file.names, file.path.name)
    return file.names.index(name)


def open_rows(source: Table, columns: tuple[Column, ...], path: Path) -> TableFile:
    """Return another file with the columns of ``source``, which may be written in another way."""
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


def frame_inputs(frame: Frame, columns: tuple[Column, ...], places: list[int], first: int) -> Array:
    """Return the inputs of some rows, float32 (n, inputs), NaN in gaps; ``first`` rows came before."""
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
        values[row] = cell_inputs(column, text, first + row, ".")
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
    known = [category_of(column, name) for name in names]
    for index, name in enumerate(known):
        if name not in column.categories:
            raise unknown_value(column, name, first + int(np.argmax(codes == index)))
    rows = [[float(name == category) for category in column.categories] for name in known]
    table = np.array([*rows, [np.nan] * column.width], np.float32)
    found: Array = table[codes]
    return found
