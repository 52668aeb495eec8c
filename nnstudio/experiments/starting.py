"""Starting: how a training begins that goes on from a network which was trained elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnstudio.engine.design import Design
from nnstudio.engine.layer import Array
from nnstudio.engine.layout import Layout, lay_out
from nnstudio.engine.optimizer_state import OptimizerState
from nnstudio.errors import ShapeError
from nnstudio.experiments.run import Run
from nnstudio.task import Shape


@dataclass(frozen=True, eq=False)
class Start:
    """The parameters (size,) to begin with instead of fresh ones, and what the optimizer remembers."""

    parameters: Array
    optimizer: OptimizerState


def start_of(run: Run | None, design: Design, shape: Shape) -> Start | None:
    """Return how a training of ``design`` goes on from ``run``; None where it begins anew.

    It goes on where a file gave the run and the design still has its weights, frozen or not. The optimizer
    remembers where it is of the same kind and learns the same weights.
    """
    checkpoint = run.shown if run is not None else None
    if run is None or checkpoint is None or run.optimizer_state is None:
        return None
    before = run.study.design
    try:
        old, new = lay_out(before.layers, run.input_shape), lay_out(design.layers, shape)
    except ShapeError:
        return None
    if _arrays(before, old) != _arrays(design, new):
        return None
    parameters = np.empty(new.size, np.float32)
    for theirs, ours in zip(old.views(checkpoint.parameters), new.views(parameters), strict=True):
        for name, array in theirs.items():
            ours[name][...] = array
    keeps = type(before.optimizer) is type(design.optimizer) and old.places == new.places
    suits = run.optimizer_state.suits(design.optimizer.slot_starts(), new.trainable_size)
    return Start(parameters, run.optimizer_state if keeps and suits else OptimizerState())


def _arrays(design: Design, layout: Layout) -> list[object]:
    """Return of which kinds the layers are, and the names and shapes of their weights."""
    return [
        (type(layer), [(spec.name, spec.shape) for spec in specs])
        for layer, specs in zip(design.layers, layout.specs, strict=True)
    ]
