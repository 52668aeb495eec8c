"""Profile: what the first rows of a table hold, column by column, before anybody gives them a role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nnstudio.data.arrays import Array, Flags, IntArray
from nnstudio.data.frames import Frame
from nnstudio.data.raw import Records
from nnstudio.data.table_file import TableFile
from nnstudio.data.watch import Watch

MOST_ROWS = 100_000
_MOST_CELLS = 1_500_000
_BINS = 20
MOST_VALUES = 20
_NUMBER_SHARE = 0.9
_DATE_SHARE = 0.9
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ].*)?|\d{1,2}:\d{2}(:\d{2}.*)?", re.ASCII)
_DATES_TRIED = 100
_FEWEST_MEASURED = 10
_MOST_ZEROS = 0.6
_FAR_STEPS = 5
_LOW_VALUES = 20


@dataclass(frozen=True, eq=False)
class ColumnProfile:
    """What is in one column of ``rows`` rows; ``values`` are the most frequent, ``counts`` how often each is.

    ``gaps`` (rows,) are where nothing stands; ``unread`` cells are neither missing nor numbers. ``low`` and
    ``high`` are None where there is no number. ``counts_rows`` says that its numbers go up by one from row to
    row, ``zeros_are_far`` that 0 is far below all others.
    """

    name: str
    rows: int
    gaps: Flags
    unread: int
    zeros: int
    distinct: int
    low: float | None
    high: float | None
    histogram: IntArray
    values: tuple[str, ...]
    counts: tuple[int, ...]
    is_number: bool
    is_whole: bool = False
    is_date: bool = False
    is_other: bool = False
    counts_rows: bool = False
    zeros_are_far: bool = False

    @property
    def missing(self) -> int:
        """How many cells hold no value."""
        return int(self.gaps.sum())


@dataclass(frozen=True, eq=False)
class TableProfile:
    """The columns of the first rows, which are all where ``is_whole``."""

    path: Path
    columns: tuple[ColumnProfile, ...]
    rows: int
    is_whole: bool
    records: Records

    def column(self, name: str) -> ColumnProfile | None:
        """Return the column of that name."""
        return next((column for column in self.columns if column.name == name), None)


def profile_table(table: TableFile, watch: Watch) -> TableProfile:
    """Return what the first rows of ``table`` hold, as many as are read in about a second."""
    most = min(MOST_ROWS, max(100, _MOST_CELLS // max(1, len(table.names))))
    frames, rows, is_whole = [], 0, True
    for frame in table.frames():
        watch.go_on()
        frames.append(frame)
        rows += len(frame)
        if rows >= most:
            is_whole = False
            break
    joined = Frame.joined(frames, most)
    columns = tuple(_columns(joined, table.names, watch))
    count = len(joined) if joined else 0
    is_whole = is_whole and count == rows
    return TableProfile(table.path, columns, count, is_whole, table.records())


def _columns(frame: Frame | None, names: tuple[str, ...], watch: Watch) -> Iterator[ColumnProfile]:
    for place, name in enumerate(names):
        watch.told(place / len(names), "Looking at columns")
        yield _empty(name) if frame is None else _profile(frame, place, name)


def _empty(name: str) -> ColumnProfile:
    return ColumnProfile(
        name, 0, np.zeros(0, bool), 0, 0, 0, None, None, np.zeros(_BINS, np.int64), (), (), False
    )


def _profile(frame: Frame, place: int, name: str) -> ColumnProfile:
    kind = frame.kind(place)
    gaps, distinct, values = frame.summary(place)
    numbers = frame.numbers([place], wide=True)[:, 0]
    found = numbers[~np.isnan(numbers)]
    present = int((~gaps).sum())
    is_number = present > 0 and len(found) >= _NUMBER_SHARE * present and kind not in ("truth", "date")
    counts = np.array(list(values.values())[:MOST_VALUES], np.int64)
    return ColumnProfile(
        name=name,
        rows=len(gaps),
        gaps=np.isnan(numbers) if is_number else gaps,
        unread=present - len(found) if is_number else 0,
        zeros=int((found == 0).sum()) if is_number else 0,
        distinct=len(np.unique(found)) if is_number else distinct,
        low=float(found.min()) if is_number else None,
        high=float(found.max()) if is_number else None,
        histogram=_histogram(found) if is_number else counts,
        values=tuple(values),
        counts=tuple(values.values()),
        is_number=is_number,
        is_whole=bool(is_number and (found == np.floor(found)).all()),
        is_date=kind == "date" or (kind == "text" and not is_number and _are_dates(tuple(values))),
        is_other=kind == "other",
        counts_rows=bool(is_number and len(found) == len(gaps) > 1 and (np.diff(found) == 1).all()),
        zeros_are_far=is_number and _zeros_are_far(found),
    )


def _histogram(found: Array) -> IntArray:
    low, high = float(found.min()), float(found.max())
    with np.errstate(over="ignore"):
        if not np.isfinite(high - low):
            return np.zeros(_BINS, np.int64)
    counts: IntArray = np.histogram(found, _BINS, (low, high if high > low else low + 1.0))[0]
    return counts


def _are_dates(names: tuple[str, ...]) -> bool:
    tried = names[:: max(1, len(names) // _DATES_TRIED)]
    return bool(tried) and sum(bool(_DATE.fullmatch(name)) for name in tried) >= _DATE_SHARE * len(tried)


def _zeros_are_far(found: Array) -> bool:
    """Return whether 0 is far below all other values, so that it may say that nobody measured."""
    values = np.unique(found)
    if len(values) <= _FEWEST_MEASURED or values[0] != 0 or (found == 0).mean() > _MOST_ZEROS:
        return False
    steps = np.diff(values[1 : 1 + _LOW_VALUES])
    return bool(values[1] >= _FAR_STEPS * np.median(steps))
