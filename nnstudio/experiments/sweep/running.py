"""Running: a sweep being trained, in processes of this machine or of a cluster.

run = SweepRun(sweep, dataset)      # UserError where sweep.problems() has a sentence
run.start()                         # returns at once
while not run.join(0.1):            # a window looks in a timer instead
    run.reports                     # one TrialReport per trial, in their order
run.phase, run.failure              # FINISHED, CANCELLED, or FAILED with a sentence
"""

from __future__ import annotations

from enum import StrEnum

from nnstudio.data.dataset import Dataset
from nnstudio.experiments.run import Run
from nnstudio.experiments.sweep.report import TrialReport
from nnstudio.experiments.sweep.sweep import Sweep


class SweepPhase(StrEnum):
    """What a sweep is doing."""

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    FAILED = "failed"  # as a whole, such as for a full disk; single trials fail by themselves

    @property
    def over(self) -> bool:
        """Whether nothing more happens."""
        return self in (SweepPhase.FINISHED, SweepPhase.CANCELLED, SweepPhase.FAILED)


class SweepRun:
    """Trains the trials of ``sweep`` on ``dataset`` and tells how they stand; made to be looked at by a timer.

    A thread of its own directs the workers; all that is public may be called from any thread, returns at once
    (but `join`) and replaces values as a whole. Nothing here calls back.
    ``workers``: how many trainings at once; 0 for as many as suit the machine. With ``cluster``, the address of a
    Dask scheduler such as "tcp://10.0.0.1:8786", its workers train instead.
    """

    def __init__(self, sweep: Sweep, dataset: Dataset, *, workers: int = 0, cluster: str = "") -> None:
        """Raise UserError where the sweep cannot begin."""
        self.sweep = sweep
        self.dataset = dataset
        self.phase = SweepPhase.READY
        self.failure = ""
        self.workers = workers
        self.cluster = cluster
        self.reports: tuple[TrialReport, ...] = ()

    def start(self) -> None:
        """Begin; once only."""
        raise NotImplementedError

    def pause(self) -> None:
        """Hold every training after its current batch."""
        raise NotImplementedError

    def go_on(self) -> None:
        """Let every training go on after a pause."""
        raise NotImplementedError

    def cancel(self) -> None:
        """End every training after its current batch; what is finished stays."""
        raise NotImplementedError

    def join(self, seconds: float) -> bool:
        """Wait until all is over and cleared away, at most so long; return whether it is."""
        raise NotImplementedError

    def take_runs(self) -> tuple[Run, ...]:
        """Return the runs of trials that ended since the last call, each once."""
        raise NotImplementedError

    @property
    def best(self) -> TrialReport | None:
        """The report with the best value of those that are over; None before there is one."""
        raise NotImplementedError

    @property
    def fraction(self) -> float:
        """The share of all work that is done, 0 to 1."""
        raise NotImplementedError

    @property
    def seconds(self) -> float:
        """How long it has been running, pauses left out."""
        raise NotImplementedError

    @property
    def seconds_left(self) -> float:
        """How long it will take at the speed until now; nan before anybody knows."""
        raise NotImplementedError
