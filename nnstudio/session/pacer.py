"""Pacer: measures in the background how fast networks learn here, the one that is being built first."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from nnstudio.data.watch import Watch
from nnstudio.experiments.one_thread import one_thread
from nnstudio.experiments.pace import Pace, Trial
from nnstudio.formats.pace_file import Paces, pace_path, read_paces, short_key, write_paces
from nnstudio.session.document import Document
from nnstudio.session.job import Job

_SETTLED_MS = 500


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
        self._path = pace_path()
        self._paces: Paces | None = None
        self._last: tuple[Trial, Pace] | None = None
        self._wanted: list[Trial] = []
        self._unknowable: set[str] = set()
        self._under_way: Trial | None = None
        self._job: Job | None = None
        self._held = False
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._measure_open)
        document.checked.connect(self._follow)
        document.changed.connect(self._follow)

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
        return Estimate(pace.epoch(trial.plan, count), known is not None)

    def want(self, *trials: Trial) -> None:
        """Measure networks that are not known yet, one after another."""
        waiting = {trial.key for trial in self._wanted}
        self._wanted += [one for one in trials if self._is_open(one) and one.key not in waiting]
        self._next()

    def hold(self, held: bool) -> None:
        """Measure nothing for now; what was begun is dropped and done later."""
        self._held = held
        if held and self._job is not None and self._under_way is not None:
            self._job.cancel()
            self._wanted.insert(0, self._under_way)
            self._job = self._under_way = None
        self._next()

    def close(self) -> None:
        """End the thread."""
        self._settled.stop()
        self._wanted.clear()
        self.hold(True)

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
        """Return what counts say, corrected by how wrong they were for the network measured last."""
        guess = trial.guess()
        if self._last is None:
            return guess
        like, pace = self._last
        return guess.scaled(pace.batch / like.guess().batch)

    def _next(self) -> None:
        if self._held or self._job is not None or not self._wanted:
            return
        trial = self._under_way = self._wanted.pop(0)
        self._job = Job("pace", _Work(trial))
        self._job.succeeded.connect(self._take)
        self._job.start()

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
        with one_thread():
            return self.trial.run(watch)
