"""Frames: some rows of a table in columns; the one place that knows polars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from nnstudio.data.arrays import Array, IntArray
from nnstudio.data.dialect import NO_VALUES, THOUSANDS, Dialect
from nnstudio.data.files import COPY_AGAIN, system_errors, wrong_file

_EXPECTED = "a Parquet table"
_PLAIN = ("whole", "real", "text", "truth")


class Frame:
    """Some rows, whose cells are texts or, in a Parquet file, what they are."""

    def __init__(self, frame: Any, decimal: str = ".") -> None:
        self._frame = frame
        self._decimal = decimal

    def __len__(self) -> int:
        return int(self._frame.height)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return int(self._frame.width)

    @staticmethod
    def joined(frames: Sequence[Frame], most: int) -> Frame | None:
        """Return the first ``most`` rows of several frames as one; None for no frames."""
        import polars as pl

        if not frames:
            return None
        return Frame(pl.concat([frame._frame for frame in frames]).head(most), frames[0]._decimal)

    def numbers(self, columns: Sequence[int]) -> Array:
        """Return the numbers in some columns, float64 (n, columns); NaN where there is none."""
        import polars as pl

        series = [self._numbers(self._frame.to_series(column)).alias(str(column)) for column in columns]
        found: Array = pl.DataFrame(series).to_numpy() if series else np.empty((len(self), 0))
        if not found.flags.writeable:
            found = found.copy()
        found[np.isinf(found)] = np.nan  # no network learns from them
        return found

    def _numbers(self, series: Any) -> Any:
        import polars as pl

        if series.dtype != pl.String:
            plain = series.dtype.is_numeric() or series.dtype == pl.Boolean
            return (series if plain else pl.Series(values=[None] * len(series))).cast(pl.Float64)
        texts = series.str.strip_chars()
        if self._decimal == ",":
            return _patched(texts, ".").str.replace_all(",", ".", literal=True).cast(pl.Float64, strict=False)
        found = texts.cast(pl.Float64, strict=False)
        unread = found.null_count() > texts.null_count() and texts.str.contains(",", literal=True).any()
        return _patched(texts, ",").cast(pl.Float64, strict=False) if unread else found

    def texts(self, column: int) -> tuple[IntArray, tuple[str, ...]]:
        """Return which of some names stands in each row, int64 (n,), -1 for none, and the names, sorted."""
        import polars as pl

        series = self._present(column)
        names = series.drop_nulls().unique().sort()
        codes = series.cast(pl.Enum(names)).to_physical().cast(pl.Int64).fill_null(-1)
        return codes.to_numpy(), tuple(names.to_list())

    def _present(self, column: int) -> Any:
        """Return a column as texts, null where it says that there is no value."""
        import polars as pl

        series = _as_text(self._frame.to_series(column)).str.strip_chars()
        missing = series.str.to_lowercase().is_in(list(NO_VALUES))
        return series.to_frame("a").select(pl.when(~missing).then(pl.col("a"))).to_series()

    def kind(self, column: int) -> str:
        """Return what a column of a Parquet file holds: "whole", "real", "text", "truth", "date" or "other"."""
        return _kind(self._frame.schema.dtypes()[column])

    def row_texts(self) -> list[tuple[str, ...]]:
        """Return the rows as they would be written, "" for nothing."""
        columns = [_as_text(series).fill_null("").to_list() for series in self._frame.iter_columns()]
        return list(zip(*columns, strict=True))


def _patched(texts: Any, mark: str) -> Any:
    """Take the marks between thousands out of ``texts`` where they stand in threes."""
    import polars as pl

    column = pl.col("a")
    patched = pl.when(column.str.contains(THOUSANDS[mark])).then(
        column.str.replace_all(mark, "", literal=True)
    )
    return texts.to_frame("a").select(patched.otherwise(column)).to_series()


def _as_text(series: Any) -> Any:
    import polars as pl

    if series.dtype == pl.String:
        return series
    if _kind(series.dtype) == "other":
        return pl.Series(values=["(not shown)"] * len(series), dtype=pl.String)
    return series.cast(pl.String, strict=False)


def _kind(dtype: Any) -> str:
    import polars as pl

    if dtype == pl.Boolean:
        return "truth"
    if dtype == pl.String or isinstance(dtype, pl.Categorical | pl.Enum):
        return "text"
    if dtype.is_integer():
        return "whole"
    if dtype.is_numeric():
        return "real"
    return "date" if dtype.is_temporal() else "other"


def parsed(data: bytes, width: int, dialect: Dialect) -> Frame | None:
    """Return the frame of rows written as UTF-8; None where they do not all follow the rules of CSV."""
    import polars as pl

    try:
        frame = pl.read_csv(
            data,
            has_header=False,
            separator=dialect.delimiter,
            schema={f"c{place}": pl.String for place in range(width)},
        )
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
        return None
    return Frame(frame, dialect.decimal)


def framed(rows: list[list[str]], width: int, decimal: str) -> Frame:
    """Return the frame of rows whose cells are cut already, each ``width`` cells."""
    import polars as pl

    columns = list(zip(*rows, strict=True)) if rows else [()] * width
    data = {f"c{place}": pl.Series(values=column, dtype=pl.String) for place, column in enumerate(columns)}
    return Frame(pl.DataFrame(data), decimal)


@contextmanager
def _parquet_errors(path: Path) -> Iterator[None]:
    import polars as pl

    try:
        with system_errors(path, _EXPECTED):
            yield
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, ValueError) as error:
        raise wrong_file(path, _EXPECTED, "a damaged one, or one of a kind unknown", COPY_AGAIN) from error


def parquet_facts(path: Path) -> tuple[int, list[str]]:
    """Return how many rows a Parquet file has, and the names of its columns; only its end is read."""
    import polars as pl

    with _parquet_errors(path):
        names = list(pl.read_parquet_schema(path))
        count = pl.scan_parquet(path, glob=False).select(pl.len()).collect().item()
        return int(count), names


def parquet_frame(path: Path, start: int, count: int, columns: Sequence[int] | None = None) -> Frame:
    """Return ``count`` rows of a Parquet file from ``start`` on; of some columns, or of all."""
    import polars as pl

    with _parquet_errors(path):
        scan = pl.scan_parquet(path, glob=False)
        if columns is not None:
            names = list(pl.read_parquet_schema(path))
            scan = scan.select([names[column] for column in columns])
        return Frame(scan.slice(start, count).collect())
