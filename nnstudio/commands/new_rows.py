"""NewRows: predictions for a table of rows that need not say what is to be predicted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from nnstudio.commands.terminal_watch import terminal_watch
from nnstudio.data.dataset import Samples
from nnstudio.data.fitted import Fitted
from nnstudio.data.raw import Records
from nnstudio.data.rows import rows_of_file
from nnstudio.data.scored_rows import ScoredRows, scored_rows
from nnstudio.data.sources.table import Table
from nnstudio.data.table_file import is_table
from nnstudio.engine.metrics import predicted_classes
from nnstudio.engine.training import predict
from nnstudio.errors import DataError
from nnstudio.experiments.trained import TrainedModel

Row = tuple[str, ...]


def takes_rows(model: TrainedModel, path: Path | None) -> bool:
    """Return whether ``path`` is a table, and the model learnt from one."""
    learnt = model.fitted is not None and bool(model.fitted.columns)
    if path is None or not learnt or not isinstance(model.study.recipe.source, Table) or not path.is_file():
        return False
    with path.open("rb") as file:
        return is_table(path, file.read(8))


def rows_that_score(model: TrainedModel, path: Path) -> ScoredRows:
    """Return the rows of a table with what is to be predicted, prepared as those that the model learnt from.

    Raises:
        FileError, DataError: the rows are none that the network knows.
    """
    source, fitted = model.study.recipe.source, model.fitted
    assert isinstance(source, Table) and fitted is not None
    with terminal_watch() as watch:
        found = scored_rows(source, fitted, model.class_names, path.absolute(), watch)
    _refuse_misfits(model, found.samples)
    return found


def predicted_rows(model: TrainedModel, path: Path, count: int) -> Iterator[Row]:
    """Yield a header and a line for each of the first rows of a table; what it says itself stands last.

    Raises:
        FileError, DataError: the rows are none that the network knows.
    """
    source, fitted = model.study.recipe.source, model.fitted
    assert isinstance(source, Table) and fitted is not None
    rows = rows_of_file(source, fitted.columns, path.absolute())
    samples = Samples(rows.x[:count], np.zeros(len(rows.x[:count])), fitted.scaler)
    _refuse_misfits(model, samples)
    outputs = predict(model.snapshot.predictor(), samples)
    found = _classes(model, outputs) if model.class_names else _values(fitted, outputs)
    known = [name for name in fitted.target_names if name in rows.records.names]
    for index, line in enumerate(found):
        yield *line, *(_actual(rows.records, name, index - 1) for name in known)


def _refuse_misfits(model: TrainedModel, samples: Samples) -> None:
    if samples.shape != model.snapshot.input_shape:
        raise DataError(
            f"The network takes samples of shape {model.snapshot.input_shape}, but its columns make "
            f"{samples.shape}. Train it anew."
        )


def _actual(records: Records, name: str, row: int) -> str:
    return f"actual {name}" if row < 0 else records.cell(row, records.names.index(name)).strip()


def _classes(
    model: TrainedModel, outputs: np.ndarray[tuple[int, ...], np.dtype[np.float32]]
) -> Iterator[Row]:
    boundary = model.snapshot.design.loss.boundary
    yield "row", "predicted", "probability"
    for index, (place, row) in enumerate(zip(predicted_classes(outputs, boundary), outputs, strict=True)):
        sure = row.max() if len(row) > 1 else row[0] if place else 2 * boundary - row[0]
        yield str(index + 1), model.class_names[int(place)], f"{sure:.6f}"


def _values(fitted: Fitted, outputs: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> Iterator[Row]:
    yield "row", *(f"predicted {name}" for name in fitted.target_names)
    for index, values in enumerate(outputs):
        yield str(index + 1), *(f"{value:.6g}" for value in values)
