"""Prediction files: rows without labels are read and predicted, predictions are saved, in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from nnstudio.data.arrays import IntArray
from nnstudio.data.columns import Column
from nnstudio.data.dataset import Dataset, Samples
from nnstudio.data.record_column import RecordColumn
from nnstudio.data.rows import rows_of_file
from nnstudio.data.sources.table import Table
from nnstudio.data.table_records import KeptRecords
from nnstudio.data.value_sheet import value_names
from nnstudio.data.watch import Watch
from nnstudio.engine.network import Snapshot
from nnstudio.engine.training import predict_batches
from nnstudio.errors import DataError
from nnstudio.experiments.evaluation import Evaluation
from nnstudio.experiments.part import Looked, Part
from nnstudio.experiments.predictions import Outputs, PredictedColumn, whole_arrays, whole_table
from nnstudio.formats.predictions_csv import ExactColumn, target_of, write_predictions
from nnstudio.formats.predictions_npz import write_arrays
from nnstudio.session.session import Session

_PLACE = "Predicting a file"


@dataclass(frozen=True, eq=False)
class NewPredictions:
    """What was predicted for the rows of a file, and the rows as they stand in it."""

    path: Path
    count: int
    columns: tuple[PredictedColumn | RecordColumn, ...]
    snapshot: Snapshot

    @property
    def name(self) -> str:
        """What a person calls the file."""
        return self.path.name


def predict_file(session: Session, path: Path, done: Callable[[NewPredictions], None]) -> None:
    """Predict the rows of another file by the recipe of the data, and give them to ``done``.

    Trouble is told by the session, in a sentence.
    """
    snapshot = session.snapshot
    if snapshot is not None:
        work = partial(_predict, snapshot, session.dataset, path)
        session.jobs.start(f"Predicting {path.name}", work, done, place=_PLACE)


def save_predictions(
    session: Session, path: Path, columns: Sequence[ExactColumn], rows: IntArray, done: Callable[[Path], None]
) -> None:
    """Write some rows of a table of predictions to a CSV file, and give ``done`` its path."""
    target = target_of(path)
    work = partial(_save, target, tuple(columns), rows)
    session.jobs.start(f"Saving {target.name}", work, done, writes=True)


def save_evaluation(
    session: Session, path: Path, evaluation: Evaluation, done: Callable[[Path], None]
) -> None:
    """Write all that an evaluation of the samples that are looked at says, as CSV or, by its ending, npz."""
    looked, target = session.looked, target_of(path)
    if looked is None or len(looked.samples) != len(evaluation.outputs):
        return
    numbers = looked.samples.numbers
    rows = np.arange(len(evaluation.outputs)) if numbers is None else np.asarray(numbers)
    files, ids = looked.samples.names, _identifiers(looked)
    work = partial(_save_all, target, evaluation, rows, session.dataset.target_names, files, ids)
    session.jobs.start(f"Saving {target.name}", work, done, writes=True)


def _save_all(
    path: Path,
    evaluation: Evaluation,
    rows: IntArray,
    target_names: Sequence[str],
    files: tuple[str, ...],
    ids: Sequence[ExactColumn],
    watch: Watch,
) -> Path:
    if path.suffix.lower() == ".npz":
        write_arrays(path, whole_arrays(evaluation, rows, files))
    else:
        row, *columns = whole_table(evaluation, rows, target_names, files)
        write_predictions(path, (row, *ids, *columns), np.arange(len(rows)))
    return path


def _identifiers(looked: Looked) -> tuple[ExactColumn, ...]:
    """Return the columns of a table that are neither inputs nor targets, as those with names and numbers."""
    dataset, samples = looked.dataset, looked.samples
    known_records = dataset.test_records if looked.part is Part.TEST else dataset.records
    if known_records is None or (looked.part is Part.VALIDATION and dataset.validation is not None):
        return ()  # what a file of its own says of those that validate is not kept
    count = len(samples)
    rows = np.arange(count) if samples.numbers is None else samples.numbers
    records = KeptRecords(known_records, rows)
    known = {*dataset.target_names, *(column.name for column in dataset.columns)}
    others = (index for index, name in enumerate(records.names) if name not in known)
    return tuple(RecordColumn(records, index, count) for index in others)


def _predict(snapshot: Snapshot, dataset: Dataset, path: Path, watch: Watch) -> NewPredictions:
    if snapshot.input_shape != dataset.training.shape:
        raise DataError(
            f"The network was made for other data than {dataset.name}, so {path.name} cannot be predicted. "
            "Train it anew."
        )
    source, columns = _reading(dataset)
    rows = rows_of_file(source, columns, path, watch)
    x = rows.x.reshape(-1, *dataset.training.shape)
    samples = Samples(x, np.zeros(len(x), np.int64), dataset.scaler)
    parts = []
    for _, outputs, count in predict_batches(snapshot.predictor(), samples):
        watch.told(count / len(x), "Predicting rows")
        parts.append(outputs.reshape(len(outputs), -1).copy())
    meaning = Outputs(dataset.facts, dataset.target_names, snapshot.design.loss.boundary)
    cells = (RecordColumn(rows.records, index, len(x)) for index in range(len(rows.records.names)))
    return NewPredictions(path, len(x), (*meaning.columns(np.concatenate(parts)), *cells), snapshot)


def _reading(dataset: Dataset) -> tuple[Table, tuple[Column, ...]]:
    """Return how rows like those of ``dataset`` are read; inputs without names go by their order."""
    source = dataset.recipe.source
    if isinstance(source, Table):
        return source, dataset.columns
    if dataset.columns:
        return Table(), dataset.columns
    names = value_names(dataset)
    return Table(header=False, column_names=names), tuple(map(Column, names))


def _save(path: Path, columns: Sequence[ExactColumn], rows: IntArray, watch: Watch) -> Path:
    write_predictions(path, columns, rows)
    return path
