"""ValidationSet: samples in a file or folder of their own that only validate, read as those that train."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from nnstudio.data.arrays import Array, IntArray
from nnstudio.data.files import times, wrong_file
from nnstudio.data.names import listed, printable
from nnstudio.data.opening import recipe_for
from nnstudio.data.raw import Raw
from nnstudio.data.source import Source
from nnstudio.data.sources.image_folder import ImageFolder
from nnstudio.data.sources.table import Table
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.errors import FileError
from nnstudio.task import Task

_ADVICE = "Choose another file to validate with, or validate with a share of the training part."


@dataclass(frozen=True, eq=False)
class ValidationSet:
    """Inputs and targets as those of the `Raw` that trains, and what each sample is called."""

    x: Array
    y: Array
    names: tuple[str, ...] = ()


def read_validation(path: Path, source: Source, raw: Raw, watch: Watch = UNWATCHED) -> ValidationSet:
    """Return the samples in ``path``, which are of the kind that ``source`` read as ``raw``.

    Of data with a test part of their own only the training part is taken.

    Raises:
        FileError, DataError: they cannot be read, or are of another kind.
        Cancelled: a person stopped it.
    """
    _refuse_known(path, path, source)
    if isinstance(source, Table):
        return _table_rows(path, source, raw, watch)
    other = _source_at(path, source, watch)
    _refuse_known(path, Path(other.place), source)
    found = other.read(watch)
    if found.x.shape[1:] != raw.x.shape[1:]:
        expected = f"samples of {times(raw.x.shape[1:])}, as in {raw.name}"
        raise wrong_file(path, expected, times(found.x.shape[1:]), _ADVICE)
    return ValidationSet(_inputs(path, raw, found), _targets(path, raw, found), found.names)


def _refuse_known(path: Path, place: Path, source: Source) -> None:
    """Refuse what trains or tests already."""
    for known, verb in ((source.place, "train"), (getattr(source, "test_path", ""), "test")):
        if known and place.resolve() == Path(known).resolve():
            raise wrong_file(path, "samples of their own that validate", f"those that {verb}", _ADVICE)


def _source_at(path: Path, source: Source, watch: Watch) -> Source:
    """Return what reads ``path`` with the settings of ``source`` where it is of the same kind."""
    found = recipe_for(path, watch).source
    if isinstance(found, Table):
        raise wrong_file(path, f"data like {source.title}", "a table", _ADVICE)
    if isinstance(found, ImageFolder) and isinstance(source, ImageFolder):
        return replace(source, path=found.path, labels=found.labels)
    return replace(source, path=found.place) if type(found) is type(source) else found  # type: ignore[call-arg]


def _table_rows(path: Path, table: Table, raw: Raw, watch: Watch) -> ValidationSet:
    """Read the rows together with those that train: only so the same text is the same class in both."""
    task = table.task if raw.task is Task.REGRESSION else Task.MANY_CLASSES.value
    both = replace(table, test_path=str(path), task=task, class_names=()).read(watch)
    for column, known in zip(both.columns, raw.columns, strict=True):
        new = [name for name in column.categories if name not in known.categories]
        if new:
            raise _unknown(path, f"{listed(known.categories)} in {printable(column.name)}", new)
    if len(both.class_names) > len(raw.class_names):  # perhaps a person gave them other names
        new = [name for name in both.class_names if name not in raw.class_names]
        raise _unknown(path, f"the classes {listed(raw.class_names)}", new)
    assert both.x_test is not None and both.y_test is not None
    return ValidationSet(both.x_test, both.y_test)


def _inputs(path: Path, raw: Raw, found: Raw) -> Array:
    """Return the inputs in the type of those that train: pixels of 0 to 255 are no numbers of 0 to 1."""
    if found.x.dtype != raw.x.dtype and raw.x.dtype == np.uint8:
        expected = f"whole numbers of 0 to 255, as in {raw.name}"
        raise wrong_file(path, expected, "other numbers", _ADVICE)
    return found.x.astype(raw.x.dtype, copy=False)


def _targets(path: Path, raw: Raw, found: Raw) -> Array:
    if raw.y.ndim != found.y.ndim or raw.y.shape[1:] != found.y.shape[1:]:
        raise wrong_file(path, f"{_target_words(raw)}, as in {raw.name}", _target_words(found), _ADVICE)
    if raw.y.ndim == 2:
        return found.y
    places = {name: place for place, name in enumerate(raw.class_names)}
    new = [name for name in found.class_names if name not in places]
    if new:
        raise _unknown(path, f"the classes {listed(raw.class_names)}", new)
    order: IntArray = np.array([places[name] for name in found.class_names], np.int64)
    return order[found.y]


def _target_words(raw: Raw) -> str:
    if raw.y.ndim == 1:
        return "labels of classes"
    return f"{raw.y.shape[1]:,} values to predict" if raw.y.shape[1] > 1 else "a value to predict"


def _unknown(path: Path, expected: str, new: list[str]) -> FileError:
    return wrong_file(path, expected, listed(new), _ADVICE)
