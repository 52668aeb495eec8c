"""FileSheet: samples as they stand in the file that they came from."""

from __future__ import annotations

import numpy as np

from nnstudio.data.arrays import Array, Flags, IntArray
from nnstudio.data.columns import Column, starts
from nnstudio.data.dataset import Dataset, Samples
from nnstudio.data.dialect import is_missing, number
from nnstudio.data.raw import Records
from nnstudio.data.sheet import Field, Sheet, target_fields, target_values
from nnstudio.data.value_sheet import category_values
from nnstudio.data.watch import UNWATCHED, Watch

_ASK_EVERY = 1 << 12


class FileSheet(Sheet):
    """All columns in their order, also those that are no inputs; the target is one of them.

    What fills a gap in training is not in the file: here it stays a gap.
    """

    def __init__(self, dataset: Dataset, samples: Samples, records: Records) -> None:
        self._records = records
        self._inputs = dict(zip(dataset.columns, starts(dataset.columns), strict=True))
        self._by_name = {column.name: column for column in dataset.columns}
        self._targets = {name: place for place, name in enumerate(dataset.target_names)}
        targets = target_fields(dataset)
        fields = tuple(self._field(name, targets) for name in records.names)
        super().__init__(samples, fields)

    def exact(self, row: int, column: int) -> str:
        return self._records.cell(self._number(row), column)

    def values(self, column: int, watch: Watch = UNWATCHED) -> Array:
        field = self.fields[column]
        if field.is_target:
            return target_values(self.samples, self._targets[field.name])
        known = self._by_name.get(field.name)
        if known is None:
            return self._texts(column, np.arange(len(self)), watch)
        start = self._inputs[known]
        if known.is_category:
            values = category_values(self.samples, known, start)
        else:
            values = self.samples.x[:, start].copy()
        values[self._gaps(known, column, values, watch)] = -1 if known.is_category else np.nan
        return values

    def _field(self, name: str, targets: tuple[Field, ...]) -> Field:
        if name in self._targets:
            return Field(name, targets[self._targets[name]].categories, is_target=True)
        known = self._by_name.get(name)
        return Field(name, is_text=True) if known is None else Field(name, known.categories)

    def _number(self, row: int) -> int:
        return row if self.samples.numbers is None else int(self.samples.numbers[row])

    def _texts(self, column: int, rows: IntArray, watch: Watch) -> Array:
        """Return the texts of ``rows``, read in the order of the file, which may be large."""
        numbers = rows if self.samples.numbers is None else self.samples.numbers[rows]
        texts = [""] * len(rows)
        for count, place in enumerate(np.argsort(numbers)):
            if count % _ASK_EVERY == 0:
                watch.told(count / len(rows), "Reading the file")
            texts[place] = self._records.cell(int(numbers[place]), column).strip()
        return np.array(texts, dtype=np.str_)

    def _gaps(self, known: Column, column: int, values: Array, watch: Watch) -> IntArray:
        """Return the rows whose value was filled in: only those that equal what fills need be looked up."""
        if known.fill is None:
            return np.empty(0, np.intp)
        fill = known.categories.index(str(known.fill)) if known.is_category else np.float32(known.fill)
        rows = np.flatnonzero(values == fill)
        return rows[_are_gaps(self._texts(column, rows, watch), known)]


def _are_gaps(texts: Array, column: Column) -> Flags:
    if column.is_category:
        return np.array([is_missing(text) for text in texts], bool)
    return np.array([_is_gap(text, column.zero_is_missing) for text in texts], bool)


def _is_gap(text: str, zero_is_missing: bool) -> bool:
    value = number(text)
    value = number(text, ",") if value is None else value
    return value is None or (zero_is_missing and value == 0)
