"""TrainingRun: one training in a thread of its own."""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from nnstudio.data.dataset import Dataset
from nnstudio.engine.network import Snapshot
from nnstudio.engine.progress import Epoch, Step
from nnstudio.engine.run_state import RunState
from nnstudio.engine.training import train
from nnstudio.errors import DivergedError, UserError
from nnstudio.experiments.history import History
from nnstudio.experiments.run import Outcome, Run
from nnstudio.experiments.starting import Start
from nnstudio.experiments.study import Study
from nnstudio.experiments.timeline import Timeline
from nnstudio.session.one_thread import one_thread
from nnstudio.session.run_progress import Progress
from nnstudio.session.run_recorder import RunRecorder
from nnstudio.session.telling import tell

_GATE_SECONDS = 0.05
_THREAD_END_SECONDS = 1.0


class Phase(StrEnum):
    """What a run is doing."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    FINISHED = "finished"
    FAILED = "failed"


class TrainingRun(QObject):
    """Freezes its study at the start and trains it, from fresh weights or those of ``start``.

    Or goes on with one that was ``kept``.

    Pausing ends the thread after the current batch: all that the run is stands in its `RunState`, and
    resuming starts another thread over it. What the window shows it pulls: `progress`, `history`, `snapshot`;
    what a project keeps, `kept`.

    Signals:
        phase_changed(): `phase` is another one.
        failed(sentence): The run ended with an error that a person can understand.
        told(sentence): The training did something by itself: it slowed down, ended early, put weights back.
    """

    phase_changed = Signal()
    failed = Signal(str)
    told = Signal(str)

    def __init__(
        self,
        study: Study,
        dataset: Dataset,
        parent: QObject | None = None,
        *,
        kept: Run | None = None,
        start: Start | None = None,
    ) -> None:
        super().__init__(parent)
        self.study = study
        self.dataset = dataset
        self.phase = Phase.STOPPED
        self.diverged = False
        self.gate = threading.Event()
        self.gate.set()
        self._recorder = RunRecorder(study, dataset, start)
        self._state: RunState | None = None
        self._halt = threading.Event()
        self._halted_phase = Phase.PAUSED
        self._phase_lock = threading.Lock()
        self._thread = threading.Thread()
        self._kept: Run | None = None
        if kept is not None:
            self._recorder.go_on_from(kept)
            self.phase = Phase(kept.outcome.value)

    @property
    def key(self) -> str:
        """What tells the run apart from all others."""
        return self._recorder.key

    @property
    def progress(self) -> Progress:
        """Where the run is."""
        return self._recorder.progress

    @property
    def history(self) -> History:
        """The record of every batch and every epoch."""
        return self._recorder.history

    @property
    def snapshot(self) -> Snapshot | None:
        """The newest weights, not older than a quarter of a second; None before the first."""
        return self._recorder.snapshot

    @property
    def timeline(self) -> Timeline:
        """The weights on the way."""
        return self._recorder.timeline

    def relabel(self, **labels: str | int) -> None:
        """Give the run another name, note, tags or colour."""
        self._recorder.relabel(**labels)
        self._kept = None

    def kept(self) -> Run:
        """Return what a project keeps of the run as it is now, the same value while nothing happens.

        A run that is running will be a paused one.
        """
        if self.phase is Phase.RUNNING:
            return self._recorder.kept(self.study, Outcome.PAUSED)
        study, outcome = self.study, Outcome(self.phase.value)
        if self._kept is None or (self._kept.study, self._kept.outcome) != (study, outcome):
            self._kept = self._recorder.kept(study, outcome)
        return self._kept

    def start(self, *, steps: int | None = None) -> None:
        """Train on from where the run is, to the end or for ``steps`` batches; nothing while it runs."""
        if self.phase is Phase.RUNNING:
            return
        self.join(_THREAD_END_SECONDS)  # a thread that just told its phase may still be on its last lines
        self._halt.clear()
        self._halted_phase = Phase.PAUSED
        self._thread = threading.Thread(target=self._work, args=(steps,), name="training", daemon=True)
        self.phase, self._kept = Phase.RUNNING, None
        tell(self.phase_changed)
        self._thread.start()

    def pause(self) -> None:
        """Hold after the current batch."""
        self._halted_phase = Phase.PAUSED
        self._halt.set()

    def stop(self) -> None:
        """End after the current batch, keeping the weights; works while paused too."""
        with self._phase_lock:  # the worker may be pausing at this very moment
            self._halted_phase = Phase.STOPPED
            self._halt.set()
            held = self.phase is Phase.PAUSED
            if held:
                self.phase = Phase.STOPPED
        if held:
            tell(self.phase_changed)

    def extend(self, epochs: int) -> None:
        """Set how many epochs there will be in all, not fewer than are done."""
        epochs = max(epochs, self.progress.epoch, 1)
        self.study = replace(self.study, plan=replace(self.study.plan, epochs=epochs))
        self._recorder.progress = replace(self.progress, epochs=epochs)
        if self._state is not None:
            self._state.epochs = epochs

    def join(self, seconds: float) -> bool:
        """Wait until the thread has ended; return whether it has."""
        if self._thread.ident is not None:
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def _work(self, steps: int | None) -> None:
        ended: Phase | None = Phase.FAILED
        try:
            with one_thread():  # a second BLAS thread fights with the window
                ended = Phase.FINISHED if self._train(steps) else None
        except UserError as error:
            self.diverged = isinstance(error, DivergedError)
            tell(self.failed, str(error))
        except Exception:
            sys.excepthook(*sys.exc_info())
        finally:
            if self._state is not None:
                self._recorder.hold(self._state, sound=ended is not Phase.FAILED)
            with self._phase_lock:
                self.phase = ended or self._halted_phase
            tell(self.phase_changed)

    def _train(self, steps: int | None) -> bool:
        """Train until the end, a halt or ``steps`` batches; return whether it was the end."""
        if self._state is None:
            self._state = self._recorder.begin(self.study, self.dataset)
        state, recorder = self._state, self._recorder
        clock = time.perf_counter()
        for event in train(state):
            if isinstance(event, Step):
                steps = None if steps is None else steps - 1
            now = time.perf_counter()
            recorder.record(state, event, now - clock)
            if isinstance(event, Epoch) and event.notes:
                tell(self.told, " ".join(event.notes))
            if self._halt.is_set() or steps == 0:
                return False
            if not self.gate.is_set():
                self.gate.wait(_GATE_SECONDS)
            clock = time.perf_counter()
        return True
