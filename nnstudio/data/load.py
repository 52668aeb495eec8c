"""Load: a recipe becomes a data set."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from nnstudio.data.arrays import Array, IntArray
from nnstudio.data.columns import Column
from nnstudio.data.dataset import Dataset, Samples
from nnstudio.data.filling import fill_gaps, fitted_columns, gaps
from nnstudio.data.preparation import DROP
from nnstudio.data.raw import Raw
from nnstudio.data.recipe import Recipe
from nnstudio.data.scaler import Scaler
from nnstudio.data.splits import fair_order
from nnstudio.data.validation_set import read_validation
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.errors import DataError
from nnstudio.task import DataFacts


@dataclass(frozen=True, eq=False)
class _Part:
    """Some samples on their way: inputs, targets, and their rows in the source (None: all, in its order)."""

    x: Array
    y: Array
    numbers: IntArray | None = None
    names: tuple[str, ...] = ()

    def rows(self, rows: IntArray) -> _Part:
        numbers = rows if self.numbers is None else self.numbers[rows]
        return replace(self, x=self.x[rows], y=self.y[rows], numbers=numbers)


def load(recipe: Recipe, watch: Watch = UNWATCHED) -> Dataset:
    """Return the data set that ``recipe`` describes, the same at every call; its own recipe is settled.

    Raises:
        FileError: its file cannot be read as what it should be.
        DataError: what is read cannot be prepared as the recipe says, or its path can be none.
        Cancelled: a person stopped it.
    """
    if "\0" in recipe.source.place + recipe.split.validation_path:  # the system takes no such name
        raise DataError("Expected the path of a file, found one with a zero byte. Choose the data anew.")
    recipe = replace(recipe, source=recipe.source.settled())
    raw = recipe.source.read(watch)
    watch.go_on()
    training, test, dropped = _parts(raw, recipe)
    if not len(training.x):
        raise DataError(
            f"Expected samples to train with in {raw.name}, found none after {_losses(recipe)}. "
            "Change the preparation or the split, or choose other data."
        )
    apart = _validation(raw, recipe, watch)
    columns = fitted_columns(raw.columns, training.x, recipe.preparation.missing)
    for part in (training, test, apart):
        _fill(part, columns, raw.name)
    watch.go_on()
    scaler = recipe.preparation.fitted(training.x, columns)
    return Dataset(
        recipe=recipe,
        training=_samples(training, scaler, raw.names),
        test=_samples(test, scaler, raw.names if raw.x_test is None else raw.names_test),
        facts=_facts(raw, len(training.x), len(test.x), len(apart.x)),
        notes=" ".join(filter(None, (raw.notes, _dropped_words(dropped)))),
        columns=columns,
        target_names=raw.target_names,
        records=raw.records,
        test_records=raw.records if raw.x_test is None else raw.test_records,
        validation=_samples(apart, scaler, apart.names) if recipe.split.validation_path else None,
    )


def _validation(raw: Raw, recipe: Recipe, watch: Watch) -> _Part:
    """Return what validates of a file of its own; nothing where there is none."""
    if not recipe.split.validation_path:
        return _Part(raw.x[:0], raw.y[:0])
    path = Path(recipe.split.validation_path)
    found = read_validation(path, recipe.source, raw, watch)
    part = _Part(found.x, found.y, names=found.names)
    if recipe.preparation.missing == DROP and (empty := gaps(part.x)).any():
        part = part.rows(np.flatnonzero(~empty))
    part = _without(part, raw, recipe.split.left_out)
    if not len(part.x):
        raise DataError(
            f"Expected samples to validate with in {path.name}, found none after {_losses(recipe)}. "
            "Choose another file, or validate with a share of the training part."
        )
    return part


def _samples(part: _Part, scaler: Scaler, names: tuple[str, ...]) -> Samples:
    """Return the samples of a part; ``names`` are those of all rows of its source."""
    if names and part.numbers is not None:
        names = tuple(names[row] for row in part.numbers.tolist())
    return Samples(part.x, part.y, scaler, part.numbers, names)


def _parts(raw: Raw, recipe: Recipe) -> tuple[_Part, _Part, int]:
    """Return what trains, what tests, and how many rows were dropped for a gap."""
    dropped = 0
    everything = _Part(raw.x, raw.y)
    if recipe.preparation.missing == DROP and (empty := gaps(raw.x)).any():
        dropped = int(empty.sum())
        everything = everything.rows(np.flatnonzero(~empty))
    if raw.x_test is not None and raw.y_test is not None:
        left = _without(everything, raw, recipe.split.left_out)
        return _in_fair_order(left), _Part(raw.x_test, raw.y_test), dropped
    rows, test_rows = recipe.split.rows(everything.y)
    training = _without(everything.rows(rows), raw, recipe.split.left_out)
    return training, everything.rows(test_rows), dropped


def _in_fair_order(part: _Part) -> _Part:
    order = fair_order(part.y) if part.y.ndim == 1 and len(part.y) else None
    return part if order is None else part.rows(order)


def _without(training: _Part, raw: Raw, left_out: tuple[str, ...]) -> _Part:
    """Leave the classes ``left_out`` out of what trains; names that are no class are of other data."""
    indices = [index for index, name in enumerate(raw.class_names) if name in left_out]
    return training.rows(np.flatnonzero(~np.isin(training.y, indices))) if indices else training


def _fill(part: _Part, columns: tuple[Column, ...], name: str) -> None:
    if gaps(part.x).any():
        fill_gaps(part.x, columns)
        if gaps(part.x).any():
            raise DataError(
                f"Expected a value in each column that trains, found a column of {name} without any. "
                "Ignore this column."
            )


def _facts(raw: Raw, training_count: int, test_count: int, validation_count: int) -> DataFacts:
    return DataFacts(
        name=raw.name,
        sample_shape=raw.x.shape[1:],
        task=raw.task,
        class_names=raw.class_names,
        outputs=raw.y.shape[1] if raw.y.ndim == 2 else 1,
        training_count=training_count,
        test_count=test_count,
        validation_count=validation_count,
    )


def _losses(recipe: Recipe) -> str:
    left_out = recipe.split.left_out
    return "rows with gaps were dropped" + (f" and {', '.join(left_out)} left out" if left_out else "")


def _dropped_words(dropped: int) -> str:
    rows = "row was" if dropped == 1 else "rows were"
    return f"{dropped:,} {rows} dropped for a missing value." if dropped else ""
