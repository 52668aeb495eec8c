"""Report: how one trial of a sweep stands, as a value that any thread may read."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from nnstudio.experiments.history import History
from nnstudio.experiments.run import Run
from nnstudio.experiments.sweep.measure import Measure
from nnstudio.experiments.sweep.trial import Trial


class TrialState(StrEnum):
    """How a trial stands, or how it ended."""

    WAITING = "waiting"  # for a free worker, or to be compared with others
    TRAINING = "training"
    FINISHED = "finished"
    DROPPED = "dropped"  # others were better, so that it ended before all its epochs
    FAILED = "failed"
    REFUSED = "refused"  # it cannot be trained at all
    CANCELLED = "cancelled"

    @property
    def over(self) -> bool:
        """Whether nothing more happens to the trial."""
        return self not in (TrialState.WAITING, TrialState.TRAINING)


@dataclass(frozen=True, eq=False)
class TrialReport:
    """Where a trial is: after ``epoch`` epochs of ``epochs`` and ``batch`` batches of ``batches``.

    ``value`` is the measure at its best epoch until now, nan before there is one. ``history`` holds all that
    was told until now, for curves. ``sentence`` says why it failed or was refused. ``run`` is there when it
    is over and has learnt anything: a `Run` like any other, tagged "sweep", with its last and best weights.
    """

    trial: Trial
    state: TrialState
    history: History
    epochs: int
    epoch: int = 0
    batch: int = 0
    batches: int = 0
    seconds: float = 0.0
    value: float = math.nan
    sentence: str = ""
    run: Run | None = None

    @property
    def fraction(self) -> float:
        """The share of its epochs that is done, 0 to 1."""
        if self.state.over:
            return 1.0
        part = self.batch / self.batches if self.batches else 0.0
        return min(1.0, (self.epoch + part) / self.epochs) if self.epochs else 0.0


def ranked(reports: Iterable[TrialReport], measure: Measure) -> list[TrialReport]:
    """Return reports from the best to the worst; those that failed stand behind, equal ones as they were."""
    return sorted(reports, key=lambda one: (one.state in _FAILED, -measure.score(one.value)))


def best_of(reports: Iterable[TrialReport], measure: Measure) -> TrialReport | None:
    """Return the best of the trials that are over and did not fail; None where there is none."""
    over = (one for one in reports if one.run is not None and not math.isnan(one.value))
    best = next(iter(ranked(over, measure)), None)
    return None if best is None or best.state in _FAILED else best


_FAILED = (TrialState.FAILED, TrialState.REFUSED)
