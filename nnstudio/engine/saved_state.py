"""SavedState: a run as named arrays and plain numbers, to be written anywhere and to go on from later."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from nnstudio.engine.run_state import RunState

Array = npt.NDArray[Any]
Numbers = dict[str, Any]

FORMAT = 1


@dataclass(frozen=True, eq=False)
class SavedState:
    """All that a run is between two batches, apart from design, plan and data.

    ``arrays``:
        parameters: (size,) the network's flat vector, with moving statistics and frozen weights
        slots/NAME: (trainable size,) each vector of the optimizer
        order: (samples,) the row numbers of the current epoch; missing between epochs
        sums/METRIC: the tally of the epoch so far, of each metric; missing before its first batch
        best: (size,) the weights of the best epoch, or while these are in place the last ones; missing
            before the first epoch is complete
    ``numbers`` can be written as JSON: whole numbers (those of random states have up to 128 bits), finite
    real ones, None, yes and no, texts, and lists and dictionaries of these.
        format, weights, samples, batch_size: what must be the same to go on
        epochs, epoch, batch, iteration, total, before: the place in the run and in the schedule
        learning_rate, rate: the one that is set, and what the schedule made of it for the last batch
        loss_sum: the sum of the losses of the epoch so far
        random: the states of the generators of orders, of layers, and of changes to samples
        best, waiting, plateau, ended_early: what was awaited
    """

    arrays: dict[str, Array]
    numbers: Numbers


def save(state: RunState) -> SavedState:
    """Copy what ``state`` is now."""
    slots, best = state.slots, state.best
    arrays = {"parameters": state.network.parameters.copy()}
    arrays |= {f"slots/{name}": vector.copy() for name, vector in slots.vectors.items()}
    arrays |= {f"sums/{name}": np.array(tally) for name, tally in state.sums.items()}
    arrays |= {"order": state.order.copy()} if state.order is not None else {}
    arrays |= {"best": best.parameters.copy()} if best.parameters is not None else {}
    numbers = {
        **fitting(state),
        **{name: getattr(state, name) for name in ("epochs", "epoch", "batch", "loss_sum", "ended_early")},
        **{name: getattr(slots, name) for name in ("iteration", "total", "before", "learning_rate", "rate")},
        "random": {name: rng.bit_generator.state for name, rng in generators(state).items()},
        "best": {"epoch": best.epoch, "loss": best.loss, "in_place": best.in_place},
        "waiting": asdict(state.waiting),
        "plateau": asdict(state.plateau),
    }
    return SavedState(arrays, numbers)


def fitting(state: RunState) -> Numbers:
    """Return what must be the same in a run that goes on from a saved one."""
    design, layout = state.network.design, state.network.layout
    weights = [
        [name, spec.name, *spec.shape]
        for name, specs in zip(design.names, layout.specs, strict=True)
        for spec in specs
    ]
    samples, batch_size = len(state.training), state.plan.batch_size
    return {"format": FORMAT, "weights": weights, "samples": samples, "batch_size": batch_size}


def generators(state: RunState) -> dict[str, np.random.Generator]:
    """Return every source of random numbers that the run draws from."""
    return {"orders": state.rng, "layers": state.network.rng, "changes": state.changes}
