"""Helpers: small data, examples of every layer, and derivatives by central differences."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layer import Array, Layer
from nnstudio.engine.layers import Dense
from nnstudio.engine.losses import MeanSquaredError
from nnstudio.engine.optimizers import SGD, Optimizer
from nnstudio.engine.plan import TrainingPlan
from nnstudio.engine.run_state import RunState
from nnstudio.errors import ShapeError
from nnstudio.settings import settings_of
from nnstudio.task import Shape

# Each layer is tried with those of these that it takes.
SHAPES: tuple[Shape, ...] = ((6,), (3, 4), (5, 4, 2), (6, 6, 1), (2, 3, 2, 2))
_MODEST_INT = 3
_ANY_VALUE = {int: 2, float: 0.5, tuple: (1,)}


@dataclass(frozen=True)
class ArraySamples:
    """Inputs and targets that lie in memory."""

    x: Array
    y: Array

    def __len__(self) -> int:
        return len(self.x)

    def x_rows(self, rows: Array, out: Array) -> Array:
        return self.x.take(rows, 0, out[: len(rows)], "clip")

    def y_rows(self, rows: Array) -> Array:
        return self.y[rows]


def modest(layer: type[Layer]) -> Layer:
    """Return the layer with its defaults, but small: its bare counts become 3."""
    counts = {
        s.name: _MODEST_INT for s in settings_of(layer) if s.kind is int and (s.default or 0) > _MODEST_INT
    }
    return layer(name="tried", **counts)


def variants(layer: type[Layer]) -> Iterator[Layer]:
    """Return a modest layer, and one more for each other value that is tried of each of its settings.

    Words are all tried. Of values with settings of their own one is enough: they have tests over their own
    registry. What may be left out is tried left out and set. Tuples are tried with numbers that differ.
    """
    base = modest(layer)
    yield base
    for declared in settings_of(layer):
        for value in _others(declared):
            yield replace(base, **{declared.name: value})


def _others(declared: Any) -> Iterator[Any]:
    if declared.kind is bool and declared.name != "trainable":
        yield not declared.default
    yield from (word for word in declared.choices if isinstance(word, str) and word != declared.default)
    values = (kind() for kind in declared.choices if isinstance(kind, type))
    yield from [value for value in values if value != declared.default][-1:]
    if declared.optional and declared.default is not None:
        yield None
    elif declared.optional and not declared.choices and not declared.length:
        yield _ANY_VALUE[declared.kind]
    if declared.kind is tuple:
        yield from _other_tuples(declared)


def _other_tuples(declared: Any) -> Iterator[Any]:
    if declared.length:
        numbers = tuple(declared.item(number) for number in range(1, declared.length + 1))
        yield from (numbers, numbers[::-1])
    elif not declared.optional:
        yield (*declared.default, declared.item(1))


def shapes_of(layer: Layer) -> list[Shape]:
    """Return the shapes of `SHAPES` that the layer takes."""
    return [shape for shape in SHAPES if takes(layer, shape)]


def takes(layer: Layer, shape: Shape) -> bool:
    """Whether the layer takes inputs of ``shape``."""
    try:
        layer.output_shape(shape)
        layer.weight_specs(shape)
    except ShapeError:
        return False
    return True


def difference_quotients(value: Callable[[], float], array: Array, step: float = 1e-6) -> Array:
    """Return the derivative of ``value`` by each number of ``array``, which it reads; (array's shape)."""
    result = np.empty_like(array)
    for index in np.ndindex(array.shape):
        middle = array[index]
        array[index] = middle + step
        above = value()
        array[index] = middle - step
        result[index] = (above - value()) / (2.0 * step)
        array[index] = middle
    return result


def numbers(*shape: int, seed: int = 0, dtype: Any = np.float32) -> Array:
    """Return normally distributed numbers."""
    return np.random.default_rng(seed).standard_normal(shape).astype(dtype)


def inputs_of(layer: Layer, batch: int, shape: Shape, seed: int = 0, dtype: Any = np.float32) -> Array:
    """Return a batch that the layer takes: whole numbers in its range where it takes indices."""
    if not layer.takes_indices:
        return numbers(batch, *shape, seed=seed, dtype=dtype)
    below = layer.input_dim  # type: ignore[attr-defined]
    return np.random.default_rng(seed).integers(0, below, (batch, *shape)).astype(dtype)


def regression(optimizer: Optimizer | None = None, *layers: Layer) -> Design:
    """Return a design for `value_samples`: three inputs, two values."""
    stack = layers or (Dense(units=4, activation="tanh"),)
    return design_of(
        *stack, Dense(units=2), loss=MeanSquaredError(), optimizer=optimizer or SGD(), metrics=()
    )


def value_samples(count: int, seed: int = 0) -> ArraySamples:
    """Return samples of three inputs with two values to predict."""
    x = numbers(count, 3, seed=seed)
    return ArraySamples(x, np.stack([x[:, 0] * x[:, 1], np.abs(x[:, 2])], axis=1))


def start(
    design: Design, samples: ArraySamples, validation: ArraySamples | None = None, **plan: Any
) -> RunState:
    """Return the state before the first batch, with settings of the plan by name."""
    return RunState.start(design, TrainingPlan(**plan), samples.x.shape[1:], samples, validation)
