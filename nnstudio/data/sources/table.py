"""Table: rows of a CSV, TSV or Parquet file, with a role for each column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from nnstudio.data.dialect import DECIMALS, DELIMITERS, ENCODINGS, Dialect
from nnstudio.data.raw import Raw
from nnstudio.data.source import TABLES, Source
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.settings import setting
from nnstudio.task import Task


@dataclass(frozen=True)
class Table(Source):
    """Every column is a number unless it is the target, a category, or ignored.

    A value that is no number in a column of numbers is missing, as are empty cells, "?", "NA" and their like.
    The first four settings mean nothing to a Parquet file.
    """

    title: ClassVar[str] = "Table"
    group: ClassVar[str] = TABLES

    path: str = setting("", "The file.")
    delimiter: str = setting(",", "What stands between two cells.", choices=tuple(DELIMITERS))
    decimal: str = setting(".", "What stands before the decimals of a number.", choices=DECIMALS)
    encoding: str = setting("utf-8", "How letters are written as bytes.", choices=ENCODINGS)
    header: bool = setting(True, "Whether the first row names the columns.")
    targets: tuple[str, ...] = setting((), "The column to predict, or several numbers.", label="Target")
    task: str = setting(
        Task.TWO_CLASSES.value,
        "What is to be predicted.",
        choices=tuple(task.value for task in Task),
        arbitrary=True,
    )
    categories: tuple[str, ...] = setting((), "Columns that name one of a few kinds.")
    ignored: tuple[str, ...] = setting((), "Columns that the network does not see.")
    zeros_missing: tuple[str, ...] = setting((), "Columns where 0 means that nobody measured.")
    class_names: tuple[str, ...] = setting(
        (), "Names for the classes, in the order of their values in the file; none: the values themselves."
    )
    column_names: tuple[str, ...] = setting(
        (), "What the columns are called, where no header says it.", advanced=True
    )
    test_path: str = setting("", "Another file, of the same columns, whose rows test.", advanced=True)

    @property
    def dialect(self) -> Dialect:
        """How the file is written."""
        return Dialect(self.delimiter, self.decimal, self.encoding, self.header)

    def conflicts(self) -> Iterator[str]:
        """Yield a sentence for a task that does not fit its targets."""
        if self.task != Task.REGRESSION and len(self.targets) > 1:
            yield "Several columns to predict must be numbers: choose regression, or one target."
        if self.delimiter == self.decimal:
            yield "The delimiter cannot stand before decimals too."

    def read(self, watch: Watch = UNWATCHED) -> Raw:
        # Imported where it is needed: what reads tables knows this class.
        from nnstudio.data.table_reading import read_table

        return read_table(self, watch)
