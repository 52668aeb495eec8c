"""Sharing: a data set as files in a temporary folder, which any number of processes read without a copy."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from nnstudio.data.dataset import Dataset, Samples
from nnstudio.data.recipe import Recipe
from nnstudio.data.scaler import Scaler
from nnstudio.engine.saved_state import SavedState
from nnstudio.errors import FileError

_PREFIX = "nnstudio-sweep-"
_X, _Y, _VALUES, _APART = "x.npy", "y.npy", "values.pickle", "validation"


def make_folder() -> tempfile.TemporaryDirectory[str]:
    """Return a new folder that goes at the end of the program at last; those of dead programs go now."""
    _remove_stale()
    try:
        prefix = f"{_PREFIX}{os.getpid()}-"
        return tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True)
    except OSError as error:
        raise _no_room(tempfile.gettempdir(), error) from error


def _remove_stale() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        number = folder.name.removeprefix(_PREFIX).split("-")[0]
        if number.isdecimal() and not _lives(int(number)):
            shutil.rmtree(folder, ignore_errors=True)


def _lives(process: int) -> bool:
    if os.name != "posix":  # there, asking by a signal would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def share(dataset: Dataset, folder: Path) -> None:
    """Write what trains and validates of ``dataset`` into ``folder``.

    Raises:
        FileError: there is no room for it.
    """
    training, apart = dataset.training, dataset.validation
    try:
        _put(training, folder)
        if apart is not None:
            (folder / _APART).mkdir()
            _put(apart, folder / _APART)
        (folder / _VALUES).write_bytes(pickle.dumps((training.scaler, dataset.facts)))
    except OSError as error:
        raise _no_room(str(folder), error) from error


def shared(folder: Path) -> Dataset:
    """Return what was shared, without its test samples; the arrays stay in the files."""
    scaler, facts = pickle.loads((folder / _VALUES).read_bytes())
    training = _taken(folder, scaler)
    apart = _taken(folder / _APART, scaler) if (folder / _APART).is_dir() else None
    return Dataset(Recipe(), training, training.part(0, 0), facts, validation=apart)


def _put(samples: Samples, folder: Path) -> None:
    np.save(folder / _X, samples.x, allow_pickle=False)
    np.save(folder / _Y, samples.y, allow_pickle=False)


def _taken(folder: Path, scaler: Scaler) -> Samples:
    x, y = (np.asarray(np.load(folder / name, mmap_mode="r")) for name in (_X, _Y))
    return Samples(x, y, scaler)


def training_part(dataset: Dataset) -> Dataset:
    """Return what trains and validates of ``dataset``, with arrays that go over a wire as they are."""
    samples = _whole(dataset.training)
    apart = None if dataset.validation is None else _whole(dataset.validation)
    return Dataset(Recipe(), samples, samples.part(0, 0), dataset.facts, validation=apart)


def _whole(samples: Samples) -> Samples:
    x, y = np.ascontiguousarray(samples.x), np.ascontiguousarray(samples.y)
    return Samples(x, y, samples.scaler)


def put_state(path: Path, state: SavedState) -> None:
    """Write a saved state into a file."""
    numbers = np.frombuffer(json.dumps(state.numbers).encode(), np.uint8)
    arrays: dict[str, Any] = {f"array/{name}": array for name, array in state.arrays.items()}
    with path.open("wb") as file:
        np.savez(file, numbers=numbers, **arrays)


def take_state(path: Path) -> SavedState:
    """Read what `put_state` wrote, and remove the file."""
    with np.load(path, allow_pickle=False) as found:
        arrays = {name.removeprefix("array/"): found[name] for name in found.files if name != "numbers"}
        numbers = json.loads(found["numbers"].tobytes())
    with contextlib.suppress(OSError):
        path.unlink()
    return SavedState(arrays, numbers)


def _no_room(place: str, error: OSError) -> FileError:
    found = error.strerror or str(error)
    return FileError(
        f"Expected room in {place} for the data of the sweep, found: {found}. "
        "Free some space, or set TMPDIR to another folder."
    )
