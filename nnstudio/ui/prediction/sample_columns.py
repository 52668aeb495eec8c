"""Sample columns: what the table of predictions shows beside the predictions, and how it is sorted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from nnstudio.data.arrays import Array, IntArray
from nnstudio.data.sheet import Sheet


class TableColumn(Protocol):
    """A column that can be read, sorted and saved."""

    @property
    def name(self) -> str:
        """What stands in the header."""

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers that mean something."""

    @property
    def values(self) -> Array:
        """The values to sort by, (n,)."""

    def text(self, row: int) -> str:
        """Return a value as a person reads it."""

    def exact(self, row: int) -> str:
        """Return a value for another program."""


@dataclass(frozen=True, eq=False)
class SheetColumn:
    """A column of a sheet."""

    sheet: Sheet
    index: int

    @property
    def name(self) -> str:
        """What stands in the header."""
        return self.sheet.fields[self.index].name

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers that mean something."""
        return self.sheet.fields[self.index].is_number

    @property
    def values(self) -> Array:
        """The values to sort by, (n,)."""
        return self.sheet.values(self.index)

    def text(self, row: int) -> str:
        """Return a value as a person reads it."""
        return self.sheet.cell(row, self.index)

    def exact(self, row: int) -> str:
        """Return a value for another program."""
        return self.sheet.exact(row, self.index)


def input_columns(sheet: Sheet) -> tuple[SheetColumn, ...]:
    """Return the columns of ``sheet`` that are no targets."""
    return tuple(SheetColumn(sheet, index) for index, field in enumerate(sheet.fields) if not field.is_target)


def sorted_rows(rows: IntArray, column: TableColumn, descending: bool) -> IntArray:
    """Return ``rows`` by the values of a column; what is not a number comes last."""
    keys = np.asarray(column.values)[rows].astype(np.float64)
    return rows[np.argsort(-keys if descending else keys, kind="stable")]
