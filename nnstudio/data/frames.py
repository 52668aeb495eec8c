"""Frames: some rows of a table in columns; the one place that knows polars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from nnstudio.data.arrays import Array, Flags, IntArray
from nnstudio.data.dialect import NO_VALUES, THOUSANDS, Dialect
from nnstudio.data.files import COPY_AGAIN, system_errors, wrong_file

_EXPECTED = "a Parquet table"
_MOST_COUNTED = 1_000
_SHORT = range(max(map(len, NO_VALUES)) + 1)


@cache
def _polars() -> Any:
    """Return the package, which takes a while to be imported."""
    import polars

    return polars


class Frame:
    """Some rows, whose cells are texts or, in a Parquet file, what they are."""

    def __init__(self, frame: Any, decimal: str = ".") -> None:
        self._frame = frame
        self._decimal = decimal

    def __len__(self) -> int:
        return int(self._frame.height)

    @staticmethod
    def joined(frames: Sequence[Frame], most: int) -> Frame | None:
        """Return the first ``most`` rows of several frames as one; None for no frames."""
        if not frames:
            return None
        joined = _polars().concat([frame._frame for frame in frames])
        return Frame(joined.head(most), frames[0]._decimal)

    def numbers(self, columns: Sequence[int], wide: bool = False) -> Array:
        """Return the numbers in some columns, float32 or float64 (n, columns); NaN where there is none."""
        pl = _polars()
        if not columns:
            return np.empty((len(self), 0), np.float64 if wide else np.float32)
        cells = pl.DataFrame([self._frame.to_series(column) for column in columns])
        read = cells.select([self._number(name, dtype) for name, dtype in cells.schema.items()])
        found = read.with_columns([self._again(cells, read, name) for name in self._unread(cells, read)])
        array: Array = found.cast(pl.Float64 if wide else pl.Float32).to_numpy(order="c")
        array = array if array.flags.writeable else array.copy()
        array[np.isinf(array)] = np.nan  # no network learns from them
        return array

    def _number(self, name: str, dtype: Any) -> Any:
        """Return the expression that reads numbers; a number out of the usual is left to `_again`."""
        pl = _polars()
        column = pl.col(name)
        if dtype == pl.String:
            texts = column.str.replace(",", ".", literal=True) if self._decimal == "," else column
            return texts.str.strip_chars().cast(pl.Float64, strict=False)
        plain = dtype.is_numeric() or dtype == pl.Boolean
        return column.cast(pl.Float64) if plain else pl.lit(None, pl.Float64).alias(name)

    def _unread(self, cells: Any, read: Any) -> list[str]:
        """Return the columns in which something between thousands may have hidden a number."""
        pl = _polars()
        if self._decimal == ",":
            return [name for name, dtype in cells.schema.items() if dtype == pl.String]
        return [
            name
            for name, dtype in cells.schema.items()
            if dtype == pl.String and read[name].null_count() > cells[name].null_count()
        ]

    def _again(self, cells: Any, read: Any, name: str) -> Any:
        """Return a column of numbers with those read that have a mark between thousands."""
        pl = _polars()
        mark = "." if self._decimal == "," else ","
        texts = cells[name].str.strip_chars()
        thousands = texts.str.contains(THOUSANDS[mark])
        if not thousands.any():
            return read[name]
        plain = texts.str.replace_all(mark, "", literal=True).str.replace(self._decimal, ".", literal=True)
        return plain.cast(pl.Float64, strict=False).zip_with(thousands.fill_null(False), read[name])

    def texts(self, column: int) -> tuple[IntArray, tuple[str, ...]]:
        """Return which of some names stands in each row, int64 (n,), -1 for none, and the names, sorted."""
        pl = _polars()
        series = self._present(column)
        names = series.drop_nulls().unique().sort()
        codes = series.cast(pl.Enum(names)).to_physical().cast(pl.Int64).fill_null(-1)
        return codes.to_numpy(), tuple(names.to_list())

    def summary(self, column: int) -> tuple[Flags, int, dict[str, int]]:
        """Return where no value is (n,), how many different ones there are, and how often the first are."""
        pl = _polars()
        series = self._frame.to_series(column)
        if not series.dtype.is_numeric():
            series = self._present(column)
        elif series.dtype.is_float():
            series = series.zip_with(series.is_finite(), pl.Series([None], dtype=series.dtype))
        missing = series.is_null().to_numpy()
        counted = series.drop_nulls().alias("a").value_counts(sort=True, name="n")
        first = counted.sort(["n", "a"], descending=[True, False]).head(_MOST_COUNTED)
        names = first["a"].cast(pl.String).to_list()
        return missing, counted.height, dict(zip(names, first["n"].to_list(), strict=True))

    def _present(self, column: int) -> Any:
        """Return a column as texts, null where it says that there is no value."""
        pl = _polars()
        series = _as_text(self._frame.to_series(column)).str.strip_chars()
        if series.str.len_bytes().min() not in _SHORT:
            return series
        missing = series.str.to_lowercase().is_in(list(NO_VALUES))
        return series.to_frame("a").select(pl.when(~missing).then(pl.col("a"))).to_series()

    def kind(self, column: int) -> str:
        """Return what a column holds: "number", "text", "truth", "date" or "other"."""
        return _kind(self._frame.to_series(column).dtype)

    def row_texts(self) -> list[tuple[str, ...]]:
        """Return the rows as they would be written, "" for nothing."""
        columns = [_as_text(series).fill_null("").to_list() for series in self._frame.iter_columns()]
        return list(zip(*columns, strict=True))


def _as_text(series: Any) -> Any:
    pl = _polars()
    if series.dtype == pl.String:
        return series
    if _kind(series.dtype) == "other":
        return pl.Series(values=["(not shown)"] * len(series), dtype=pl.String)
    return series.cast(pl.String, strict=False)


def _kind(dtype: Any) -> str:
    pl = _polars()
    if dtype == pl.Boolean:
        return "truth"
    if dtype == pl.String or isinstance(dtype, pl.Categorical | pl.Enum):
        return "text"
    if dtype.is_numeric():
        return "number"
    return "date" if dtype.is_temporal() else "other"


def parsed(data: bytes, width: int, dialect: Dialect, numbers: Sequence[int] = ()) -> Frame | None:
    """Return the frame of rows written as UTF-8.

    None where they do not all follow the rules of CSV, or something in the columns of ``numbers``, which are
    read at once, is none.
    """
    pl = _polars()
    plain = set(numbers)
    schema = {f"c{place}": pl.Float64 if place in plain else pl.String for place in range(width)}
    try:
        frame = pl.read_csv(data, has_header=False, separator=dialect.delimiter, schema=schema)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
        return None
    return Frame(frame, dialect.decimal)


def framed(rows: list[list[str]], width: int, decimal: str) -> Frame:
    """Return the frame of rows whose cells are cut already, each ``width`` cells."""
    pl = _polars()
    columns = list(zip(*rows, strict=True)) if rows else [()] * width
    data = {f"c{place}": pl.Series(values=column, dtype=pl.String) for place, column in enumerate(columns)}
    return Frame(pl.DataFrame(data), decimal)


@contextmanager
def _parquet_errors(path: Path) -> Iterator[None]:
    pl = _polars()
    try:
        with system_errors(path, _EXPECTED):
            yield
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, ValueError) as error:
        raise wrong_file(path, _EXPECTED, "a damaged one, or one of a kind unknown", COPY_AGAIN) from error


def parquet_facts(path: Path) -> tuple[int, list[str]]:
    """Return how many rows a Parquet file has, and the names of its columns; only its end is read."""
    pl = _polars()
    with _parquet_errors(path):
        names = list(pl.read_parquet_schema(path))
        count = pl.scan_parquet(path, glob=False).select(pl.len()).collect().item()
        return int(count), names


def parquet_frame(path: Path, start: int, count: int) -> Frame:
    """Return ``count`` rows of a Parquet file from ``start`` on."""
    with _parquet_errors(path):
        return Frame(_polars().scan_parquet(path, glob=False).slice(start, count).collect())
