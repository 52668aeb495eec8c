"""SweepCurves: the trials of a sweep as runs to be drawn beside the one that is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from nnstudio.experiments.run import Run
from nnstudio.experiments.sweep.facts import trial_title
from nnstudio.experiments.sweep.report import TrialReport, TrialState
from nnstudio.experiments.timeline import Timeline

MOST_DRAWN = 6  # as there are colours


class SweepCurves:
    """Makes another run of a trial only when there is news of it: who draws keeps its lines by the run."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[TrialReport, Run]] = {}

    def runs(
        self, reports: Iterable[TrialReport], best: TrialReport | None, chosen: Collection[int]
    ) -> list[Run]:
        """Return the trials with the numbers ``chosen``, the best one and those that train, few in all."""
        drawn = [one for one in reports if len(one.history.steps)]
        wanted = [one for one in drawn if one.trial.number in chosen]
        wanted += [one for one in drawn if one is best and one not in wanted]
        wanted += [one for one in drawn if one.state is TrialState.TRAINING and one not in wanted]
        wanted = sorted(wanted[:MOST_DRAWN], key=lambda one: one.trial.number)
        known = self._known
        self._known = {one.trial.number: _kept(one, known.get(one.trial.number)) for one in wanted}
        return [run for _, run in self._known.values()]


def _kept(report: TrialReport, known: tuple[TrialReport, Run] | None) -> tuple[TrialReport, Run]:
    if known is not None and known[0].history is report.history and known[0].trial is report.trial:
        return known
    return report, _run(report)


def _run(report: TrialReport) -> Run:
    trial = report.trial
    return Run(
        key=f"{trial.number}: {trial.name}",
        study=trial.study,
        input_shape=(),
        class_names=(),
        history=report.history,
        timeline=Timeline(),
        name=trial_title(trial),
        started="",
        machine="",
        color=trial.number,
    )
