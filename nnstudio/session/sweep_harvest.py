"""SweepHarvest: the runs that the trials of a sweep become, each once."""

from __future__ import annotations

from dataclasses import replace

from nnstudio.experiments.run import Run
from nnstudio.experiments.sweep.report import TrialReport

_MOST_STATE_BYTES = 2**27  # of states to go on from; further trials keep their weights alone


class SweepHarvest:
    """Remembers which trial became which run."""

    def __init__(self) -> None:
        self._keys: dict[int, str] = {}
        self._state_bytes = 0

    def key(self, report: TrialReport) -> str:
        """Return the key of the run that a trial became; "" where it became none."""
        return self._keys.get(report.trial.number, "")

    def new_runs(self, reports: tuple[TrialReport, ...]) -> tuple[Run, ...]:
        """Return runs of the trials that are over since the last call, in the colours of their numbers."""
        new: list[Run] = []
        for report in reports:
            if report.run is not None and report.trial.number not in self._keys:
                self._keys[report.trial.number] = report.run.key
                new.append(self._lightened(replace(report.run, color=report.trial.number)))
        return tuple(new)

    def _lightened(self, run: Run) -> Run:
        """Return a run without its state where those of many trials would take much memory."""
        if run.state is None:
            return run
        self._state_bytes += sum(array.nbytes for array in run.state.arrays.values())
        return run if self._state_bytes <= _MOST_STATE_BYTES else replace(run, state=None)
