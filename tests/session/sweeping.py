"""Sweeping: a runner of sweeps that does what a test tells it, trial by trial."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from nnstudio.data.dataset import Dataset
from nnstudio.data.fitted import Fitted
from nnstudio.experiments.history import History
from nnstudio.experiments.run import Outcome, Run, new_key
from nnstudio.experiments.sweep.report import TrialReport, TrialState, best_of
from nnstudio.experiments.sweep.running import SweepPhase
from nnstudio.experiments.sweep.sweep import Axis, Sweep
from nnstudio.experiments.timeline import Timeline
from tests.session.small import small_study

UNITS = "layers.1.units"


def small_sweep(*units: int, path: str = UNITS) -> Sweep:
    """The small study with other numbers of units."""
    return Sweep(small_study(), (Axis(path, units or (8, 16, 24)),))


class ToldSweep:
    """Stands in for a `SweepRun`: no process, no thread."""

    def __init__(self, sweep: Sweep, dataset: Dataset, cluster: str = "") -> None:
        self.sweep, self.dataset, self.cluster = sweep, dataset, cluster
        self.phase, self.failure, self.workers = SweepPhase.READY, "", 2
        self.calls: list[str] = []
        self.seconds, self.seconds_left = 3.0, math.nan
        empty = History.of(sweep.study.design)
        self.reports = tuple(
            TrialReport(trial, TrialState.WAITING, empty, sweep.study.plan.epochs) for trial in sweep.trials()
        )

    @property
    def best(self) -> TrialReport | None:
        return best_of(self.reports, self.sweep.compared_by)

    @property
    def fraction(self) -> float:
        return sum(one.fraction for one in self.reports) / len(self.reports)

    def start(self) -> None:
        self._go("start", SweepPhase.RUNNING)

    def pause(self) -> None:
        self._go("pause", SweepPhase.PAUSED)

    def go_on(self) -> None:
        self._go("go on", SweepPhase.RUNNING)

    def cancel(self) -> None:
        self._go("cancel", SweepPhase.CANCELLED)

    def join(self, seconds: float) -> bool:
        return True

    def tell(self, number: int, state: TrialState, *, loss: float = math.nan, sentence: str = "") -> None:
        """Let a trial stand otherwise: after one epoch with ``loss``."""
        report = self.reports[number - 1]
        history = History.of(self.sweep.study.design)
        if not math.isnan(loss):
            history.add_step(1, 0.5, 0.1, 0.001, {"loss": loss, "accuracy": 0.5})
            history.add_step(2, 1.0, 0.2, 0.001, {"loss": loss, "accuracy": 0.5})
            history.add_epoch(1, 2, 0.2, {"loss": loss, "val_loss": loss, "accuracy": 0.5})
        changes: dict[str, Any] = {"state": state, "history": history, "value": loss, "sentence": sentence}
        new = replace(report, epoch=len(history.epochs), seconds=0.2, **changes)
        if state.over and len(history.steps):
            new = replace(new, run=self._run(new))
        self.reports = tuple(new if one is report else one for one in self.reports)

    def end(self) -> None:
        """End as a whole."""
        self.phase = SweepPhase.FINISHED

    def _go(self, call: str, phase: SweepPhase) -> None:
        self.calls.append(call)
        self.phase = phase

    def _run(self, report: TrialReport) -> Run:
        return Run(
            key=new_key(),
            study=report.trial.study,
            input_shape=self.dataset.facts.sample_shape,
            class_names=(),
            history=report.history,
            timeline=Timeline(),
            outcome=Outcome.FINISHED,
            name=report.trial.name,
            fitted=Fitted.of(self.dataset),
            tags="sweep",
        )
