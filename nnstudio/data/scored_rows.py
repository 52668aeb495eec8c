"""ScoredRows: rows of another file that say what is to be predicted, treated as those learnt from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nnstudio.data.arrays import Array, Flags, IntArray
from nnstudio.data.dataset import Samples
from nnstudio.data.filling import fill_gaps, gaps
from nnstudio.data.fitted import Fitted
from nnstudio.data.frames import Frame
from nnstudio.data.names import listed, printable
from nnstudio.data.rows import frame_inputs, open_rows, place_of
from nnstudio.data.sources.table import Table
from nnstudio.data.table_classes import class_names
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.errors import DataError

_CLASSLESS = -1


@dataclass(frozen=True, eq=False)
class ScoredRows:
    """The whole rows of a file as samples, and how many were left out because something is missing."""

    samples: Samples
    left_out: int


def scored_rows(
    source: Table, fitted: Fitted, classes: tuple[str, ...], path: Path, watch: Watch = UNWATCHED
) -> ScoredRows:
    """Return the rows in ``path`` for a network that learnt from ``source``; ``classes`` are its classes.

    Raises:
        FileError: it cannot be read as a table.
        DataError: a column is missing, or a value or a class is none that the network knows.
    """
    file = open_rows(source, fitted.columns, path)
    places = [place_of(file, column.name) for column in fitted.columns]
    wanted = [place_of(file, name) for name in source.targets]
    inputs, targets, count = [], [], 0
    for frame in file.frames(watch):
        inputs.append(frame_inputs(frame, fitted.columns, places, count))
        targets.append(_texts(frame, wanted[0]) if classes else frame.numbers(wanted))
        count += len(frame)
    if not count:
        raise DataError(f"Expected rows in {path.name}, found none. Choose another file.")
    x, found = np.concatenate(inputs), np.concatenate(targets)
    y = _classes(source, path, classes, found) if classes else found
    fill_gaps(x, fitted.columns)
    whole = ~gaps(x) & _told(y)
    if not whole.any():
        raise DataError(f"Expected whole rows in {path.name}, found none without gaps. Choose another file.")
    return ScoredRows(Samples(x[whole], y[whole], fitted.scaler), int(count - whole.sum()))


def _texts(frame: Frame, place: int) -> Array:
    """Return what stands in a column, "" for nothing, as texts (n,)."""
    codes, names = frame.texts(place)
    return np.array([*names, ""], object)[codes]


def _told(y: Array) -> Flags:
    """Return which rows say what is to be predicted."""
    return np.asarray(y != _CLASSLESS if y.ndim == 1 else ~np.isnan(y).any(axis=1))


def _classes(source: Table, path: Path, known: tuple[str, ...], texts: Array) -> IntArray:
    """Return the class of each row as the network counts them, int64 (n,)."""
    names, places = class_names(sorted({text for text in texts if text}))
    order = [known.index(name) if name in known else _CLASSLESS for name in names]
    if _CLASSLESS in order and source.class_names and len(names) == len(known):
        order = list(range(len(known)))  # a person renamed them in the order of their values
    if _CLASSLESS in order:
        new = [name for name, place in zip(names, order, strict=True) if place == _CLASSLESS]
        raise DataError(
            f"Expected the classes {listed(known)} in {printable(source.targets[0])} of {path.name}, "
            f"found {listed(new)}. Choose a file with the classes that the network learnt."
        )
    indices = {text: order[place] for text, place in places.items()} | {"": _CLASSLESS}
    return np.array([indices[text] for text in texts], np.int64)
