"""Fitting: what the end of a stack should be for a task, and how its last function is found and changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

import numpy as np

from nnstudio.engine.activations import ACTIVATIONS
from nnstudio.engine.design import Design
from nnstudio.engine.layer import Layer
from nnstudio.engine.layers import Activation, Dense, Dropout, Flatten
from nnstudio.engine.losses import BinaryCrossentropy, CategoricalCrossentropy, Loss, MeanSquaredError
from nnstudio.engine.problems import Fix
from nnstudio.settings import settings_of
from nnstudio.task import DataFacts, Task

_NEAR, _FAR = 20.0, 1000.0


@dataclass(frozen=True)
class Output:
    """What the end of a stack should be for a task: units, activation and the loss that goes with them."""

    units: int
    activation: str
    loss: Loss


def fitting_output(facts: DataFacts) -> Output:
    """Return the output that the courses teach for the kind of task."""
    if facts.task is Task.REGRESSION:
        return Output(facts.outputs, "linear", MeanSquaredError())
    if facts.task is Task.TWO_CLASSES:
        return Output(1, "sigmoid", BinaryCrossentropy())
    return Output(facts.classes, "softmax", CategoricalCrossentropy())


class End(NamedTuple):
    """The layer that sent the outputs through a function last, and the function; "" where none is known."""

    holder: str
    function: str


def end_of(design: Design) -> End:
    """Return which layer gives the outputs their values; those behind it only pass them on."""
    for layer in reversed(design.layers):
        if not _passes_on(layer):
            return End(layer.name, layer.last_function)
    return End("", "")


def _passes_on(layer: Layer) -> bool:
    idle = isinstance(layer, Activation) and layer.activation == "linear"
    return idle or layer.family == "shape" or isinstance(layer, Dropout)


def end_fix(design: Design, function: str) -> Fix:
    """Return the fix that sends the outputs through ``function`` instead of what they go through now."""
    end = end_of(design)
    if not end.function:
        return Fix(f"Add {function}", lambda design: _appended(design, Activation(activation=function)))
    return Fix(f"Use {function}", lambda design: with_function(design, end.holder, function))


def with_function(design: Design, name: str, function: str) -> Design:
    """Return the design with ``function`` as the last one of the layer called ``name``."""
    if any(declared.name == "activation" for declared in settings_of(design.layer(name))):
        return design.with_layer(name, activation=function)
    index = design.index(name)  # a layer that is nothing but a function
    bare = design.without((name,))
    return (
        bare
        if function == "linear"
        else bare.with_inserted(index, Activation(activation=function, name=name))
    )


def with_output(design: Design, flat: bool, facts: DataFacts) -> Design:
    """Return the design with the output layer and the loss for data with ``facts``.

    Unless samples are ``flat`` there, as one row of numbers, Flatten comes before it.
    """
    wanted = fitting_output(facts)
    layer = Dense(wanted.units, activation=wanted.activation, name="output")
    added = (layer,) if flat else (Flatten(), layer)
    return replace(design.with_inserted(len(design.layers), *added), loss=wanted.loss)


def appending(layer: Layer) -> Callable[[Design], Design]:
    """Return the edit that puts ``layer`` at the end."""
    return lambda design: _appended(design, layer)


def _appended(design: Design, layer: Layer) -> Design:
    return design.with_inserted(len(design.layers), layer)


def loss_fix(loss: Loss) -> Fix:
    """Return the fix that learns by another loss."""
    return Fix(f"Use {type(loss).__name__}", lambda design: replace(design, loss=loss))


@cache
def range_of(function: str) -> tuple[float, float]:
    """Return the smallest and the largest number that an activation gives, found by trying."""
    row = np.array([[-_FAR, *np.linspace(-_NEAR, _NEAR, 2001), _FAR]])  # one stands out, for softmax
    with np.errstate(over="ignore"):
        y = ACTIVATIONS[function].forward(row, np.empty_like(row))
    return round(float(y.min()), 2), round(float(y.max()), 2)
