"""Runs that are stopped, saved and gone on with, in this process or, run as a module, in another one.

``python -m tests.engine.resume_cases FOLDER`` goes on with every run that was written to the folder.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from nnstudio.engine.augmentation import Augmentation
from nnstudio.engine.class_weights import Balanced
from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layer import Layer
from nnstudio.engine.layers import LAYERS, Dense, Dropout, Flatten
from nnstudio.engine.metrics import METRICS
from nnstudio.engine.optimizers import OPTIMIZERS, Adam
from nnstudio.engine.plan import TrainingPlan
from nnstudio.engine.plateau import ReduceLROnPlateau
from nnstudio.engine.run_state import RunState
from nnstudio.engine.saved_state import SavedState
from nnstudio.engine.schedules import SCHEDULES
from nnstudio.engine.stopping import EarlyStopping
from nnstudio.engine.training import train
from nnstudio.task import Shape
from tests.engine.helpers import ArraySamples, modest, numbers, shapes_of

# Events of a run with three batches, a check and an epoch: within an epoch, at its end, between two, later.
STOPS = (1, 2, 3, 4, 5, 7, 10, 11)


@dataclass(frozen=True)
class Case:
    """A run by its name and all that it is made of."""

    name: str
    design: Design
    shape: Shape = (4, 4)
    indices: bool = False
    plan: dict[str, Any] = field(default_factory=dict)

    def samples(self, seed: int) -> ArraySamples:
        x = numbers(13, *self.shape, seed=seed)
        if self.indices:
            x = np.random.default_rng(seed).integers(0, 2, x.shape).astype(np.float32)
        return ArraySamples(x, np.arange(13) ** 2 % 3)

    @property
    def arguments(self) -> tuple[Design, TrainingPlan, Shape, ArraySamples, ArraySamples]:
        plan = TrainingPlan(**{"epochs": 3, "batch_size": 5} | self.plan)
        return self.design, plan, self.shape, self.samples(0), self.samples(1)

    def start(self) -> RunState:
        return RunState.start(*self.arguments)

    def resume(self, saved: SavedState) -> RunState:
        return RunState.resume(saved, *self.arguments)


def classifier(*layers: Layer, optimizer: Any = None) -> Design:
    last = (Flatten(), Dense(units=3, activation="softmax"))
    metrics = (METRICS[0](), METRICS[-1]())
    return design_of(*layers, *last, optimizer=optimizer or Adam(0.01), metrics=metrics)


def cases() -> Iterator[Case]:
    """Yield a run with every layer, optimizer and schedule, and with each care that a plan can take."""
    for layer in LAYERS:
        shape = shapes_of(modest(layer))[0]
        yield Case(f"layer {layer.__name__}", classifier(modest(layer)), shape, layer.takes_indices)
    for optimizer in OPTIMIZERS:
        for name, settings in (("", {}), (", momentum", {"momentum": 0.9})):
            if not settings or hasattr(optimizer(), "momentum"):
                design = classifier(Dropout(), optimizer=optimizer(**settings))
                yield Case(f"optimizer {optimizer.__name__}{name}", design)
    for schedule in SCHEDULES:
        yield Case(f"schedule {schedule.__name__}", classifier(optimizer=Adam(0.01, schedule=schedule())))
    wild = classifier(Dropout(), optimizer=Adam(0.3))  # its losses go up and down
    yield from (Case(name, wild, plan=plan) for name, plan in _PLANS.items())


_PLANS: dict[str, dict[str, Any]] = {
    "in order": {"shuffle": False},
    "ends early": {"epochs": 9, "early_stopping": EarlyStopping(2, min_delta=0.5)},
    "slows down": {"reduce_on_plateau": ReduceLROnPlateau(0.5, 1, min_delta=0.5, cooldown=1)},
    "changed samples": {"augmentation": Augmentation(0.2, 20.0, 0.2, 0.1)},
    "weighted": {"class_weight": Balanced()},
}
_PLANS["everything"] = {name: value for plan in _PLANS.values() for name, value in plan.items()}
CASES = {case.name: case for case in cases()}


def stopped(case: Case, events: int) -> RunState:
    """Return the state of a run that was dropped after so many events."""
    state = case.start()
    list(islice(train(state), events))
    return state


def write(path: Path, saved: SavedState) -> None:
    """Write arrays into path.npz and numbers into path.json."""
    np.savez(path.with_suffix(".npz"), **saved.arrays)  # type: ignore[arg-type]
    path.with_suffix(".json").write_text(json.dumps(saved.numbers, allow_nan=False), encoding="utf-8")


def read(path: Path) -> SavedState:
    """Return what `write` wrote."""
    with np.load(path.with_suffix(".npz")) as arrays:
        return SavedState(dict(arrays), json.loads(path.with_suffix(".json").read_text(encoding="utf-8")))


def bits(state: RunState) -> tuple[dict[str, bytes], str]:
    """Return everything that a run is, to be compared."""
    saved = state.save()
    return {name: array.tobytes() for name, array in saved.arrays.items()}, json.dumps(saved.numbers)


def main() -> None:
    """Go on with every run in the folder, to its end, and write over it what it came to."""
    for path in sorted(Path(sys.argv[1]).glob("*.npz")):
        state = CASES[path.stem.rpartition(" ")[0]].resume(read(path))
        list(train(state))
        write(path, state.save())


if __name__ == "__main__":
    main()
