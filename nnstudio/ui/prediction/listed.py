"""Listed: samples in the order in which a person looks through them, and what is told of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnstudio.data.arrays import Array, IntArray
from nnstudio.data.dataset import Samples
from nnstudio.experiments.evaluation import Evaluation
from nnstudio.ui.prediction.bars import Bar
from nnstudio.ui.prediction.guess import guess_at, number
from nnstudio.ui.prediction.sample_columns import TableColumn


@dataclass(frozen=True, eq=False)
class Listed:
    """The samples ``rows`` of an evaluation; of a table, ``columns`` hold their values."""

    evaluation: Evaluation
    samples: Samples
    rows: IntArray
    columns: tuple[TableColumn, ...] = ()

    def place(self, sample: int) -> int:
        """Return where a sample is in the list; 0 where it is not."""
        found = np.flatnonzero(self.rows == sample)
        return int(found[0]) if len(found) else 0

    def title(self, sample: int) -> str:
        """Return what a sample is called: "Image 1,234, cats/12.png"."""
        return title_of(self.samples, sample)

    def words(self, sample: int) -> str:
        """Say what a sample is and what it was read as; "" where these are values."""
        evaluation = self.evaluation
        if not evaluation.facts.is_classes:
            return ""
        actual = evaluation.facts.class_names[int(evaluation.actual_classes[sample])]
        return f"Actual {actual}, read as {evaluation.predicted_name(sample)}"

    def loss(self, sample: int) -> str:
        """Say how large the loss of a sample is."""
        return f"Loss {number(float(self.evaluation.losses[sample]))}"

    def picture(self, sample: int) -> Array | None:
        """Return the picture of a sample; None where it is none."""
        return self.samples.picture(sample) if self.samples.images else None

    def values(self, sample: int) -> list[tuple[str, str]]:
        """Return the names and values of a row."""
        return [(column.name, column.text(sample)) for column in self.columns]

    def bars(self, sample: int, by_share: bool) -> list[Bar]:
        """Return the probabilities of all classes, the highest first or in their order."""
        guess = guess_at(self.evaluation, sample) if self.evaluation.facts.is_classes else None
        if guess is None:
            return []
        actual = int(self.evaluation.actual_classes[sample])
        shares = np.clip(guess.shares, 0.0, 1.0)
        winner = "accent" if guess.best == actual else "error"
        order = np.argsort(-guess.shares, kind="stable") if by_share else np.arange(len(shares))
        return [
            Bar(
                f"{guess.names[i]} (actual)" if i == actual else guess.names[i],
                float(shares[i]),
                guess.figure(i),
                winner if i == guess.best else "text_3",
            )
            for i in map(int, order)
        ]


def title_of(samples: Samples, sample: int) -> str:
    """Return what a sample is called: its row in the data, counted from 1, and its file."""
    kind = "Image" if samples.images else "Row"
    name = samples.name(sample)
    return f"{kind} {samples.number(sample) + 1:,}{f', {name}' if name else ''}"
