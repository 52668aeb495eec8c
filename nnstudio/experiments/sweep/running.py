"""Running: a sweep being trained, in processes of this machine or of a cluster.

It is used so; a window looks at the reports in a timer instead of waiting::

    run = SweepRun(sweep, dataset)      # UserError where sweep.problems() has a sentence
    run.start()                         # returns at once
    while not run.join(0.1):
        run.reports                     # one TrialReport per trial, in their order
    run.phase, run.failure              # FINISHED, CANCELLED, or FAILED with a sentence
"""

from __future__ import annotations

import math
import sys
import threading
import time
from collections import deque
from contextlib import closing
from enum import StrEnum

from nnstudio.data.dataset import Dataset
from nnstudio.errors import UserError
from nnstudio.experiments.run import Run
from nnstudio.experiments.sweep.crew import crew_size
from nnstudio.experiments.sweep.ladder import Ladder
from nnstudio.experiments.sweep.pool import Pool
from nnstudio.experiments.sweep.report import TrialReport, best_of
from nnstudio.experiments.sweep.sweep import Sweep
from nnstudio.experiments.sweep.trial_book import TrialBook

_TICK_SECONDS = 0.1
_MISTAKE = "The sweep ended by a mistake of the program."


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
    """Trains the trials of ``sweep`` on ``dataset`` and tells how they stand.

    A thread of its own directs the workers. All that is public may be called from any thread and returns at
    once, but `join`; what is read are values that are replaced as a whole. Nothing here calls back.
    """

    def __init__(self, sweep: Sweep, dataset: Dataset, *, workers: int = 0, cluster: str = "") -> None:
        """Take what is to be done.

        Args:
            workers: how many trainings at once; 0 for as many as suit the machine.
            cluster: the address of a Dask scheduler, such as "tcp://10.0.0.1:8786", whose workers train then.

        Raises:
            UserError: the sweep cannot begin.
        """
        self.sweep = sweep
        self.dataset = dataset
        self.cluster = cluster
        self.phase = SweepPhase.READY
        self.failure = ""
        self._books = [TrialBook(trial, dataset, sweep.compared_by) for trial in sweep.trials()]
        self._by_number = {book.report.trial.number: book for book in self._books}
        self._ladder = Ladder(self._books, sweep.rungs)
        self.workers = workers or crew_size([book.report.trial for book in self._books], dataset)
        self.reports: tuple[TrialReport, ...] = tuple(book.report for book in self._books)
        self._orders: deque[SweepPhase] = deque()
        self._runs: deque[Run] = deque()
        self._told: set[str] = set()
        self._pool: Pool | None = None
        self._fraction = 0.0
        self._seconds, self._since = 0.0, math.nan
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._work, name="sweep", daemon=True)

    def start(self) -> None:
        """Begin; once only."""
        self.phase = SweepPhase.RUNNING
        self._since = time.monotonic()
        self._thread.start()

    def pause(self) -> None:
        """Hold every training after its current batch."""
        self._order(SweepPhase.PAUSED)

    def go_on(self) -> None:
        """Let every training go on after a pause."""
        self._order(SweepPhase.RUNNING)

    def cancel(self) -> None:
        """End every training after its current batch; what is finished stays."""
        self._order(SweepPhase.CANCELLED)

    def join(self, seconds: float) -> bool:
        """Wait until all is over and cleared away, at most so long; return whether it is."""
        return self._over.wait(seconds)  # Thread.join that Ctrl+C interrupts may take the thread for ended

    def take_runs(self) -> tuple[Run, ...]:
        """Return the runs of trials that ended since the last call, each once."""
        return tuple(self._runs.popleft() for _ in range(len(self._runs)))

    @property
    def best(self) -> TrialReport | None:
        """The best of the trials that are over and did not fail; None before there is one."""
        return best_of(self.reports, self.sweep.compared_by)

    @property
    def fraction(self) -> float:
        """The share of all work that is done, 0 to 1."""
        return 1.0 if self.phase.over else self._fraction

    @property
    def seconds(self) -> float:
        """How long it has been running, pauses left out."""
        since = self._since
        return self._seconds + (0.0 if math.isnan(since) else time.monotonic() - since)

    @property
    def seconds_left(self) -> float:
        """How long it will take at the speed until now; nan before anybody knows."""
        done = self._fraction
        return self.seconds / done * (1.0 - done) if done and not self.phase.over else math.nan

    def _order(self, order: SweepPhase) -> None:
        self._orders.append(order)
        pool = self._pool
        if pool is not None:
            pool.wake()

    def _work(self) -> None:
        phase = SweepPhase.FAILED
        try:
            with closing(self._made_pool()) as pool:
                self._pool = pool
                phase = self._direct(pool)
        except UserError as error:
            self.failure = str(error)
        except Exception:
            self.failure = _MISTAKE
            sys.excepthook(*sys.exc_info())
        self._pool = None
        if phase is SweepPhase.FAILED:
            self._ladder.give_up()
        self._publish()
        self._stop_clock()
        self.phase = phase
        self._over.set()

    def _made_pool(self) -> Pool:
        if self.cluster:
            from nnstudio.experiments.sweep.dask_pool import DaskPool

            return DaskPool(self.dataset, self.cluster)
        from nnstudio.experiments.sweep.local_pool import LocalPool

        return LocalPool(self.dataset, self.workers)

    def _direct(self, pool: Pool) -> SweepPhase:
        """Give out tasks and take what is told, until nothing is left."""
        ended, ladder, given = SweepPhase.FINISHED, self._ladder, 0
        while True:
            while self._orders:
                if self._obey(self._orders.popleft(), pool):
                    ended = SweepPhase.CANCELLED
            while given < pool.size and (task := ladder.next_task()) is not None:
                pool.begin(task)
                given += 1
            self._publish()
            if ladder.over:
                return ended
            for message in pool.messages(_TICK_SECONDS):
                given -= self._ladder.take(message)

    def _obey(self, order: SweepPhase, pool: Pool) -> bool:
        """Do what was asked for; return whether that was to end."""
        if order is SweepPhase.CANCELLED:
            self._ladder.cancel()
            pool.cancel()
            return True
        held = order is SweepPhase.PAUSED
        if self.phase is not order:
            self._stop_clock()
            if not held:
                self._since = time.monotonic()
            self.phase = order
            pool.hold(held)
        return False

    def _stop_clock(self) -> None:
        self._seconds, self._since = self.seconds, math.nan

    def _publish(self) -> None:
        self.reports = tuple(book.report for book in self._books)
        self._fraction = self._ladder.fraction()
        for report in self.reports:
            if report.run is not None and report.run.key not in self._told:
                self._told.add(report.run.key)
                self._runs.append(report.run)
