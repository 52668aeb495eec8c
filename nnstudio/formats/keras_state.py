"""KerasState: what an optimizer remembered when Keras wrote a file, so that training can go on from there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from nnstudio.engine.layer import Array
from nnstudio.engine.layout import Layout
from nnstudio.engine.optimizer_state import OptimizerState
from nnstudio.engine.optimizers import Optimizer
from nnstudio.errors import FileError
from nnstudio.formats.hdf5 import Dataset, Group
from nnstudio.formats.keras_slots import NEVER_NEGATIVE, Order, is_called, runs_of
from nnstudio.formats.safe_hdf5 import dataset_in, group_in, names_attribute, read_array, refuse_bombs
from nnstudio.formats.values import shortened

GROUPS = (
    "optimizer_weights",
    "nnstudio_optimizer_weights",
)  # the second where Keras 3 cannot stumble over it
_NUMBERED = "optimizer/vars"
_OLD_COUNTERS = ("iter", "iterations")
_MOST_BATCHES = 2**53
_MOST_ARRAYS = 20_000

Named = list[tuple[str, Dataset]]


def state_in(root: Group, optimizer: Optimizer, layout: Layout, *, numbered: bool) -> OptimizerState | None:
    """Return the state of ``optimizer`` that a file holds; None where it holds none.

    Raises:
        FileError: what it holds is damaged, or the state of another optimizer.
    """
    named = _numbered(root) if numbered else _named(root)
    return None if named is None else _state(named, optimizer, layout)


def _named(root: Group) -> Named | None:
    place = next((name for name in GROUPS if name in root), None)
    if place is None:
        return None
    group = group_in(root, place)
    return [(name, dataset_in(group, name)) for name in names_attribute(group, "weight_names")]


def _numbered(root: Group) -> Named | None:
    if "optimizer" not in root:
        return None
    group = group_in(root, _NUMBERED)
    found: Named = []
    while str(len(found)) in group and len(found) < _MOST_ARRAYS:
        found.append(("", dataset_in(group, str(len(found)))))
    return found


def _state(named: Named, optimizer: Optimizer, layout: Layout) -> OptimizerState:
    counters = [entry for entry in named if not entry[1].shape][:1]  # it is written first
    arrays = [entry for entry in named if entry[1].shape]
    iteration = _iteration(read_array(counters[0][1], np.float64)) if counters else 0
    if not arrays and (not iteration or not optimizer.slot_starts()):
        return OptimizerState(iteration)
    by_slot = bool(counters) and _last_word(counters[0][0]) in _OLD_COUNTERS
    order = Order.BY_SLOT if by_slot else Order.BY_WEIGHT
    places = [
        place for places in layout.places for place in places.values() if place.start < layout.trainable_size
    ]
    slots = [(slot, place) for run in runs_of(optimizer, order) for slot, place in _walk(run, places)]
    if (
        len(arrays) < len(slots)
        or len(arrays) > len(slots)
        and not _is_left_over(arrays[len(slots) :], by_slot)
    ):
        raise FileError(f"It holds {len(arrays)} arrays where {len(slots)} are needed.")
    refuse_bombs([dataset for _, dataset in arrays])
    vectors = {slot: np.zeros(layout.trainable_size, np.float32) for slot, _ in slots}
    for (slot, place), (name, dataset) in zip(slots, arrays, strict=False):
        if dataset.shape != place.shape or not is_called(name, slot):
            raise FileError(
                shortened(f"Its array {name or dataset.name} is not the {slot} of these weights.")
            )
        dataset.read_into(place.view(vectors[slot]))
    return OptimizerState(iteration, _checked(vectors, optimizer))


def _walk(run: tuple[str, ...], places: Sequence[Any]) -> list[tuple[str, Any]]:
    return [(slot, place) for place in places for slot in run]


def _is_left_over(arrays: Named, old: bool) -> bool:
    """Say whether arrays are those that the oldest Keras wrote in place of what Adam did not need."""
    return old and all(dataset.shape == (1,) for _, dataset in arrays)


def _checked(vectors: dict[str, Array], optimizer: Optimizer) -> dict[str, Array]:
    """Return the vectors that the optimizer keeps; Keras 2 writes some that are of no use."""
    for slot, vector in vectors.items():
        if not np.isfinite(vector).all():
            raise FileError(f"Its {slot} holds numbers that are not finite.")
        if slot in NEVER_NEGATIVE and vector.size and vector.min() < 0:
            raise FileError(f"Its {slot} holds numbers below 0.")
        vector.flags.writeable = False
    return {slot: vector for slot, vector in vectors.items() if slot in optimizer.slot_starts()}


def _iteration(value: Array) -> int:
    count = float(value)
    if not 0 <= count < _MOST_BATCHES or not count.is_integer():
        raise FileError(f"It counts {count:g} batches.")
    return int(count)


def _last_word(name: str) -> str:
    return name.removesuffix(":0").split("/")[-1]
