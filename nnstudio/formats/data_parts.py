"""DataParts: a copy of the data as parts of an archive, and back; see `nnstudio.formats.project`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from nnstudio.data.columns import Column
from nnstudio.data.dataset import Dataset, Samples
from nnstudio.data.recipe import Recipe
from nnstudio.data.scaler import Scaler
from nnstudio.errors import FileError
from nnstudio.formats.archive import Archive, Part
from nnstudio.formats.column_json import (
    columns_from_json,
    columns_to_json,
    scaler_from_json,
    scaler_to_json,
)
from nnstudio.formats.study_json import shape_from_json
from nnstudio.formats.values import Json, parse_json, shortened
from nnstudio.task import DataFacts, Task

_ARRAYS = ("x_train", "y_train", "x_test", "y_test")
_APART = ("x_validation", "y_validation")  # only where a file of its own validates


def data_parts(dataset: Dataset) -> Iterator[Part]:
    """Yield what `read_data` makes the data of again."""
    training, test = dataset.training, dataset.test
    config = facts_to_json(dataset.facts) | {
        "notes": dataset.notes,
        "columns": columns_to_json(dataset.columns),
        "target_names": list(dataset.target_names),
        "scaler": scaler_to_json(dataset.scaler),
    }
    yield "data/data.json", json.dumps(config, allow_nan=False)
    for name, array in zip(_ARRAYS, (training.x, training.y, test.x, test.y), strict=True):
        yield f"data/{name}.npy", array
    if dataset.validation is not None:
        yield from ((f"data/{name}.npy", getattr(dataset.validation, name[0])) for name in _APART)


def facts_to_json(facts: DataFacts) -> Json:
    """Return what is known of data, apart from how many there are."""
    return {
        "name": facts.name,
        "task": str(facts.task),
        "sample_shape": list(facts.sample_shape),
        "class_names": list(facts.class_names),
        "outputs": facts.outputs,
    }


def read_data(archive: Archive, recipe: Recipe, problems: list[str]) -> Dataset | None:
    """Return the copy of the data, prepared as ``recipe`` says; None where there is none that is whole."""
    if "data/data.json" not in archive:
        return None
    try:
        config = parse_json(archive.text("data/data.json"), "data")
        x_train, y_train, x_test, y_test = (archive.array(f"data/{name}.npy") for name in _ARRAYS)
        facts = facts_from_json(config, len(x_train), len(x_test))
        columns = columns_from_json(config.get("columns", []))
        scaler = _scaler(config, recipe, x_train, columns)
        training, test = Samples(x_train, y_train, scaler), Samples(x_test, y_test, scaler)
        apart = _apart(archive, recipe, scaler)
        for samples in (training, test, *(() if apart is None else (apart,))):
            _refuse_misfits(samples, facts)
        facts = replace(facts, validation_count=0 if apart is None else len(apart))
        notes, targets = shortened(str(config.get("notes", ""))), _names(config, "target_names")
        return Dataset(recipe, training, test, facts, notes, columns, targets, validation=apart)
    except FileError as error:
        problems.append(f"The copy of the data is lost. {error}")
        return None


def _apart(archive: Archive, recipe: Recipe, scaler: Scaler) -> Samples | None:
    """Return what validates of a file of its own; None where none does."""
    if not recipe.split.validation_path:
        return None
    x, y = (archive.array(f"data/{name}.npy") for name in _APART)
    return Samples(x, y, scaler)


def _scaler(config: Json, recipe: Recipe, x: Any, columns: tuple[Column, ...]) -> Scaler:
    """Return how the copy is scaled; older projects do not say it, but only knew pixels."""
    if "scaler" not in config:
        return recipe.preparation.fitted(x, columns)
    scaler = scaler_from_json(config["scaler"])
    for array in (scaler.offset, scaler.spread):
        if array is not None and array.shape not in ((), x.shape[1:]):
            raise FileError("Its inputs are scaled in another number than there are.")
    return scaler


def _names(config: Json, key: str) -> tuple[str, ...]:
    names = config.get(key, [])
    return tuple(shortened(str(name)) for name in names) if isinstance(names, list) else ()


def facts_from_json(config: Any, training_count: int = 0, test_count: int = 0) -> DataFacts:
    """Return what `facts_to_json` described.

    Raises:
        FileError: something is missing or not what it should be.
    """
    if not isinstance(config, dict) or config.get("task") not in list(Task):
        raise FileError("It does not say what is to be learnt.")
    names, outputs = config.get("class_names"), config.get("outputs")
    if not isinstance(names, list) or type(outputs) is not int or outputs < 1:
        raise FileError("It does not say what is to be learnt.")
    return DataFacts(
        name=shortened(str(config.get("name", ""))),
        sample_shape=shape_from_json(config.get("sample_shape")),
        task=Task(config["task"]),
        class_names=tuple(shortened(str(name)) for name in names),
        outputs=outputs,
        training_count=training_count,
        test_count=test_count,
    )


def _refuse_misfits(samples: Samples, facts: DataFacts) -> None:
    x, y = samples.x, samples.y
    if x.shape[1:] != facts.sample_shape or x.dtype not in (np.uint8, np.float32) or len(x) != len(y):
        raise FileError("Its samples are not what is said of them.")
    if facts.is_classes:
        fits = y.ndim == 1 and y.dtype == np.int64 and (not y.size or 0 <= y.min() <= y.max() < facts.classes)
    else:
        fits = y.ndim == 2 and y.dtype == np.float32 and y.shape[1] == facts.outputs
    if not fits:
        raise FileError("Its targets are not what is said of them.")
