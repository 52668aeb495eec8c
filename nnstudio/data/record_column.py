"""RecordColumn: a column of the rows of a file, as it stands there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnstudio.data.arrays import Array
from nnstudio.data.dialect import is_missing
from nnstudio.data.raw import Records
from nnstudio.data.row_filter import number_in


@dataclass(frozen=True, eq=False)
class RecordColumn:
    """It is read as a whole only where somebody sorts by it."""

    records: Records
    index: int
    count: int

    @property
    def name(self) -> str:
        """What stands in the header."""
        return self.records.names[self.index]

    def text(self, row: int) -> str:
        """Return what stands in a row."""
        return self.records.cell(row, self.index)

    exact = text

    @cached_property
    def is_number(self) -> bool:
        """Whether its first cells are numbers."""
        texts = [self.text(row).strip() for row in range(min(self.count, 24))]
        known = [text for text in texts if not is_missing(text)]
        return bool(known) and all(number_in(text) is not None for text in known)

    @cached_property
    def values(self) -> Array:
        """The numbers, or the places of the texts in the alphabet, (n,)."""
        texts = [self.text(row).strip() for row in range(self.count)]
        if not self.is_number:
            return np.unique(np.array(texts, np.str_), return_inverse=True)[1]
        numbers = [number_in(text) for text in texts]
        return np.array([np.nan if value is None else value for value in numbers])
