"""Ground: where data of one or two inputs lie, in the units of their source, and some of their samples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.data.dataset import Dataset, Samples
from nnstudio.data.scaler import Scaler
from nnstudio.task import DataFacts

Array = npt.NDArray[Any]

_MOST_INPUTS = 2
_MARGIN = 0.06
_MOST_TRAINING, _MOST_TEST = 600, 200  # more hide what lies below them
Range = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Points:
    """Some samples: inputs ``x`` (n, inputs) as they came, and class indices or first values ``y`` (n,)."""

    x: Array
    y: Array


@dataclass(frozen=True, eq=False)
class Ground:
    """The range of each input with a margin, the range of the values to predict, and points to draw.

    ``values`` is (0, 1) where there are classes.
    """

    facts: DataFacts
    scaler: Scaler
    names: tuple[str, ...]
    value_name: str
    ranges: tuple[Range, ...]
    values: Range
    training: Points
    test: Points


def can_be_drawn(dataset: Dataset) -> bool:
    """Return whether a sample is one or two numbers, so that all inputs have room on a line or a plane."""
    shape = dataset.facts.sample_shape
    plain = len(shape) == 1 and 1 <= shape[0] <= _MOST_INPUTS
    return plain and len(dataset.training) > 0 and not any(column.is_category for column in dataset.columns)


def ground_of(dataset: Dataset) -> Ground:
    """Return where ``dataset``, which `can_be_drawn`, lies."""
    shape = dataset.facts.sample_shape
    parts = [part for part in (dataset.training, dataset.test) if len(part)]
    return Ground(
        facts=dataset.facts,
        scaler=dataset.scaler,
        names=dataset.input_names or tuple(f"input {number + 1}" for number in range(shape[0])),
        value_name=next(iter(dataset.target_names), "value"),
        ranges=tuple(_range([part.x[:, axis] for part in parts]) for axis in range(shape[0])),
        values=(0.0, 1.0) if dataset.facts.is_classes else _range([_values(part.y) for part in parts]),
        training=_points(dataset.training, _MOST_TRAINING),
        test=_points(dataset.test, _MOST_TEST),
    )


def _points(samples: Samples, most: int) -> Points:
    """Return samples from all over the part: files may be sorted, or have their classes in turn."""
    rows = np.sort(np.random.default_rng(0).choice(len(samples), min(most, len(samples)), replace=False))
    return Points(np.asarray(samples.x[rows], np.float32), _values(samples.y[rows]))


def _values(y: Array) -> Array:
    return y if y.ndim == 1 else y[:, 0]


def _range(parts: list[Array]) -> Range:
    low, high = min(float(part.min()) for part in parts), max(float(part.max()) for part in parts)
    margin = _MARGIN * (high - low) or max(1.0, 0.1 * abs(low))
    return low - margin, high + margin
