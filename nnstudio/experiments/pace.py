"""Pace: how fast a network learns on this machine, found by learning a few batches of made-up samples."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.engine.checks import check_design
from nnstudio.engine.design import Design
from nnstudio.engine.layer import Layer
from nnstudio.engine.memory import machine_memory
from nnstudio.engine.plan import TrainingPlan
from nnstudio.engine.remembering import remembered
from nnstudio.engine.run_state import RunState
from nnstudio.engine.training import PREDICT_BATCH, predict_batches, train
from nnstudio.errors import UserError
from nnstudio.experiments.made_up import MadeUp
from nnstudio.task import DataFacts

Clock = Callable[[], float]

_ENOUGH_SECONDS, _FEWEST, _MOST_BATCHES = 0.15, 3, 500
_MOST_WORK = 1e9  # multiply-adds of one batch that is tried; larger ones are tried in part
_MOST_CHECKED_AT_ONCE = 16  # times as many samples as are learnt from
_SHARE_OF_MEMORY = 0.2
_MOST_REMEMBERED = 8192  # layers
_EPOCH_CALLS = 3e-5  # seconds around the batches of an epoch


@dataclass(frozen=True)
class Pace:
    """The seconds that a full batch takes to learn from, and a sample to be checked."""

    batch: float
    check: float

    def epoch(self, plan: TrainingPlan, count: int, apart: int = 0) -> float:
        """Return the seconds of one epoch of ``plan`` for ``count`` samples that are there to train with.

        ``apart`` is how many others validate; where there are none, a share of those does.
        """
        learnt, checked = _shared_out(plan, count, apart)
        batches = learnt / min(plan.batch_size, max(learnt, 1))
        return _EPOCH_CALLS + self.batch * batches + self.check * checked

    def scaled(self, share: float) -> Pace:
        """Return the pace of a network that costs ``share`` times as much."""
        return Pace(self.batch * share, self.check * share)


@dataclass(frozen=True)
class Trial:
    """What the pace depends on: the names of the layers, and how many epochs there are, do not count."""

    design: Design
    plan: TrainingPlan
    facts: DataFacts

    @property
    def key(self) -> str:
        """The same text for all trials that take the same time."""
        layers = ", ".join(_nameless(layer, None) for layer in self.design.layers)
        facts = (self.facts.sample_shape, self.facts.task, self.facts.classes, self.facts.outputs)
        plan = (self.batch_size, self.plan.augmentation)
        return repr((layers, self.design.loss, self.design.optimizer, self.design.metrics, plan, facts))

    @property
    def kinds(self) -> frozenset[type]:
        """The kinds of its layers, and that of its optimizer."""
        return frozenset((*map(type, self.design.layers), type(self.design.optimizer)))

    @property
    def batch_size(self) -> int:
        """How many samples a full batch has: never more than train."""
        return min(self.plan.batch_size, max(self._counts[0], 1))

    @property
    def check_size(self) -> int:
        """How many samples are predicted at once where those that validate are checked."""
        return min(PREDICT_BATCH, max(self._counts[1], 1))

    @property
    def _counts(self) -> tuple[int, int]:
        return _shared_out(self.plan, self.facts.training_count, self.facts.validation_count)

    @property
    def can_be_tried(self) -> bool:
        """Whether the network can be trained, and is small enough to be built beside what is open."""
        report = check_design(self.design, self.facts, self.batch_size)
        return report.ready and report.memory_bytes < _SHARE_OF_MEMORY * machine_memory()

    def run(self, watch: Watch = UNWATCHED, clock: Clock = time.perf_counter) -> Pace | None:
        """Learn some batches and return the pace; None where they cannot be learnt from.

        A batch that would take long is tried in part: in two sizes, and what they differ by goes on evenly.

        Raises:
            Cancelled: somebody asked for an end.
        """
        if not self.can_be_tried:
            return None
        report = check_design(self.design, self.facts, self.batch_size)
        most = max(1, int(_MOST_WORK / max(report.multiply_adds, 1)))
        try:
            if most >= self.batch_size:
                return self.measured(self.batch_size, watch, clock)
            whole, half = (self.measured(size, watch, clock) for size in (max(most, 2), max(most // 2, 1)))
        except UserError:
            return None
        slope = (whole.batch - half.batch) / (max(most, 2) - max(most // 2, 1))
        more = max(slope, whole.batch / max(most, 2) * 0.5) * (self.batch_size - max(most, 2))
        return Pace(whole.batch + more, whole.check)

    def measured(self, batch_size: int, watch: Watch, clock: Clock, enough: float = _ENOUGH_SECONDS) -> Pace:
        """Learn batches of a size for ``enough`` seconds, and return the pace.

        Raises:
            Cancelled: somebody asked for an end.
            UserError: there can be no such batches.
        """
        samples = MadeUp(self.design, self.facts, batch_size * (_MOST_BATCHES + 1))
        plan = replace(self.plan, batch_size=batch_size, epochs=1, early_stopping=None)
        state = RunState.start(_careful(self.design), plan, self.facts.sample_shape, samples)
        times = list(_times(state, watch, clock, enough))
        rows = min(self.check_size, _MOST_CHECKED_AT_ONCE * batch_size)
        checked = MadeUp(self.design, self.facts, rows)
        checks = [_check_time(state, checked, clock) for _ in range(_FEWEST)]
        return Pace(statistics.fmean(times), min(checks) / rows)


def _shared_out(plan: TrainingPlan, count: int, apart: int) -> tuple[int, int]:
    """Return how many of ``count`` samples are learnt from, and how many of them or ``apart`` validate."""
    if apart:
        return count, apart
    checked = math.ceil(count * plan.validation_split) if plan.validation_split else 0
    return count - checked, checked


@remembered(most=_MOST_REMEMBERED)
def _nameless(layer: Layer, _: None) -> str:
    """Return the settings of a layer as a text, but for its name."""
    return repr(replace(layer, name=""))


def _careful(design: Design) -> Design:
    """Return the design with steps so small that made-up samples cannot drive it wild."""
    if isinstance(getattr(design.optimizer, "learning_rate", None), float):
        return replace(design, optimizer=replace(design.optimizer, learning_rate=1e-6))
    return design


def _times(state: RunState, watch: Watch, clock: Clock, enough: float) -> Iterator[float]:
    """Learn batch after batch; tell the seconds of each but the first."""
    total = 0.0
    steps = train(state)
    next(steps)
    for number in range(_MOST_BATCHES):
        watch.go_on()
        if number >= _FEWEST and total > enough:
            break
        began = clock()
        next(steps)
        took = clock() - began
        total += took
        yield took


def _check_time(state: RunState, samples: MadeUp, clock: Clock) -> float:
    predictor = state.network.predictor
    began = clock()
    for y, _, _ in predict_batches(predictor, samples):
        predictor.losses(y)
    return clock() - began
