"""MatrixFace: what stands in the confusion matrix: the text and ground of every cell, the sums and scores."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.experiments.confusion import (
    Confusion,
    Scores,
    percent,
    scores,
    shares_of_actual,
    shares_of_predicted,
)
from nnstudio.ui.prediction.matrix_colors import Levels, levels_of
from nnstudio.ui.prediction.matrix_geometry import Place

Array = npt.NDArray[Any]

COUNTS = "Counts"
OF_ACTUAL = "% of actual"
OF_PREDICTED = "% of predicted"
MODES = (COUNTS, OF_ACTUAL, OF_PREDICTED)


@dataclass(frozen=True, eq=False)
class MatrixFace:
    """A confusion matrix seen in one of the `MODES`."""

    confusion: Confusion
    mode: str = COUNTS

    @property
    def counts(self) -> Array:
        """How many samples of class [row] were predicted as class [column]."""
        return self.confusion.counts

    @property
    def classes(self) -> int:
        """How many classes there are."""
        return len(self.counts)

    @cached_property
    def shares(self) -> Array:
        """The share of each cell of what its diagonal is measured against, (classes, classes)."""
        by_column = self.mode == OF_PREDICTED
        return shares_of_predicted(self.counts) if by_column else shares_of_actual(self.counts)

    @cached_property
    def levels(self) -> Levels:
        """How high each cell is on its colour scale."""
        return levels_of(self.counts if self.mode == COUNTS else self.shares, self.shares)

    @cached_property
    def texts(self) -> list[list[str]]:
        """What stands in each cell; "" where nothing was read so."""
        return [[self._text(row, column) for column in range(self.classes)] for row in range(self.classes)]

    @cached_property
    def widest(self) -> str:
        """The text that needs the most room, near enough: the longest one."""
        return max((text for line in self.texts for text in line), key=len)

    @cached_property
    def scores(self) -> Scores:
        """Precision, recall and F1 of each class."""
        return scores(self.counts)

    @cached_property
    def row_sums(self) -> list[str]:
        """How many samples each class has."""
        return [f"{count:,}" for count in self.counts.sum(axis=1)]

    @cached_property
    def column_sums(self) -> list[str]:
        """How many samples were read as each class, and how many there are in all."""
        return [f"{count:,}" for count in (*self.counts.sum(axis=0), self.counts.sum())]

    def score_texts(self, name: str, digits: int) -> list[str]:
        """Return one score of each class in percent without the sign, and its mean with it."""
        values = [percent(float(value), digits).removesuffix(" %") for value in getattr(self.scores, name)]
        return [*values, percent(self.scores.mean(name), 1)]

    @property
    def most_text(self) -> str:
        """Where the scale of what is wrong ends."""
        most = self.levels.most
        return f"{most:,.0f}" if self.mode == COUNTS else percent(most, 1)

    def sentence(self, place: Place) -> str:
        """Say what a cell, a name or the corner stands for."""
        row, column = place
        if row < 0:
            return self.confusion.total_sentence() if column < 0 else self.confusion.column_sentence(column)
        if column < 0:
            return self.confusion.row_sentence(row)
        return self.confusion.cell_sentence(row, column)

    def _text(self, row: int, column: int) -> str:
        count = int(self.counts[row, column])
        if not count:
            return ""
        return f"{count:,}" if self.mode == COUNTS else f"{100 * np.nan_to_num(self.shares[row, column]):.1f}"
