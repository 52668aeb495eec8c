"""Rates: what everything that networks are made of costs on this machine; so the pace of any is known."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.engine.checks import Report, check_design
from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layer import size_of
from nnstudio.engine.layers import Dense, Flatten
from nnstudio.engine.optimizers import OPTIMIZERS, SGD, GradientOptimizer, Optimizer
from nnstudio.engine.plan import TrainingPlan
from nnstudio.experiments.kind_pace import Clock, Cost, KindPace, cost_of, measure_kinds
from nnstudio.experiments.pace import Pace, Trial
from nnstudio.task import DataFacts, Shape, Task

_UNMEASURED = KindPace(call=2e-5, work=1.5e-10, number=2e-9, check=0.35)
_FACTS = DataFacts("Made up", (28, 28), Task.MANY_CLASSES, tuple("0123456789"), training_count=10_000)
_OUTPUT = Dense(10, activation="softmax")
_SMALL, _LARGE = 4, 512  # batches
_WIDE = 400  # units, so that the walk over the weights is what counts
_SECONDS = 0.02
_FIRST_SHARE = 2 / 3  # of the multiply-adds of the first layer that learns: nobody needs its dx
_UNLEARNT_SHARE = 1 / 3
_LayerCost = tuple[KindPace, Cost, bool]  # what its kind costs, how much of it there is, whether it learns


@dataclass(frozen=True)
class Rates:
    """The paces of layers by the names of their kinds, and the seconds of what stands around them.

    ``walks`` are those of an optimizer for a weight; ``step`` is what a batch takes beside its layers,
    ``gather`` what bringing one number of a sample takes.
    """

    kinds: dict[str, KindPace] = field(default_factory=dict)
    walks: dict[str, float] = field(default_factory=dict)
    step: float = 5e-5
    gather: float = 1e-9

    def guess(self, trial: Trial) -> Pace:
        """Return about what a network takes that was never tried."""
        report = check_design(trial.design, trial.facts, trial.batch_size)
        costs = list(self._costs(trial.design, report, trial.facts.sample_shape))
        batch, check = _learning(costs, trial.batch_size), _checking(costs, trial.check_size)
        gathered = self.gather * size_of(trial.facts.sample_shape)
        walk = self.walks.get(type(trial.design.optimizer).__name__, 2e-9) * report.trainable_parameters
        around = self.step + gathered * trial.batch_size
        return Pace(batch + walk + around, check / trial.check_size + gathered)

    def _costs(self, design: Design, report: Report, shape: Shape) -> Iterator[_LayerCost]:
        for layer, told in zip(design.layers, report.layers, strict=True):
            if told.output_shape is None:
                return
            cost = cost_of(layer, shape, told.output_shape, told.multiply_adds)
            yield self.kinds.get(type(layer).__name__, _UNMEASURED), cost, told.trainable_parameters > 0
            shape = told.output_shape


def _learning(costs: list[_LayerCost], batch_size: int) -> float:
    """Return the seconds that layers take for a batch to learn from."""
    seconds, share = 0.0, _UNLEARNT_SHARE
    for pace, cost, learns in costs:
        share = 1.0 if share != _UNLEARNT_SHARE else _FIRST_SHARE if learns else share
        seconds += pace.layer(cost, batch_size, share)
    return seconds


def _checking(costs: list[_LayerCost], batch_size: int) -> float:
    """Return the seconds that layers take for a batch to predict."""
    return sum(pace.check * pace.layer(cost, batch_size) for pace, cost, _ in costs)


def measure_rates(watch: Watch = UNWATCHED, clock: Clock = time.perf_counter) -> Rates:
    """Measure everything, in about two seconds.

    Raises:
        Cancelled: somebody asked for an end.
    """
    kinds = measure_kinds(watch, clock)
    small, large = (_seconds(size, (), SGD(), watch, clock) for size in (_SMALL, _LARGE))
    layers = Rates(kinds, step=0.0, gather=0.0)
    small -= layers.guess(_trial(_SMALL, (), SGD())).batch
    large -= layers.guess(_trial(_LARGE, (), SGD())).batch
    gather = max(large - small, 0.0) / (_LARGE - _SMALL) / size_of(_FACTS.sample_shape)
    around = Rates(kinds, {}, max(small, 0.0), gather)
    return Rates(kinds, dict(_walks(around, watch, clock)), around.step, gather)


def _walks(around: Rates, watch: Watch, clock: Clock) -> Iterator[tuple[str, float]]:
    """Yield what each optimizer takes for a weight: what a wide network takes beyond the rest."""
    for kind in (kind for kind in OPTIMIZERS if issubclass(kind, GradientOptimizer)):
        trial = _trial(_SMALL, (Dense(_WIDE),), kind())
        report = check_design(trial.design, trial.facts, _SMALL)
        rest = Rates(around.kinds, {kind.__name__: 0.0}, around.step, around.gather).guess(trial).batch
        took = _seconds(_SMALL, (Dense(_WIDE),), kind(), watch, clock)
        yield kind.__name__, max(took - rest, 0.0) / report.trainable_parameters


def _seconds(
    batch_size: int, hidden: tuple[Dense, ...], optimizer: Optimizer, watch: Watch, clock: Clock
) -> float:
    trial = _trial(batch_size, hidden, optimizer)
    return min(trial.measured(batch_size, watch, clock, _SECONDS).batch for _ in range(2))


def _trial(batch_size: int, hidden: tuple[Dense, ...], optimizer: Optimizer) -> Trial:
    design = design_of(Flatten(), *hidden, _OUTPUT, optimizer=optimizer)
    return Trial(design, TrainingPlan(batch_size=batch_size, validation_split=0.0), _FACTS)
