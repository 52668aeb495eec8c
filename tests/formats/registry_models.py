"""Registry models: a model for everything that nnstudio has, with settings changed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import numpy as np

from nnstudio.data.columns import Column
from nnstudio.data.fitted import Fitted
from nnstudio.data.scaler import Scaler
from nnstudio.engine.activations import ACTIVATIONS
from nnstudio.engine.constraints import CONSTRAINTS
from nnstudio.engine.design import Design, design_of
from nnstudio.engine.initializers import INITIALIZERS
from nnstudio.engine.layer import Layer
from nnstudio.engine.layers import LAYERS, Activation, Dense, Flatten
from nnstudio.engine.layout import lay_out
from nnstudio.engine.losses import LOSSES, CategoricalCrossentropy, Loss, SparseCategoricalCrossentropy
from nnstudio.engine.metrics import METRICS
from nnstudio.engine.network import Network
from nnstudio.engine.optimizers import OPTIMIZERS, SGD
from nnstudio.engine.regularizers import REGULARIZERS
from nnstudio.engine.schedules import SCHEDULES
from nnstudio.errors import ShapeError
from nnstudio.experiments.history import History
from nnstudio.experiments.study import Study
from nnstudio.experiments.trained import TrainedModel
from nnstudio.settings import Setting, problems_with, settings_of
from nnstudio.task import Shape

SHAPES: tuple[Shape, ...] = ((6, 6, 2), (9, 9, 2), (5, 4), (7,))
PARTS: dict[str, tuple[type, ...]] = {
    "kernel_initializer": INITIALIZERS,
    "kernel_regularizer": REGULARIZERS,
    "kernel_constraint": CONSTRAINTS,
}
LEARNING: dict[str, tuple[type, ...]] = {
    "loss": LOSSES,
    "metrics": METRICS,
    "optimizer": OPTIMIZERS,
    "schedule": SCHEDULES,
}

# Numbers that suit where others would not fit the shapes.
SUITABLE: dict[str, tuple[Any, ...]] = {"axis": (1,), "strides": (2,)}
FITTING = {"target_shape": (2, -1)}

# What Keras has no words for: nnstudio's own part of a file keeps it.
UNSAID = {"schedule", "legacy_epsilon", "unbiased_variance"}
UNSAID_VALUES = ("hard_sigmoid_keras2",)


def owners(kind: type) -> Iterator[tuple[str, Any]]:
    """Return ``kind`` with its defaults, and owners that between them change every setting.

    Settings that exclude each other are changed one by one.
    """
    yield "default", kind()
    owner, left = kind(), []
    for name, value in other_values(kind):
        more = dataclasses.replace(owner, **{name: value})
        if problems_with(more):
            left.append((name, value))
        else:
            owner = more
    yield "changed", owner
    for name, value in left:
        yield f"with {name}", dataclasses.replace(kind(), **{name: value})


def changed(kind: type) -> Any:
    """Return an owner whose settings differ from their defaults, as far as they may together."""
    return dict(owners(kind))["changed"]


def other_values(kind: type) -> Iterator[tuple[str, Any]]:
    """Return a value for each setting of ``kind``, another than its default where there is one."""
    for declared in settings_of(kind):
        if declared.name != "name":
            yield declared.name, other_value(declared)


def other_value(declared: Setting) -> Any:
    """Return a value that a setting allows, another than its default where there is one."""
    if declared.name in FITTING:
        return FITTING[declared.name]
    if declared.name.endswith("activation"):
        return "sigmoid" if declared.default == "tanh" else "tanh"
    if declared.choices:
        others = [choice for choice in declared.choices if choice != declared.default]
        return changed(others[-1]) if isinstance(others[-1], type) else others[-1]
    if declared.kind is bool:
        return not declared.default
    numbers: tuple[Any, ...] = SUITABLE.get(declared.name, (3, 0.25, 0.875))
    if declared.kind is tuple:
        length = declared.length or len(declared.default or (0,))
        numbers = tuple((number,) * length for number in (*numbers, 1))
    possible = (n for n in numbers if declared.problem(n) is None and n != declared.default)
    return next(possible, declared.default)


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
    rest = (Flatten(), Dense(3, activation="softmax"))
    for kind in LAYERS:
        for how, layer in owners(kind):
            yield f"layer {kind.__name__} {how}", design_of(layer, *rest), shape_for(layer)
    for name in ACTIVATIONS:
        yield f"activation {name}", design_of(Activation(name), *rest), (7,)
    for part, kinds in PARTS.items():
        for kind in kinds:
            for how, owner in owners(kind):
                design = design_of(Dense(4, **{part: owner}), *rest)
                yield f"{part} {kind.__name__} {how}", design, (7,)
    yield from compiled_designs()


def compiled_designs() -> Iterator[tuple[str, Design, Shape]]:
    """Return a name, a design and the shape of a sample for everything that a design learns by."""
    for part, kinds in LEARNING.items():
        for kind in kinds:
            for how, owner in owners(kind):
                yield f"{part} {kind.__name__} {how}", learning_design(part, owner), (7,)


def learning_design(part: str, owner: Any) -> Design:
    """Return a small design that learns by ``owner``."""
    if part == "loss":
        return small_design(owner)
    if part == "schedule":
        return dataclasses.replace(small_design(), optimizer=SGD(schedule=owner))
    if part == "metrics":
        sparse = type(owner).__name__.startswith("Sparse")
        loss = SparseCategoricalCrossentropy() if sparse else CategoricalCrossentropy()
        return dataclasses.replace(small_design(loss), metrics=(owner,))
    return dataclasses.replace(small_design(), optimizer=owner)


def small_design(loss: Loss | None = None) -> Design:
    """Return two layers whose end suits the loss."""
    loss = loss or CategoricalCrossentropy()
    last = Dense(1 if loss.end == "sigmoid" else 3, activation=loss.end or "sigmoid")
    return design_of(Dense(4, activation="tanh"), last, loss=loss)


def told_otherwise(mine: Any, read: Any) -> set[str]:
    """Return the settings that Keras' parts say otherwise although Keras has words for them."""
    names = {declared.name for declared in settings_of(mine)} - UNSAID
    different = {name for name in names if getattr(mine, name) != getattr(read, name)}
    return {name for name in different if getattr(mine, name) not in UNSAID_VALUES}


FITTED = Fitted(
    (Column("ä", ("x", "y"), "x"), Column("b", (), 0.1)),
    Scaler(None, np.array([1, 2, 0.3], np.float32)),
    ("t",),
)


def model_of(design: Design, shape: Shape, seed: int = 3) -> TrainedModel:
    """Return a model with random weights and a short record."""
    history = History(("loss", *(metric.keras_name for metric in design.metrics)))
    values = {name: 1 / 3 for name in history.names}
    for iteration in range(1, 4):
        history.add_step(iteration, iteration / 3, 0.1 * iteration, 0.001, values)
    history.add_epoch(1, 3, 0.3, values)  # nothing was validated: these values are nan
    network = Network(design, shape, seed=seed)
    for weights in network.weights:
        for name, array in weights.items():  # small, so that no probability becomes 0 or 1
            limit = min(0.4, (array.size / array.shape[-1]) ** -0.5)
            array[...] = network.rng.uniform(limit / 4 if "variance" in name else -limit, limit, array.shape)
    return TrainedModel(Study(design), network.snapshot(1.0), history, ("a", "b", "ü"), fitted=FITTED)
