"""Registry models: a model for every layer, loss and optimizer that nnstudio has, with settings changed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layer import Layer
from nnstudio.engine.layers import LAYERS, Dense, Flatten
from nnstudio.engine.layout import lay_out
from nnstudio.engine.losses import LOSSES, BinaryCrossentropy, MeanSquaredError
from nnstudio.engine.network import Network
from nnstudio.engine.optimizers import OPTIMIZERS
from nnstudio.errors import ShapeError
from nnstudio.experiments.history import History
from nnstudio.experiments.study import Study
from nnstudio.experiments.trained import TrainedModel
from nnstudio.settings import Setting, settings_of
from nnstudio.task import Shape

SHAPES: tuple[Shape, ...] = ((6, 6, 2), (5, 4), (7,))


def changed(owner_type: type) -> Any:
    """Return an owner whose settings all differ from their defaults, as far as their bounds allow."""
    settings = (declared for declared in settings_of(owner_type) if declared.name != "name")
    return owner_type(**{declared.name: other_value(declared) for declared in settings})


def other_value(declared: Setting) -> Any:
    """Return a value that a setting allows, another than its default where there is one."""
    if declared.choices:
        others = [choice for choice in declared.choices if choice not in (declared.default, "softmax")]
        return others[-1]() if isinstance(others[-1], type) else others[-1]
    if declared.kind is bool:
        return not declared.default
    candidates = (3, 0.25, 0.875, declared.default)
    numbers = (n for n in candidates if declared.problem(n) is None and n != declared.default)
    return next(numbers, declared.default)


def shape_for(layer: Layer) -> Shape:
    """Return the first shape that the layer takes."""
    for shape in SHAPES:
        try:
            lay_out((layer,), shape)
        except ShapeError:
            continue
        return shape
    raise AssertionError(f"no shape here is one for {layer}")


def designs() -> Iterator[tuple[str, Design, Shape]]:
    """Return a name, a design and the shape of a sample for everything in the registries."""
    for kind in LAYERS:
        for how, layer in (("default", kind()), ("changed", changed(kind))):
            rest = (Flatten(), Dense(3, activation="softmax"))
            yield f"layer {kind.__name__} {how}", design_of(layer, *rest), shape_for(layer)
    for kind in LOSSES:
        yield f"loss {kind.__name__}", dataclasses.replace(small_design(kind), loss=changed(kind)), (7,)
    for kind in OPTIMIZERS:
        for how, optimizer in (("default", kind()), ("changed", changed(kind))):
            design = dataclasses.replace(small_design(), optimizer=optimizer)
            yield f"optimizer {kind.__name__} {how}", design, (7,)


def small_design(loss: type | None = None) -> Design:
    """Return two layers whose end suits the loss."""
    ends = {BinaryCrossentropy: (1, "sigmoid"), MeanSquaredError: (2, "linear")}
    units, activation = ends.get(loss, (3, "softmax"))
    return design_of(Dense(4, activation="tanh"), Dense(units, activation=activation))


def model_of(design: Design, shape: Shape, seed: int = 3) -> TrainedModel:
    """Return a model with random weights and a short record."""
    history = History(("loss", *(metric.keras_name for metric in design.metrics)))
    values = {name: 1 / 3 for name in history.names}
    for iteration in range(1, 4):
        history.add_step(iteration, iteration / 3, 0.1 * iteration, 0.001, values)
    history.add_epoch(1, 3, 0.3, values)  # nothing was validated: these values are nan
    network = Network(design, shape, seed=seed)
    for weights in network.weights:
        for array in weights.values():
            array += network.rng.uniform(-0.1, 0.1, array.shape)
    return TrainedModel(Study(design), network.snapshot(1.0), history, ("a", "b", "ü"))
