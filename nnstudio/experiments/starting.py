"""Starting: how a training begins that goes on from a network which was trained elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnstudio.engine.design import Design
from nnstudio.engine.layer import Array, Layer
from nnstudio.engine.layout import Layout, lay_out
from nnstudio.engine.network import Snapshot
from nnstudio.engine.optimizer_state import OptimizerState
from nnstudio.engine.remembering import remembered
from nnstudio.errors import ShapeError
from nnstudio.experiments.run import Run
from nnstudio.task import Shape

_MOST_REMEMBERED = 8192  # layers


@dataclass(frozen=True, eq=False)
class Start:
    """The parameters (size,) to begin with instead of fresh ones, and what the optimizer remembers.

    Where ``fresh`` (size,) is true, a fresh number stays.
    """

    parameters: Array
    optimizer: OptimizerState
    fresh: Array | None = None

    def over(self, initial: Array) -> Array:
        """Return the parameters to begin with, given the fresh ones."""
        return self.parameters if self.fresh is None else np.where(self.fresh, initial, self.parameters)


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


Weighed = tuple[
    type[Layer], tuple[tuple[str, Shape], ...]
]  # the kind of a layer, and the shapes of its weights


def weighed(layer: Layer, shape: Shape) -> Weighed:
    """Return what must stay the same of a layer for samples of ``shape`` so that its weights still fit.

    Raises:
        ShapeError: the layer takes no such samples.
    """
    return _through(layer, shape)[0]


def weighed_layers(design: Design, shape: Shape) -> dict[str, Weighed]:
    """Return `weighed` of all layers that have weights, by their names; nothing where shapes do not fit."""
    found: dict[str, Weighed] = {}
    try:
        for layer in design.layers:
            found[layer.name], shape = _through(layer, shape)
    except ShapeError:
        return {}
    return {name: kind for name, kind in found.items() if kind[1]}


@remembered(most=_MOST_REMEMBERED)
def _through(layer: Layer, shape: Shape) -> tuple[Weighed, Shape]:
    """Return `weighed` of a layer, and the shape that comes out of it."""
    output = layer.output_shape(shape)
    return (type(layer), tuple((spec.name, spec.shape) for spec in layer.weight_specs(shape))), output


def start_keeping(trained: Snapshot, design: Design, shape: Shape) -> Start | None:
    """Return how a training of an edited ``design`` keeps the weights of the layers where they still fit.

    Layers are the same that have the same name and kind, and weights of the same shapes. All others begin
    anew. None where nothing can be kept.
    """
    before = weighed_layers(trained.design, trained.input_shape)
    same = {name for name, kind in weighed_layers(design, shape).items() if before.get(name) == kind}
    if not same:
        return None
    layout, weights = lay_out(design.layers, shape), trained.weights()
    parameters, fresh = np.zeros(layout.size, np.float32), np.ones(layout.size, np.bool_)
    views = zip(design.layers, layout.views(parameters), layout.views(fresh), strict=True)
    for layer, ours, marks in views:
        if layer.name in same and all(np.isfinite(array).all() for array in weights[layer.name].values()):
            for name, array in weights[layer.name].items():
                ours[name][...], marks[name][...] = array, False
    return Start(parameters, OptimizerState(), fresh)
