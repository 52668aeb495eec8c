"""WeightSearch: the error of a network of one weight as a curve over it, and how runs went down there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.data.dataset import Dataset
from nnstudio.engine.design import Design
from nnstudio.engine.layout import lay_out
from nnstudio.engine.network import Snapshot
from nnstudio.engine.optimizers import Guess
from nnstudio.engine.predictor import Predictor
from nnstudio.experiments.run import Run
from nnstudio.task import Shape

Array = npt.NDArray[Any]

CURVE_POINTS = 201
_MOST_SAMPLES = 1000
_MARGIN = 0.15
_LEAST_SPAN = 0.5
_NEAR = 0.01
_FARTHEST = 5.0  # a run that left the curve by more than so many times its width does not widen it


@dataclass(frozen=True, eq=False)
class Trail:
    """Where the weight of one run was: after ``iterations`` (n,) steps, at ``weights`` (n,).

    ``tries`` (n,) counts the weights that were looked at until then: one in each step along a gradient, one
    or two in each of guessing. ``current`` says that it is the run of now.
    """

    title: str
    guesses: bool
    iterations: Array
    weights: Array
    tries: Array
    current: bool = False


@dataclass(frozen=True, eq=False)
class WeightSearch:
    """The error curve, ``weights`` (n,) and ``errors`` (n,), its lowest place, trails with their errors."""

    weights: Array
    errors: Array
    best: float
    lowest: float
    weight: float
    error: float
    trails: tuple[tuple[Trail, Array], ...]


def has_one_weight(snapshot: Snapshot) -> bool:
    """Return whether a network is nothing but one number that can be learnt."""
    layout = lay_out(snapshot.design.layers, snapshot.input_shape)
    return snapshot.input_shape == (1,) and layout.size == layout.trainable_size == 1


def trail_of(run: Run, *, current: bool) -> Trail | None:
    """Return where the weight of ``run`` was; None where it had not one weight alone."""
    points = run.timeline.checkpoints
    if not points or run.input_shape != (1,) or points[0].parameters.size != 1:
        return None
    optimizer = run.study.design.optimizer
    iterations = np.array([point.iteration for point in points])
    weights = np.array([float(point.parameters[0]) for point in points])
    guesses = isinstance(optimizer, Guess)
    tries = _guesses(iterations, weights, optimizer.learning_rate) if guesses else iterations
    return Trail(type(optimizer).__name__, guesses, iterations, weights, tries, current)


def _guesses(iterations: Array, weights: Array, change: float) -> Array:
    """Count the weights tried: up first, and down only where that was no better."""
    steps = np.diff(iterations, prepend=iterations[:1])
    with np.errstate(invalid="ignore"):
        ups = np.nan_to_num(np.rint(np.diff(weights, prepend=weights[:1]) / change)).clip(0, steps)
    tries: Array = 2 * iterations - np.cumsum(ups).astype(int)
    return tries


def tries_until_near(trail: Trail, errors: Array, lowest: float) -> int | None:
    """Return after how many tries all but a hundredth of the error that could go was gone; None: not yet."""
    near = np.flatnonzero(errors - lowest <= _NEAR * (errors[0] - lowest))
    return int(trail.tries[near[0]]) if len(near) else None


def trails_of(runs: Iterable[Run], current: Run | None, dataset: Dataset) -> tuple[Trail, ...]:
    """Return the trail of the run of now, and that of the newest one that learnt the other way."""
    kept = [trail_of(run, current=False) for run in runs if run.study.recipe == dataset.recipe]
    now = trail_of(current, current=True) if current is not None else None
    newest: dict[bool, Trail] = {}
    for trail in (*kept, now):
        if trail is not None:
            newest[trail.guesses] = trail
    return tuple(newest[guesses] for guesses in (False, True) if guesses in newest)


def search_weights(snapshot: Snapshot, dataset: Dataset, trails: tuple[Trail, ...]) -> WeightSearch:
    """Compute the error for many weights around those of ``snapshot`` and of the ``trails``."""
    now = float(snapshot.parameters[0])
    errors_of = _Errors(snapshot.design, snapshot.input_shape, dataset)
    best = errors_of.least_squares()
    starts = [float(trail.weights[0]) for trail in trails] or [now]
    seen = np.concatenate([starts, [now], *(trail.weights for trail in trails)])
    weights = np.linspace(*_span(seen, best, max(abs(start - best) for start in starts)), CURVE_POINTS)
    errors = errors_of(weights)
    lowest, error = (float(one) for one in errors_of(np.array([best, now])))
    if errors.min() < lowest:
        best, lowest = float(weights[errors.argmin()]), float(errors.min())
    ways = tuple((trail, errors_of(trail.weights)) for trail in trails)
    return WeightSearch(weights, errors, best, lowest, now, error, ways)


def _span(seen: Array, best: float, start: float) -> tuple[float, float]:
    """Return a range around ``best`` and the weights ``seen`` that are not much farther than ``start``."""
    near = seen[np.abs(seen - best) <= _FARTHEST * max(start, _LEAST_SPAN)]
    low, high = float(near.min(initial=best)), float(near.max(initial=best))
    margin = max(_MARGIN * (high - low), _LEAST_SPAN / 2)
    return low - margin, high + margin


class _Errors:
    """The mean loss over the training samples as a function of the weight."""

    def __init__(self, design: Design, input_shape: Shape, dataset: Dataset) -> None:
        self._parameters = np.zeros(1, np.float32)
        self._predictor = Predictor(design, lay_out(design.layers, input_shape), self._parameters)
        rows = np.arange(min(_MOST_SAMPLES, len(dataset.training)))
        self._x = dataset.training.x_rows(rows, self._predictor.buffer(len(rows)))
        self._y = dataset.training.y_rows(rows)

    def __call__(self, weights: Array) -> Array:
        return np.array([self._error(weight) for weight in weights])

    def _error(self, weight: float) -> float:
        self._parameters[0] = weight
        self._predictor(self._x)
        return float(self._predictor.losses(self._y).mean())

    def least_squares(self) -> float:
        """Return the weight with the least squared error, near which most losses are lowest."""
        x, y = self._x[:, 0].astype(np.float64), self._y.reshape(len(self._y), -1)[:, 0].astype(np.float64)
        squares = float(x @ x)
        return float(x @ y) / squares if squares else 0.0
