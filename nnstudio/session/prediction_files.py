"""Prediction files: rows without labels are read and predicted, predictions are saved, in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from nnstudio.data.arrays import IntArray
from nnstudio.experiments.predictions import PredictedColumn
from nnstudio.formats.predictions_csv import ExactColumn, write_predictions
from nnstudio.session.session import Session


@dataclass(frozen=True, eq=False)
class NewPredictions:
    """What was predicted for the rows of a file; ``notes`` say what was left out."""

    name: str
    count: int
    columns: tuple[PredictedColumn, ...]
    notes: str = ""


def save_predictions(
    session: Session, path: Path, columns: Sequence[ExactColumn], rows: IntArray, done: Callable[[Path], None]
) -> None:
    """Write some rows of a table of predictions to a CSV file, and give ``done`` its path."""
    work = partial(_save, path, tuple(columns), rows)
    session.jobs.start(f"Saving {path.name}", lambda _: work(), done, writes=True)


def _save(path: Path, columns: Sequence[ExactColumn], rows: IntArray) -> Path:
    write_predictions(path, columns, rows)
    return path
