"""Outlook: what a sweep comes to before it begins: its trials, those that cannot be trained, and the time."""

from __future__ import annotations

from dataclasses import dataclass

from nnstudio.data.dataset import Dataset
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.experiments.pace import Trial as PaceTrial
from nnstudio.experiments.rates import Rates
from nnstudio.experiments.study import Study
from nnstudio.experiments.sweep.crew import crew_size
from nnstudio.experiments.sweep.sweep import Sweep
from nnstudio.experiments.sweep.trial import Trial
from nnstudio.task import DataFacts

_START_SECONDS = 1.5  # until the processes are there
_UNMEASURED = Rates()  # of no machine at all: what one network takes compared with another


@dataclass(frozen=True)
class Outlook:
    """``refused`` has a sentence for each trial that cannot be trained.

    ``seconds`` of one worker are worked out from counts alone; ``base_seconds`` so for an epoch of the study.
    """

    trials: tuple[Trial, ...]
    refused: tuple[tuple[Trial, str], ...]
    epochs: int
    seconds: float
    base_seconds: float
    crew: int

    def seconds_with(self, workers: int | None, epoch_seconds: float | None) -> float:
        """Return about how long it takes; ``epoch_seconds`` was measured for an epoch of the study."""
        known = epoch_seconds is not None and self.base_seconds
        factor = epoch_seconds / self.base_seconds if known and epoch_seconds is not None else 1.0
        at_once = max(1, min(workers or self.crew, len(self.trials) - len(self.refused)))
        return _START_SECONDS + factor * self.seconds / at_once


def outlook(sweep: Sweep, dataset: Dataset, watch: Watch = UNWATCHED) -> Outlook:
    """Look at every trial.

    Raises:
        UserError: the sweep cannot begin.
        Cancelled: somebody asked for an end.
    """
    trials, facts = sweep.trials(), dataset.facts
    refused, seconds, sound, epochs = [], 0.0, [], 0
    for trial in trials:
        watch.go_on()
        sentence = trial.problem(facts)
        if sentence:
            refused.append((trial, sentence))
            continue
        sound.append(trial)
        epochs += trial.study.plan.epochs
        seconds += trial.study.plan.epochs * _epoch_seconds(trial.study, facts)
    if sweep.strategy.drops and epochs:  # all have the same number of epochs, which not all of them reach
        rungs = sweep.strategy.rungs(len(sound), sweep.study.plan.epochs)
        before = (0, *(rung.epochs for rung in rungs))
        done = sum(rung.count * (rung.epochs - last) for last, rung in zip(before, rungs, strict=False))
        seconds, epochs = seconds * done / epochs, done
    base = _epoch_seconds(sweep.study, facts)
    return Outlook(trials, tuple(refused), epochs, seconds, base, crew_size(sound, dataset))


def _epoch_seconds(study: Study, facts: DataFacts) -> float:
    pace = _UNMEASURED.guess(PaceTrial(study.design, study.plan, facts))
    return pace.epoch(study.plan, facts.training_count)
