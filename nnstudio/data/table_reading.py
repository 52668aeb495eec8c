"""TableReading: a table and the roles of its columns become inputs and targets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nnstudio.data.arrays import Array, IntArray
from nnstudio.data.columns import Column
from nnstudio.data.files import LIMIT_BYTES, wrong_file
from nnstudio.data.frames import Frame
from nnstudio.data.raw import Raw, Records
from nnstudio.data.sources.table import Table
from nnstudio.data.table_classes import class_names, shown
from nnstudio.data.table_file import TableFile, open_table
from nnstudio.data.table_plan import Names, Plan, classes_of, plan_of
from nnstudio.data.table_records import KeptRecords
from nnstudio.data.watch import Watch
from nnstudio.errors import DataError
from nnstudio.settings import problems_with
from nnstudio.task import Task


@dataclass(frozen=True, eq=False)
class _Rows:
    """Rows whose targets are there: numbers (n, numbers), codes by column, targets; ``kept`` of all rows."""

    numbers: Array
    codes: dict[int, IntArray]
    y: Array
    kept: IntArray
    count: int
    records: Records


def read_table(table: Table, watch: Watch) -> Raw:
    """Return the samples that ``table`` describes.

    Raises:
        FileError, DataError: they cannot be had, as a sentence.
        Cancelled: a person stopped it.
    """
    for problem in problems_with(table):
        raise DataError(problem)
    file = open_table(Path(table.path), table.dialect, table.column_names)
    plan = plan_of(table, file)
    rows = _read(file, plan, watch)
    test = _test_rows(table, plan, watch) if table.test_path else None
    names, places = classes_of(table, plan)
    columns = tuple(_column(table, plan, place) for place in plan.inputs)
    return Raw(
        name=file.path.stem,
        task=Task(table.task),
        x=_inputs(rows, plan, columns, file.path),
        y=_targets(rows, plan, places),
        class_names=names,
        x_test=None if test is None else _inputs(test, plan, columns, Path(table.test_path)),
        y_test=None if test is None else _targets(test, plan, places),
        columns=columns,
        target_names=tuple(table.targets),
        records=_records(rows),
        test_records=None if test is None else _records(test),
        notes=" ".join(filter(None, map(_dropped_words, (rows, test)))),
    )


def _test_rows(table: Table, plan: Plan, watch: Watch) -> _Rows:
    file = open_table(Path(table.test_path), table.dialect, table.column_names)
    if file.names != plan.names:
        found = next((one for one in file.names if one not in plan.names), f"{len(file.names):,} columns")
        expected = f"the columns of {Path(table.path).name}"
        raise wrong_file(file.path, expected, shown(found), "Choose another file.")
    return _read(file, plan, watch)


def _read(file: TableFile, plan: Plan, watch: Watch) -> _Rows:
    """Return the rows of ``file``, without those whose target is missing."""
    numbers, targets, kept = [], [], []
    codes: dict[int, list[IntArray]] = {place: [] for place in plan.categories}
    count = 0
    _refuse_size(file.path, file.known_count, plan)
    for frame in file.frames(watch, plan.plain):
        y = _frame_targets(frame, plan)
        rows = np.flatnonzero(y >= 0 if y.ndim == 1 else ~np.isnan(y).any(axis=1))
        whole = len(rows) == len(frame)
        x = frame.numbers(plan.numbers)
        x[:, plan.zeros] = _without_zeros(x[:, plan.zeros])
        numbers.append(x if whole else x[rows])
        targets.append(y if whole else y[rows])
        for place, names in plan.categories.items():
            codes[place].append(names.codes(*frame.texts(place))[rows])
        kept.append(rows + count)
        count += len(frame)
        _refuse_size(file.path, count, plan)
    if not sum(map(len, targets)):
        found = "none" if not count else f"none in which {shown(plan.names[plan.targets[0]])} says something"
        raise DataError(f"Expected rows in {file.path.name}, found {found}. Choose another file or target.")
    together = {place: np.concatenate(parts) for place, parts in codes.items()}
    x, y = np.concatenate(numbers), np.concatenate(targets)
    return _Rows(x, together, y, np.concatenate(kept), count, file.records())


def _frame_targets(frame: Frame, plan: Plan) -> Array:
    """Return codes of classes (n,), -1 for none, or values (n, outputs), NaN for none."""
    if plan.classes is not None:
        return plan.classes.codes(*frame.texts(plan.targets[0]))
    return frame.numbers(plan.targets)


def _without_zeros(x: Array) -> Array:
    x[x == 0] = np.nan
    return x


def _refuse_size(path: Path, rows: int, plan: Plan) -> None:
    width = len(plan.numbers) + sum(len(names.places) for names in plan.categories.values())
    if rows * width * 4 > LIMIT_BYTES:
        found = f"{rows:,} rows or more of {width:,} inputs each, which is more"
        raise wrong_file(path, "at most 2 GiB of inputs", found, "Ignore columns, or split the file.")


def _column(table: Table, plan: Plan, place: int) -> Column:
    name = plan.names[place]
    if place not in plan.categories:
        return Column(name, zero_is_missing=name in table.zeros_missing)
    names = class_names(plan.categories[place].places, table.decimal)[0]
    if not names:
        raise DataError(f"Expected values in {shown(name)}, found none. Ignore this column.")
    return Column(name, names)


def _inputs(rows: _Rows, plan: Plan, columns: tuple[Column, ...], path: Path) -> Array:
    """Return x (n, inputs): numbers as they are, and 1 for the category that stands there, 0 for others."""
    if not plan.categories:
        return rows.numbers
    width = sum(column.width for column in columns)
    if len(rows.y) * width * 4 > LIMIT_BYTES:
        found = f"{len(rows.y):,} rows of {width:,} inputs each, which is more"
        raise wrong_file(path, "at most 2 GiB of inputs", found, "Ignore columns, or split the file.")
    x = np.zeros((len(rows.y), width), np.float32)
    start = 0
    for place, column in zip(plan.inputs, columns, strict=True):
        if column.is_category:
            _mark(x[:, start : start + column.width], rows.codes[place], plan.categories[place])
        else:
            x[:, start] = rows.numbers[:, plan.numbers.index(place)]
        start += column.width
    return x


def _mark(x: Array, codes: IntArray, names: Names) -> None:
    """Put 1 where a category stands into its input, NaN into all of a row's where none does."""
    places = class_names(names.places)[1]
    order = np.array([places[name] for name in names.places], np.int64)
    present = np.flatnonzero(codes >= 0)
    x[present, order[codes[present]]] = 1.0
    x[codes < 0] = np.nan


def _targets(rows: _Rows, plan: Plan, places: dict[str, int]) -> Array:
    if plan.classes is None:
        return rows.y
    return np.array([places[text] for text in plan.classes.places], np.int64)[rows.y]


def _records(rows: _Rows) -> Records:
    return rows.records if len(rows.kept) == rows.count else KeptRecords(rows.records, rows.kept)


def _dropped_words(rows: _Rows | None) -> str:
    count = rows.count - len(rows.kept) if rows else 0
    verb = "row was" if count == 1 else "rows were"
    return f"{count:,} {verb} left out because the target is missing there." if count else ""
