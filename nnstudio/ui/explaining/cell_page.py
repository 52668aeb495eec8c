"""CellPage: what the samples of a cell of the confusion matrix have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from nnstudio.data.arrays import Array, IntArray
from nnstudio.data.dataset import Dataset, Samples
from nnstudio.data.value_sheet import value_names
from nnstudio.experiments.evaluation import Evaluation
from nnstudio.experiments.explaining.cell import CellMeans
from nnstudio.experiments.explaining.explanation import value_words
from nnstudio.ui.explaining.cell_words import cell_words
from nnstudio.ui.explaining.mean_view import MeanView
from nnstudio.ui.explaining.rows_model import WordRows
from nnstudio.ui.explaining.sample_tiles import SampleTiles, Tile
from nnstudio.ui.text_table import TextTable
from nnstudio.ui.widgets import column, label, row, rule, scrolled

_MOST_TILES = 24


@dataclass(frozen=True, eq=False)
class CellSubject:
    """``rows`` of the samples of an evaluation, and the one class that they are and are read as, if so."""

    evaluation: Evaluation
    samples: Samples
    rows: IntArray
    actual: int | None
    predicted: int | None

    @classmethod
    def of(cls, evaluation: Evaluation, samples: Samples, rows: IntArray) -> CellSubject:
        """Return what some rows of an evaluation are."""
        return cls(
            evaluation,
            samples,
            rows,
            _only(evaluation.actual_classes[rows]),
            _only(evaluation.predicted[rows]),
        )

    def name(self, index: int | None) -> str | None:
        """Return the name of a class."""
        return None if index is None else self.evaluation.facts.class_names[index]

    @property
    def title(self) -> str:
        """What they are, in short: "4 read as 9"."""
        actual, predicted = self.name(self.actual), self.name(self.predicted)
        if actual is not None and predicted is not None:
            return f"{actual} read as {predicted}"
        if actual is not None:
            return f"All {actual}"
        return "The chosen samples" if predicted is None else f"Read as {predicted}"


def _only(classes: Array) -> int | None:
    """Return the one class of all; None where there are several, or no number was said."""
    found = np.unique(classes)
    return int(found[0]) if len(found) == 1 and found[0] >= 0 else None


class CellPage(QWidget):
    """The average of the samples beside those of the two classes, and the samples themselves.

    Signals:
        chosen(row): A person wants one of the samples explained.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._subject: CellSubject | None = None
        self.words = label(wrap=True)
        self.means = MeanView()
        self.tiles = SampleTiles("The samples")
        self.count = label(role="text_2", size="small")
        self.rows = WordRows()
        self.table = TextTable(self.rows, "Averages of the columns")
        self.table.verticalHeader().hide()
        body = QWidget()
        body.setLayout(column(self.means, rule(), self.count, self.tiles, None, space=12))
        area = scrolled(body)
        for ground in (area.viewport(), body):
            ground.setAutoFillBackground(False)
        self._pages = QStackedWidget()
        self._pages.addWidget(area)
        self._pages.addWidget(self.table)
        layout = column(row(self.words), self._pages, space=12)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.tiles.chosen.connect(self._choose)

    def show_means(self, subject: CellSubject, found: CellMeans, dataset: Dataset) -> None:
        """Show the averages of some samples and their classes."""
        self._subject = subject
        actual, predicted = subject.name(subject.actual), subject.name(subject.predicted)
        pictures = subject.samples.images
        noun = "image" if pictures else "sample"
        self.words.setText(cell_words(len(subject.rows), noun, actual, predicted, found))
        self._pages.setCurrentIndex(0 if pictures else 1)
        if not pictures:
            self.rows.show_rows(*_table(found, dataset, actual, predicted))
            self.table.fit_columns()
            return
        shown = subject.rows[:_MOST_TILES]
        self.means.show_means(_pictures(found, actual, predicted), subject.samples.inked)
        self.tiles.show_tiles([_tile(subject, int(one)) for one in shown], subject.samples.inked)
        first = "all of them" if len(shown) == len(subject.rows) else f"the first {len(shown)}"
        self.count.setText(f"The images, {first}; a click explains one.")

    def _choose(self, place: int) -> None:
        if self._subject is not None:
            self.chosen.emit(int(self._subject.rows[place]))


def _tile(subject: CellSubject, sample: int) -> Tile:
    evaluation = subject.evaluation
    actual = evaluation.facts.class_names[int(evaluation.actual_classes[sample])]
    read = f"read as {evaluation.predicted_name(sample)}"
    tip = f"Image {sample:,}: {actual}, {read}. A click explains it."
    return Tile(subject.samples.picture(sample), actual, read, not bool(evaluation.right[sample]), tip)


def _pictures(found: CellMeans, actual: str | None, predicted: str | None) -> list[tuple[str, Array]]:
    means = (
        ("Average of these", found.mean),
        (f"Average {actual}", found.actual_mean),
        (f"Average {predicted}", found.predicted_mean),
    )
    return [(words, mean) for words, mean in means if mean is not None]


def _table(
    found: CellMeans, dataset: Dataset, actual: str | None, predicted: str | None
) -> tuple[list[str], list[Sequence[str]]]:
    """Return the average of each column as rows of words: of these, and of the two classes."""
    means = _pictures(found, actual, predicted)
    flat = np.stack([mean.reshape(-1) for _, mean in means])
    names = dataset.input_names or value_names(dataset)
    rows = [[name, *map(value_words, map(float, flat[:, i]))] for i, name in enumerate(names)]
    return ["Column", *(words for words, _ in means)], list(rows)
