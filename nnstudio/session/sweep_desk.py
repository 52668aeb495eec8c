"""SweepDesk: the sweep of this session: begun, held, ended; what comes out of it becomes runs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from nnstudio.data.dataset import Dataset
from nnstudio.data.watch import Watch
from nnstudio.engine.fit_words import count_words
from nnstudio.experiments.sweep.draft import SweepDraft
from nnstudio.experiments.sweep.facts import study_as_tried, trial_title
from nnstudio.experiments.sweep.report import TrialReport
from nnstudio.experiments.sweep.running import SweepPhase, SweepRun
from nnstudio.session.sweep_harvest import SweepHarvest

if TYPE_CHECKING:
    from nnstudio.session.session import Session

PLACE = "Preparing the sweep"
_LOOK_MS = 250
_END_SECONDS = 5.0
Reports = tuple[TrialReport, ...]


class SweepDesk(QObject):
    """Looks at the sweep by a timer; a training of the window's own and a sweep never train at once here.

    A sweep that begins, or goes on, holds the training; while a training runs the sweep waits, and goes on
    after it. One on a cluster is in nobody's way.

    Signals:
        changed(): Another sweep, or it holds, goes on or has ended.
        progressed(): What it tells may be other than before.
    """

    changed = Signal()
    progressed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.run: SweepRun | None = None
        self.draft: SweepDraft | None = None  # what was asked for last
        self.waits = False  # for the training to end or hold
        self._phase: SweepPhase | None = None
        self._harvest = SweepHarvest()
        self._ending: list[SweepRun] = []
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        session.run_changed.connect(self._make_way)
        session.project.opened.connect(self._leave)

    @property
    def _session(self) -> Session:
        """Its parent, asked for anew: a reference each way would be a circle."""
        session = self.parent()
        return session  # type: ignore[return-value]

    @property
    def phase(self) -> SweepPhase | None:
        """What the sweep is doing; None without one."""
        return self._phase

    @property
    def under_way(self) -> bool:
        """Whether there is a sweep that has not ended, trained or held."""
        return self.run is not None and not self.run.phase.over

    @property
    def trains_here(self) -> bool:
        """Whether this machine is busy with it."""
        run = self.run
        return run is not None and run.phase is SweepPhase.RUNNING and not run.cluster and not self.waits

    @property
    def reports(self) -> Reports:
        """How each trial stands."""
        return self.run.reports if self.run is not None else ()

    def key_of(self, report: TrialReport) -> str:
        """Return the key of the run that a trial became; "" where it became none or that is gone."""
        key = self._harvest.key(report)
        return key if any(run.key == key for run in self._session.all_runs) else ""

    def start(self, draft: SweepDraft) -> None:
        """Begin what ``draft`` says with the open data; nothing while another is under way."""
        if self.under_way or draft.problem:
            return
        self.draft = draft
        work = partial(_made, draft, self._session.dataset)
        self._session.jobs.start(PLACE, work, self.begin, place=PLACE)

    def begin(self, run: SweepRun) -> None:
        """Let a sweep begin that is ready."""
        if self.under_way:
            return
        self.run, self._harvest = run, SweepHarvest()
        self._make_room()
        run.start()
        self._timer.start()
        self._look()

    def pause(self) -> None:
        """Hold every training of the sweep after its current batch."""
        if self.run is not None:
            self.waits = False
            self.run.pause()
            self._look()

    def go_on(self) -> None:
        """Go on after a pause; a training of the window's own is held."""
        if self.run is not None:
            self._make_room()
            self.run.go_on()
            self._look()

    def cancel(self) -> None:
        """End it; what was trained until now stays."""
        if self.run is not None:
            self.waits = False
            self.run.cancel()

    def put_away(self) -> None:
        """Let go of a sweep that has ended; its runs stay in the project."""
        if self.run is not None and not self.under_way:
            self._forget()

    def use(self, report: TrialReport) -> None:
        """Take the settings of a trial into the document, as one step to undo."""
        document = self._session.document
        if self.run is not None:
            study = study_as_tried(document.study, self.run.sweep, report.trial)
            document.edit(f"use {trial_title(report.trial).lower()}: {report.trial.name}", study)

    def close(self) -> bool:
        """End all processes; return whether they ended."""
        self._timer.stop()
        if self.run is not None:
            self._ending.append(self.run)
        for run in self._ending:
            run.cancel()
        return all([run.join(_END_SECONDS) for run in self._ending if run.phase is not SweepPhase.READY])

    def _make_room(self) -> None:
        """Hold the training of the window, which would use the same processors."""
        self.waits = False
        if self.run is not None and not self.run.cluster:
            self._session.pause()

    def _make_way(self) -> None:
        """Hold the sweep while a training runs, and let it go on afterwards."""
        run = self.run
        if run is None or run.cluster or run.phase.over:
            return
        if self._session.running and run.phase is SweepPhase.RUNNING and not self.waits:
            self.waits = True
            run.pause()
            self._look()
        elif self.waits and not self._session.running:
            self.waits = False
            run.go_on()
            self._look()

    def _look(self) -> None:
        """Take what is new."""
        run = self.run
        if run is None:
            return
        phase = run.phase  # before the reports: what is over tells no more
        self._session.keep_runs(self._harvest.new_runs(run.reports))
        if phase is not self._phase:
            self._phase = phase
            if phase.over:
                self._end(run, phase)
            self.changed.emit()
        self.progressed.emit()

    def _end(self, run: SweepRun, phase: SweepPhase) -> None:
        self._timer.stop()
        self.waits = False
        if phase is SweepPhase.FAILED:
            self._session.failed.emit("The sweep ended", run.failure)
        else:
            self._session.told.emit(ended_words(run))

    def _leave(self) -> None:
        """Another project is open: the sweep was none of it."""
        self._session.jobs.cancel(PLACE)
        self.draft = None
        if self.run is not None:
            self.run.cancel()
            self._ending = [*(run for run in self._ending if not run.phase.over), self.run]
            self._forget()

    def _forget(self) -> None:
        self._timer.stop()
        self.run = self._phase = None
        self.waits = False
        self.changed.emit()
        self.progressed.emit()


def ended_words(run: SweepRun) -> str:
    """Return what a sweep came to, as a sentence."""
    best, trials = run.best, count_words(len(run.reports), "trial")
    said = "Cancelled the sweep" if run.phase is SweepPhase.CANCELLED else f"The sweep of {trials} is done"
    return f"{said}." if best is None else f"{said}. Best is {trial_title(best.trial)}: {best.trial.name}."


def _made(draft: SweepDraft, dataset: Dataset, watch: Watch) -> SweepRun:
    """Return a sweep that is ready to begin; to look at all its trials may take a second."""
    watch.go_on()
    choices = draft.choices
    return SweepRun(draft.sweep, dataset, workers=choices.workers or 0, cluster=choices.cluster.strip())
