"""Pacer: measures in the background how fast networks learn here, the one that is being built first.

What layers and optimizers cost is measured once on a machine: from that any other network's pace is known.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from nnstudio.data.watch import Watch
from nnstudio.experiments.blas_threads import blas_threads
from nnstudio.experiments.pace import Pace, Trial
from nnstudio.experiments.rates import Rates, measure_rates
from nnstudio.formats.pace_file import Paces, pace_path, read_paces, short_key, write_paces
from nnstudio.formats.rates_file import rates_path, read_rates, write_rates
from nnstudio.session.document import Document
from nnstudio.session.job import Job

_SETTLED_MS = 500
_STOP_SECONDS = 2.0
_FINE_SECONDS = 1e-6
_UNMEASURED = Rates()  # of no machine at all
# What else the machine does counts only where this clock is too coarse.
_THREAD_IS_FINE = time.get_clock_info("thread_time").resolution <= _FINE_SECONDS
_CLOCK = time.thread_time if _THREAD_IS_FINE else time.perf_counter


@dataclass(frozen=True)
class Estimate:
    """The seconds of an epoch; not ``measured`` is what was worked out from a network like it."""

    seconds: float
    measured: bool


class Pacer(QObject):
    """Keeps paces by what they depend on; while a training runs nothing is measured.

    Signals:
        changed(): Something was measured.
    """

    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._path, self._rates_path = pace_path(), rates_path()
        self._paces: Paces | None = None
        self._rates: Rates | None = None
        self._last: tuple[Trial, Pace] | None = None
        self._guessed: tuple[Rates, Trial, Pace] | None = None  # of the last one
        self._wanted: list[Trial] = []
        self._unknowable: set[str] = set()
        self._under_way: Trial | None = None
        self._sought = self._closed = False
        self._job: Job | None = None
        self._held = False
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._measure_open)
        document.settled.connect(self._follow)

    def estimate(self) -> Estimate | None:
        """Return what an epoch of the open study takes; None where it cannot be trained."""
        document = self._document
        if document.obstacle:
            return None
        return self.estimate_of(Trial(document.design, document.study.plan, document.facts))

    def estimate_of(self, trial: Trial) -> Estimate:
        """Return what an epoch of another network takes."""
        known, count = self._known(trial), trial.facts.training_count
        pace = known or self._worked_out(trial)
        return Estimate(pace.epoch(trial.plan, count, trial.facts.validation_count), known is not None)

    def want(self, *trials: Trial) -> None:
        """Measure networks that are not known yet, one after another."""
        waiting = {trial.key for trial in self._wanted}
        self._wanted += [one for one in trials if self._is_open(one) and one.key not in waiting]
        self._next()

    def hold(self, held: bool) -> None:
        """Measure nothing for now; what was begun is dropped and done later."""
        self._held = held or self._closed
        if self._held and self._job is not None:
            self._job.cancel()
            self._wanted[:0] = [self._under_way] if self._under_way is not None else []
            self._job = self._under_way = None
        self._next()

    def close(self) -> None:
        """End the thread, for good: one that computes while the program ends brings it down."""
        self._closed = True
        self._settled.stop()
        self._wanted.clear()
        job = self._job
        self.hold(True)
        if job is not None:
            job.join(_STOP_SECONDS)

    def _follow(self) -> None:
        self._settled.start()

    def _measure_open(self) -> None:
        document = self._document
        if not document.obstacle:
            trial = Trial(document.design, document.study.plan, document.facts)
            known = self._known(trial)
            if known is not None:
                self._last = (trial, known)
            elif self._is_open(trial):
                self._wanted.insert(0, trial)
        self._next()

    def _known(self, trial: Trial) -> Pace | None:
        if self._paces is None:
            self._paces = read_paces(self._path)
        return self._paces.get(short_key(trial.key))

    def _is_open(self, trial: Trial) -> bool:
        busy = self._under_way is not None and self._under_way.key == trial.key
        return not busy and self._known(trial) is None and trial.key not in self._unknowable

    def _worked_out(self, trial: Trial) -> Pace:
        """Return what its parts say, corrected by how wrong they were for a network of the same kinds."""
        rates = self._known_rates() or _UNMEASURED
        guess = rates.guess(trial)
        if self._last is None or (rates is not _UNMEASURED and self._last[0].kinds != trial.kinds):
            return guess
        like, pace = self._last
        if self._guessed is None or self._guessed[0] is not rates or self._guessed[1] is not like:
            self._guessed = (rates, like, rates.guess(like))
        return guess.scaled(pace.batch / self._guessed[2].batch)

    def _known_rates(self) -> Rates | None:
        if self._rates is None and not self._sought:
            self._sought, self._rates = True, read_rates(self._rates_path)
        return self._rates

    def _next(self) -> None:
        if self._held or self._job is not None:
            return
        if self._wanted:
            self._under_way = self._wanted.pop(0)
            self._begin(_Work(self._under_way), self._take)
        elif self._known_rates() is None:
            self._begin(_measured_rates, self._take_rates)

    def _begin(self, work: Callable[[Watch], object], take: Callable[[Any], None]) -> None:
        self._job = Job("pace", work)
        self._job.succeeded.connect(take)
        self._job.start()

    def _take_rates(self, rates: Rates) -> None:
        self._rates, self._job = rates, None
        write_rates(self._rates_path, rates)
        self.changed.emit()
        self._next()

    def _take(self, pace: Pace | None) -> None:
        trial, self._under_way, self._job = self._under_way, None, None
        if trial is None:
            return
        if pace is None:
            self._unknowable.add(trial.key)
        elif self._paces is not None:
            self._paces[short_key(trial.key)] = pace
            self._last = (trial, pace)
            write_paces(self._path, self._paces)
        self.changed.emit()
        self._next()


@dataclass(frozen=True)
class _Work:
    """One measurement, for a thread of its own."""

    trial: Trial

    def __call__(self, watch: Watch) -> Pace | None:
        with blas_threads(1):
            return self.trial.run(watch, _CLOCK)


def _measured_rates(watch: Watch) -> Rates:
    with blas_threads(1):
        return measure_rates(watch, _CLOCK)
