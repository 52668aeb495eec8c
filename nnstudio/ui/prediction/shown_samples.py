"""ShownSamples: which predictions the table shows, in which columns and in which order."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from nnstudio.data.arrays import Array, IntArray
from nnstudio.data.dataset import Dataset, Samples
from nnstudio.data.value_sheet import ValueSheet
from nnstudio.experiments.evaluation import Evaluation
from nnstudio.experiments.predictions import columns_of
from nnstudio.session.prediction_files import NewPredictions
from nnstudio.ui.prediction.sample_columns import TableColumn, input_columns, sorted_rows
from nnstudio.ui.prediction.sample_filter import SampleFilter, ordered
from nnstudio.ui.prediction.text_filter import EVERYTHING, TextFilter


def _no_rows() -> IntArray:
    return np.empty(0, np.intp)


@dataclass(frozen=True)
class Sorting:
    """By the column called ``name``, the lowest first or the highest."""

    name: str
    descending: bool = False


@dataclass(frozen=True, eq=False)
class ShownSamples:
    """All columns, and the samples ``rows`` in their order.

    ``numbers`` say which row of its file each sample is, where that is known; ``right`` which are predicted
    right, None where nothing is right or wrong.
    """

    columns: tuple[TableColumn, ...] = ()
    rows: IntArray = field(default_factory=_no_rows)
    numbers: IntArray | None = None
    right: Array | None = None

    @property
    def names(self) -> list[str]:
        """What stands in the header."""
        return [column.name for column in self.columns]

    def place(self, sorting: Sorting | None) -> int | None:
        """Return which column the rows are sorted by; None for none."""
        names = self.names
        return names.index(sorting.name) if sorting is not None and sorting.name in names else None

    def sorted(self, sorting: Sorting | None) -> ShownSamples:
        """Return the same samples in another order."""
        place = self.place(sorting)
        if place is None or sorting is None:
            return self
        rows = sorted_rows(self.rows, self.columns[place], sorting.descending)
        return ShownSamples(self.columns, rows, self.numbers, self.right)


def of_file(new: NewPredictions) -> ShownSamples:
    """Return all rows of a file without labels."""
    rows = np.arange(new.count)
    return ShownSamples(new.columns, rows, rows)


def of_part(
    evaluation: Evaluation,
    dataset: Dataset,
    samples: Samples,
    chosen: SampleFilter,
    order: str,
    text: TextFilter = EVERYTHING,
) -> ShownSamples:
    """Return the samples that pass both filters; values all pass, for none is right or wrong."""
    inputs = input_columns(ValueSheet(dataset, samples))
    columns: tuple[TableColumn, ...] = (*columns_of(evaluation, dataset.target_names), *inputs)
    if not evaluation.facts.is_classes:
        return ShownSamples(columns, np.arange(len(evaluation.actual)), samples.numbers)
    rows = text.rows(chosen.rows(evaluation), evaluation, samples)
    rows = ordered(rows, evaluation, order)
    return ShownSamples(columns, rows, samples.numbers, evaluation.right)


def turned(sorting: Sorting | None, name: str) -> Sorting | None:
    """Return how to sort after a click on a header: up, then down, then not at all."""
    if sorting is None or sorting.name != name:
        return Sorting(name)
    return None if sorting.descending else Sorting(name, True)
