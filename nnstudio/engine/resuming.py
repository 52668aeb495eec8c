"""Resuming: a saved run becomes one that goes on, where it fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt

from nnstudio.engine.best_weights import BestWeights
from nnstudio.engine.plateau import Plateau
from nnstudio.engine.saved_numbers import SavedNumbers, damaged
from nnstudio.engine.saved_state import SavedState, fitting, generators
from nnstudio.engine.waiting import Waiting
from nnstudio.errors import FileError

if TYPE_CHECKING:
    from nnstudio.engine.run_state import RunState

Array = npt.NDArray[Any]
State = TypeVar("State", bound="RunState")

_MISFITS = {
    "format": "another version of nnstudio saved it",
    "weights": "its network has other layers",
    "samples": "it has another number of training samples",
    "batch_size": "its batches have another size",
}


def fill(state: State, saved: SavedState) -> State:
    """Make ``state``, which is at its start, what was saved, and return it.

    Raises:
        FileError: what was saved does not fit, or is damaged.
    """
    numbers = SavedNumbers(saved.numbers)
    for name, wanted in fitting(state).items():
        if saved.numbers.get(name) != wanted:
            raise _cannot_go_on(_MISFITS[name])
    _fill_arrays(state, saved.arrays)
    _fill_place(state, numbers)
    state.sums = _sums(state, saved.arrays)
    state.best = _best(state, numbers.part("best"), saved.arrays)
    state.waiting = _waiting(numbers.part("waiting"))
    plateau = numbers.part("plateau")
    state.plateau = Plateau(_waiting(plateau.part("waiting")), plateau.whole("cooldown"))
    random = numbers.part("random")
    for name, rng in generators(state).items():
        random.fill(name, rng)
    return state


def _fill_arrays(state: RunState, arrays: dict[str, Array]) -> None:
    np.copyto(state.network.parameters, _array(arrays, "parameters", state.network.parameters))
    names = {name for name in arrays if name.startswith("slots/")}
    if names != {f"slots/{name}" for name in state.slots.vectors}:
        raise _cannot_go_on("another optimizer trained it")
    for name, vector in state.slots.vectors.items():
        np.copyto(vector, _array(arrays, f"slots/{name}", vector))
    if "order" in arrays:
        state.order = _order(arrays["order"], len(state.training))


def _fill_place(state: RunState, numbers: SavedNumbers) -> None:
    state.epochs, state.epoch = numbers.whole("epochs"), numbers.whole("epoch")
    state.batch = numbers.whole("batch", state.batches if state.order is not None else 0)
    state.loss_sum, state.ended_early = numbers.real("loss_sum"), numbers.yes("ended_early")
    slots = state.slots
    slots.iteration, slots.total = numbers.whole("iteration"), numbers.whole("total")
    slots.before = numbers.whole("before") if "before" in numbers else 0  # older states lack it
    slots.learning_rate, slots.rate = numbers.real("learning_rate"), numbers.real("rate")


def _sums(state: RunState, arrays: dict[str, Array]) -> dict[str, Array]:
    metrics = {metric.keras_name for metric in state.network.design.metrics}
    found = {name.removeprefix("sums/") for name in arrays if name.startswith("sums/")}
    if found != metrics and (found or state.batch):
        raise _cannot_go_on("it measured other metrics")
    return {name: np.array(arrays[f"sums/{name}"], np.float64) for name in found}


def _best(state: RunState, numbers: SavedNumbers, arrays: dict[str, Array]) -> BestWeights:
    epoch, in_place = numbers.whole("epoch", state.epoch), numbers.yes("in_place")
    if not epoch:
        return BestWeights()
    parameters = _array(arrays, "best", state.network.parameters).copy()
    return BestWeights(epoch, numbers.real("loss"), parameters, in_place)


def _waiting(numbers: SavedNumbers) -> Waiting:
    return Waiting(numbers.real_or_none("best"), numbers.whole("epochs"))


def _array(arrays: dict[str, Array], name: str, like: Array) -> Array:
    found = arrays.get(name)
    if found is None or found.shape != like.shape or found.dtype != like.dtype:
        raise damaged(name)
    return found


def _order(found: Array, samples: int) -> Array:
    if found.dtype.kind not in "iu" or not np.array_equal(np.sort(found), np.arange(samples)):
        raise damaged("order")
    return found.astype(np.int64)


def _cannot_go_on(why: str) -> FileError:
    return FileError(
        f"The saved training cannot go on here: {why}. Take the design, the plan and the data that it had."
    )
