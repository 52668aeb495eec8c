"""Range test: which learning rate suits a design, found by letting it grow in a short training."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from nnstudio.engine.design import Design
from nnstudio.engine.plan import TrainingPlan
from nnstudio.engine.progress import Step
from nnstudio.engine.run_state import RunState
from nnstudio.engine.samples import Samples
from nnstudio.engine.schedules import Constant
from nnstudio.engine.training import train
from nnstudio.errors import DivergedError
from nnstudio.task import Shape

_MEMORY = 0.9  # share of the smoothed loss that a batch leaves in it
_WORST = 4.0  # how many times the best loss is more than anybody needs to see
_SPAN = 10  # batches: so many are in the smoothed loss before it tells anything, and over so many it falls
_LEAST_FALL = 0.1  # share of the loss; a smaller fall may be noise


@dataclass(frozen=True)
class RangePoint:
    """One batch of a range test: the rate that it was learnt with, its loss, and that of the last ones."""

    rate: float
    loss: float
    smoothed: float


def range_test(
    design: Design,
    plan: TrainingPlan,
    input_shape: Shape,
    samples: Samples,
    lowest: float = 1e-6,
    highest: float = 10.0,
    steps: int = 100,
) -> Iterator[RangePoint]:
    """Train a fresh network of its own while the learning rate grows; tell each batch.

    The rate is lowest (highest / lowest)^(i / (steps - 1)) in batch i. It ends after ``steps`` batches, or
    earlier where the smoothed loss is more than four times its best or no number. Of the plan it takes how
    batches are made; the design's schedule has no say. Equal arguments give equal points.
    Source: Smith 2017, Cyclical Learning Rates for Training Neural Networks, section 3.3.

    Raises:
        DataError: there is nothing to train on.
    """
    tried = replace(design, optimizer=replace(design.optimizer, schedule=Constant()), metrics=())
    short = TrainingPlan(epochs=steps, batch_size=plan.batch_size, shuffle=plan.shuffle, seed=plan.seed)
    state = RunState.start(tried, short, input_shape, samples)
    mean, best = 0.0, math.inf
    for index, rate in enumerate(np.geomspace(lowest, highest, steps).tolist()):
        loss = _loss_of_a_batch(state, rate)
        if not math.isfinite(loss):
            return
        share = (1.0 - _MEMORY) / (1.0 - _MEMORY ** (index + 1))  # the mean of all in the beginning
        mean += share * (loss - mean)
        best = min(best, mean)
        yield RangePoint(rate, loss, mean)
        if mean > best + (_WORST - 1.0) * abs(best):
            return


def _loss_of_a_batch(state: RunState, rate: float) -> float:
    state.slots.learning_rate = rate
    try:
        return next(event.values["loss"] for event in train(state) if isinstance(event, Step))
    except DivergedError:
        return math.nan


def suggested_rate(points: Sequence[RangePoint]) -> float | None:
    """Return the rate at which the smoothed loss fell fastest on its way to the minimum.

    None where that cannot be told: too few points before the minimum, or a loss that hardly falls.
    """
    smoothed = np.array([point.smoothed for point in points[_SPAN:]])
    falling = smoothed[: int(smoothed.argmin()) + 1] if len(smoothed) else smoothed
    if len(falling) <= _SPAN or falling[0] - falling[-1] < _LEAST_FALL * abs(falling[0]):
        return None
    steepest = int((falling[_SPAN:] - falling[:-_SPAN]).argmin())
    return points[_SPAN + steepest + _SPAN // 2].rate
