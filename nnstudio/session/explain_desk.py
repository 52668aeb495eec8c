"""ExplainDesk: explains what the network says of a sample or of a cell, in the background."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal

from nnstudio.data.arrays import Array, IntArray
from nnstudio.data.dataset import Dataset, Samples
from nnstudio.data.watch import Watch
from nnstudio.engine.network import Snapshot
from nnstudio.experiments.explaining.answers import Answers
from nnstudio.experiments.explaining.cell import CellMeans, cell_means
from nnstudio.experiments.explaining.explanation import Explanation, Question, Subject, Way, explain
from nnstudio.experiments.explaining.neighbours import (
    HiddenTable,
    Neighbours,
    hidden_table,
    nearest_by_hidden,
    nearest_by_value,
)
from nnstudio.experiments.explaining.ordinary import Ordinary, ordinary_of
from nnstudio.session.newest import Newest
from nnstudio.session.session import Session

_NEIGHBOURS = 8
_NO_NETWORK = "The model has a problem, so nothing can be predicted or explained. Mend it first."


@dataclass(frozen=True, eq=False)
class NeighbourLook:
    """The nearest samples that train, what they are read as (n,) or the values (n, outputs) predicted.

    None where the network has no hidden layer to ask.
    """

    neighbours: Neighbours | None
    samples: Samples
    predicted: Array | None = None


@dataclass(eq=False)
class _Known:
    """What was found for a data set and a snapshot, so that it is not found again."""

    dataset: Dataset | None = None
    ordinary: Ordinary | None = None
    table: HiddenTable | None = None


class ExplainDesk(QObject):
    """Works from the weights that predict at the moment of asking, also while they train.

    Signals:
        explained(explanation): A new `Explanation`.
        neighbours_found(look): A new `NeighbourLook`.
        cell_found(means): A new `CellMeans`.
        refused(sentence): There is no explanation, and why.
    """

    explained = Signal(object)
    neighbours_found = Signal(object)
    cell_found = Signal(object)
    refused = Signal(str)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._known = _Known()
        self.maps = Newest("Explaining", self)
        self.near = Newest("Finding the nearest samples", self)
        self.cells = Newest("Averaging", self)
        self.maps.answered.connect(self.explained)
        self.near.answered.connect(self.neighbours_found)
        self.cells.answered.connect(self.cell_found)
        for one in (self.maps, self.near, self.cells):
            one.failed.connect(self.refused)
        session.closed.connect(self.close)

    def explain(self, subject: Subject, way: Way, about: int | None = None) -> None:
        """Explain a sample in a way; ``about`` is the class or value, None for what matters most."""
        snapshot = self._snapshot
        if snapshot is not None:
            self.maps.ask(partial(_explain, self._known, snapshot, self._dataset, subject, way, about))

    def find_neighbours(self, subject: Subject, by_hidden: bool) -> None:
        """Look for the training samples that are nearest, by values or by the last hidden layer."""
        snapshot = self._snapshot
        if snapshot is not None:
            self.near.ask(partial(_neighbours, self._known, snapshot, self._dataset, subject, by_hidden))

    def look_at_cell(
        self, samples: Samples, rows: IntArray, actual: int | None, predicted: int | None
    ) -> None:
        """Average some samples, and the classes that they are and are read as."""
        self.cells.ask(partial(_cell, samples, rows, self._dataset.training, actual, predicted))

    @property
    def progress(self) -> float | None:
        """The share of what is under way that is done; None where nothing is."""
        under_way = (one.progress for one in (self.maps, self.near, self.cells))
        shares = [progress[0] or 0.0 for progress in under_way if progress is not None]
        return min(shares, default=None)

    def cancel(self) -> None:
        """End all that is under way."""
        for one in (self.maps, self.near, self.cells):
            one.cancel()

    def forget(self) -> None:
        """End all that is under way, and let go of what was kept for the next question."""
        self.cancel()
        self._known = _Known()

    def close(self) -> None:
        """End all, and wait for that."""
        for one in (self.maps, self.near, self.cells):
            one.close()

    @property
    def _dataset(self) -> Dataset:
        return self._session.dataset

    @property
    def _snapshot(self) -> Snapshot | None:
        snapshot = self._session.snapshot
        if snapshot is None:
            self.refused.emit(_NO_NETWORK)
        return snapshot


def _explain(
    known: _Known,
    snapshot: Snapshot,
    dataset: Dataset,
    subject: Subject,
    way: Way,
    about: int | None,
    watch: Watch,
) -> Explanation:
    if known.ordinary is None or known.dataset is not dataset:
        known.ordinary, known.dataset = ordinary_of(dataset.training), dataset
    return explain(Question(snapshot, dataset, known.ordinary, subject, way, about), watch)


def _neighbours(
    known: _Known, snapshot: Snapshot, dataset: Dataset, subject: Subject, by_hidden: bool, watch: Watch
) -> NeighbourLook:
    training = dataset.training
    answers = Answers(snapshot, dataset.facts, dataset.scaler)
    if by_hidden:
        table = known.table
        if table is None or table.snapshot is not snapshot or table.samples is not training:
            table = known.table = hidden_table(snapshot, training, watch)
        if table is None:
            return NeighbourLook(None, training)
        found = nearest_by_hidden(table, subject.raw, _NEIGHBOURS + 1, watch)
    else:
        scaled = not training.images  # pixels all have one unit
        found = nearest_by_value(training, subject.raw, _NEIGHBOURS + 1, watch, scaled=scaled)
    others = np.flatnonzero(found.rows != (-1 if subject.row is None else subject.row))[:_NEIGHBOURS]
    found = replace(found, rows=found.rows[others], distances=found.distances[others])
    shares = answers.of(training.x[found.rows], watch)
    predicted = shares.argmax(axis=1) if dataset.facts.is_classes else shares
    return NeighbourLook(found, training, np.asarray(predicted))


def _cell(
    samples: Samples,
    rows: IntArray,
    training: Samples,
    actual: int | None,
    predicted: int | None,
    watch: Watch,
) -> CellMeans:
    return cell_means(samples, rows, training, actual, predicted, watch)
