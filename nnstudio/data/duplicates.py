"""Duplicates: samples whose inputs are exactly those of another one, within a part and across the parts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from nnstudio.data.arrays import Array, Flags, IntArray
from nnstudio.data.dataset import Samples
from nnstudio.data.watch import UNWATCHED, Watch

_CHUNK_BYTES = 1 << 22


@dataclass(frozen=True, eq=False)
class Duplicates:
    """What was found; copies stand side by side in ``rows``.

    ``rows`` are the samples of each part that have a copy anywhere, ``leaked`` those of the last part that
    have one in the parts before it, ``disputed`` those that have a copy with another target. ``surplus``
    counts the samples that could go without any input being lost.
    """

    rows: Mapping[str, IntArray]
    leaked: IntArray
    disputed: Mapping[str, IntArray]
    surplus: int

    def __bool__(self) -> bool:
        return self.surplus > 0

    @property
    def disputed_count(self) -> int:
        """How many samples have a copy with another target."""
        return sum(map(len, self.disputed.values()))


def find_duplicates(parts: Mapping[str, Samples], watch: Watch = UNWATCHED) -> Duplicates:
    """Look for equal inputs in ``parts``, of which the last one tests.

    Raises:
        Cancelled: a person stopped it.
    """
    hashes = np.concatenate([_hashes(samples.x, watch) for samples in parts.values()])
    order = np.argsort(hashes, kind="stable")
    watch.go_on()
    samples = _Joined(parts)
    rows, starts = _groups(order, hashes, samples, watch)
    group = np.cumsum(starts) - 1
    several = np.bincount(group)[group] > 1
    rows, group = rows[several], group[several]
    leaked, disputed = _leaked(rows, group, samples), _disputed(rows, group, samples)
    surplus = len(rows) - len(np.unique(group))
    return Duplicates(samples.by_part(rows), leaked, samples.by_part(rows[disputed]), surplus)


class _Joined:
    """The samples of all parts, counted through."""

    def __init__(self, parts: Mapping[str, Samples]) -> None:
        self._parts = parts
        self.ends = np.cumsum([len(samples) for samples in parts.values()])
        self.targets = np.concatenate([samples.y for samples in parts.values()])

    def by_part(self, rows: IntArray) -> dict[str, IntArray]:
        """Return ``rows`` counted within each part, in their order."""
        starts = self.ends - [len(samples) for samples in self._parts.values()]
        places = np.searchsorted(self.ends, rows, side="right")
        return {name: rows[places == place] - starts[place] for place, name in enumerate(self._parts)}

    def inputs(self, rows: IntArray) -> Array:
        """Return the raw inputs of ``rows`` (n,), flat."""
        places = np.searchsorted(self.ends, rows, side="right")
        first = next(iter(self._parts.values())).x
        out = np.empty((len(rows), *first.shape[1:]), first.dtype)
        for place, (samples, end) in enumerate(zip(self._parts.values(), self.ends, strict=True)):
            here = places == place
            out[here] = samples.x[rows[here] - (end - len(samples))]
        return out.reshape(len(rows), math.prod(first.shape[1:]))


def _hashes(x: Array, watch: Watch) -> Array:
    """Return a number for each row of ``x`` that equal rows share and others hardly ever do, (n,)."""
    width = x[0].nbytes if len(x) else 8
    words = -(-width // 8)
    factors = np.random.default_rng(7).integers(1, 1 << 63, words, dtype=np.uint64) * 2 + 1
    out = np.empty(len(x), np.uint64)
    chunk = max(1, _CHUNK_BYTES // width)
    for start in range(0, len(x), chunk):
        watch.told(start / len(x) * 0.8, "Comparing samples")
        rows = np.zeros((len(x[start : start + chunk]), words * 8), np.uint8)
        rows[:, :width] = _as_bytes(x[start : start + chunk])
        mixed = rows.view(np.uint64)
        mixed ^= mixed >> np.uint64(29)  # or the low bits of a word would never see its high ones
        out[start : start + chunk] = (mixed * factors).sum(axis=1, dtype=np.uint64)
    return out


def _as_bytes(x: Array) -> Array:
    if x.dtype.kind == "f":
        x = x + 0.0  # the two zeros are one number
    return np.ascontiguousarray(x).reshape(len(x), -1).view(np.uint8)


def _groups(order: IntArray, hashes: Array, samples: _Joined, watch: Watch) -> tuple[IntArray, Flags]:
    """Return the rows that share a hash, sorted by it, and where the next group of equal rows begins."""
    ordered = hashes[order]
    same = np.zeros(len(order) + 1, bool)
    same[1:-1] = ordered[1:] == ordered[:-1]
    rows = order[same[1:] | same[:-1]]
    starts = np.ones(len(rows), bool)
    values = hashes[rows]
    pairs = np.flatnonzero(values[1:] == values[:-1]) + 1
    for begin in range(0, len(pairs), 1 << 14):
        watch.told(0.8 + 0.2 * begin / len(pairs), "Comparing samples")
        later = pairs[begin : begin + (1 << 14)]
        equal = samples.inputs(rows[later]) == samples.inputs(rows[later - 1])
        starts[later] = ~equal.all(axis=1)
    return rows, starts


def _leaked(rows: IntArray, group: IntArray, samples: _Joined) -> IntArray:
    first = int(samples.ends[-2]) if len(samples.ends) > 1 else 0
    tests = rows >= first
    learnt = np.unique(group[~tests])
    return rows[tests & np.isin(group, learnt)] - first


def _disputed(rows: IntArray, group: IntArray, samples: _Joined) -> Flags:
    """Return which of ``rows`` stand in a group whose targets are not all the same."""
    if not len(rows):
        return np.zeros(0, bool)
    targets = samples.targets[rows].reshape(len(rows), -1)
    differ = (targets[1:] != targets[:-1]).any(axis=1) & (group[1:] == group[:-1])
    return np.isin(group, group[1:][differ])
