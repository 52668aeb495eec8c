"""Neighbours: the samples that train which are nearest to one sample, by their values or by their meaning."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnstudio.data.arrays import Array, IntArray
from nnstudio.data.dataset import Samples
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.engine.network import Snapshot
from nnstudio.engine.tracer import Tracer

_CHUNK = 2_048
_HIDDEN_CHUNK = 256
_MOST_HIDDEN = 20_000
_MOST_NUMBERS = 16_000_000  # 64 MB


@dataclass(frozen=True, eq=False)
class Neighbours:
    """``rows`` of the samples that train, nearest first, and how far away they are; of ``compared`` ones."""

    rows: IntArray
    distances: Array
    compared: int


def nearest_by_value(
    samples: Samples, raw: Array, count: int, watch: Watch = UNWATCHED, *, scaled: bool = True
) -> Neighbours:
    """Return the ``count`` samples with the least Euclidean distance to ``raw`` (*shape).

    All of them are compared, in chunks; ``scaled`` as the network sees them, so that no column counts more
    for its unit, else as they came.

    Raises:
        Cancelled: a person stopped it.
    """
    scaler, buffer = samples.scaler, np.empty((min(_CHUNK, len(samples)), *samples.shape), np.float32)
    here = (scaler.apply(raw) if scaled else raw.astype(np.float32)).reshape(-1)
    squares = np.empty(len(samples), np.float32)
    for start in range(0, len(samples), _CHUNK):
        watch.told(start / len(samples), "Comparing with the training samples")
        rows = np.arange(start, min(start + _CHUNK, len(samples)))
        x = samples.x_rows(rows, buffer) if scaled else samples.x[start : start + _CHUNK].astype(np.float32)
        squares[rows] = _squares(x.reshape(len(rows), -1), here)
    return _nearest(squares, np.arange(len(samples)), count)


def _squares(rows: Array, here: Array) -> Array:
    """Return the squared distance of each row (n, values) from ``here`` (values,); ``rows`` are used up.

    Differences and then their product lose no digits, as products of far-away values would.
    """
    rows -= here
    return np.asarray(np.einsum("ij,ij->i", rows, rows))


def _nearest(squares: Array, rows: IntArray, count: int) -> Neighbours:
    squares = np.where(np.isfinite(squares), squares, np.inf)
    count = min(count, len(squares))
    found = np.argpartition(squares, count - 1)[:count] if count else np.zeros(0, np.intp)
    found = found[np.argsort(squares[found], kind="stable")]
    return Neighbours(rows[found], np.sqrt(squares[found]), len(squares))


@dataclass(frozen=True, eq=False)
class HiddenTable:
    """What the last hidden layer of a snapshot makes of samples: ``values`` (n, width) of ``rows`` (n,)."""

    snapshot: Snapshot
    samples: Samples
    rows: IntArray
    values: Array


def hidden_table(snapshot: Snapshot, samples: Samples, watch: Watch = UNWATCHED) -> HiddenTable | None:
    """Return the activations of up to 20,000 samples, spread over all; None without a hidden layer.

    Fewer where they would take more than 64 MB.

    Raises:
        Cancelled: a person stopped it.
    """
    tracer = snapshot.tracer()
    if not tracer.hidden_width or not len(samples):
        return None
    most = max(1, min(_MOST_HIDDEN, _MOST_NUMBERS // tracer.hidden_width, len(samples)))
    rows = np.linspace(0, len(samples) - 1, most).astype(np.intp)
    values = np.empty((len(rows), tracer.hidden_width), np.float32)
    buffer = np.empty((min(_HIDDEN_CHUNK, len(rows)), *samples.shape), np.float32)
    for start in range(0, len(rows), _HIDDEN_CHUNK):
        watch.told(start / len(rows), "Asking the last hidden layer")
        part = rows[start : start + _HIDDEN_CHUNK]
        values[start : start + len(part)] = _hidden(tracer, samples.x_rows(part, buffer))
    return HiddenTable(snapshot, samples, rows, values)


def nearest_by_hidden(table: HiddenTable, raw: Array, count: int, watch: Watch = UNWATCHED) -> Neighbours:
    """Return the ``count`` samples whose activations in the last hidden layer are nearest to ``raw``'s.

    Source: Papernot and McDaniel 2018, Deep k-Nearest Neighbors.
    """
    here = _hidden(table.snapshot.tracer(), table.samples.scaler.apply(raw[None]))[0]
    squares = np.empty(len(table.rows), np.float32)
    for start in range(0, len(squares), _CHUNK):
        watch.go_on()
        squares[start : start + _CHUNK] = _squares(table.values[start : start + _CHUNK].copy(), here)
    return _nearest(squares, table.rows, count)


def _hidden(tracer: Tracer, prepared: Array) -> Array:
    return tracer.hidden(prepared.reshape(len(prepared), *tracer.input_shape)).astype(np.float32)
