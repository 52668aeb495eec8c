"""TrainingRun: one training in a thread of its own."""

from __future__ import annotations

import math
import sys
import threading
import time
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from nnstudio.data.dataset import Dataset
from nnstudio.engine.optimizers import Optimizer
from nnstudio.engine.progress import Epoch, Step
from nnstudio.engine.run_state import RunState
from nnstudio.engine.training import train
from nnstudio.errors import DivergedError, UserError
from nnstudio.experiments.blas_threads import blas_threads
from nnstudio.experiments.marks import MarkKind
from nnstudio.experiments.run import Run
from nnstudio.experiments.starting import Start
from nnstudio.experiments.study import Study
from nnstudio.session.phase import Phase as Phase
from nnstudio.session.run_progress import clock_words
from nnstudio.session.run_results import RunResults
from nnstudio.session.telling import tell

_GATE_SECONDS = 0.05
_SHORT_SECONDS = 0.003  # longer batches are computed beside the interpreter: they disturb no drawing
_THREAD_END_SECONDS = 1.0


class TrainingRun(RunResults):
    """Freezes its study at the start and trains it, from fresh weights or those of ``start``.

    Or goes on with one that was ``kept``.

    Pausing ends the thread after the current batch: all that the run is stands in its `RunState`, and
    resuming starts another thread over it. What the window shows it pulls: `progress`, `history`, `snapshot`;
    what a project keeps, `kept`.

    Signals:
        phase_changed(): `phase` is another one.
        failed(sentence): The run ended with an error that a person can understand.
        told(sentence): The training did something by itself: it slowed down, ended early, put weights back.
        changed(words): Something that a person changed holds from here on.
    """

    phase_changed = Signal()
    failed = Signal(str)
    told = Signal(str)
    changed = Signal(str)

    def __init__(
        self,
        study: Study,
        dataset: Dataset,
        parent: QObject | None = None,
        *,
        kept: Run | None = None,
        start: Start | None = None,
    ) -> None:
        super().__init__(study, dataset, parent, kept, start)
        self.diverged = False
        self.threads = study.plan.threads
        self.failure = ""  # why it failed, as sentences
        self._held_at: float | None = None
        self._began_at = math.nan
        self._pause_words = ""
        self.gate = threading.Event()
        self.gate.set()
        self._state: RunState | None = None
        self._halt = threading.Event()
        self._halted_phase = Phase.PAUSED
        self._phase_lock = threading.Lock()
        self._thread = threading.Thread()

    @property
    def study(self) -> Study:
        """What is trained, as a person wants it; from the next batch on it is so."""
        return self._changes.wanted

    def start(self, *, steps: int | None = None) -> None:
        """Train on from where the run is, to the end or for ``steps`` batches; nothing while it runs."""
        if self.phase is Phase.RUNNING:
            return
        self.join(_THREAD_END_SECONDS)  # a thread that just told its phase may still be on its last lines
        self._halt.clear()
        self._halted_phase = Phase.PAUSED
        self._pause_words = self._words_of_pause() if steps is None else ""
        if math.isnan(self._began_at):
            self._began_at = time.monotonic() - self.progress.seconds
        self._thread = threading.Thread(target=self._work, args=(steps,), name="training", daemon=True)
        self.phase, self._kept = Phase.RUNNING, None
        tell(self.phase_changed)
        self._thread.start()

    @property
    def wall_seconds(self) -> float:
        """The time since the run began here, pauses and all; nan before it does."""
        until = self._held_at if self.phase is not Phase.RUNNING and self._held_at is not None else None
        return (time.monotonic() if until is None else until) - self._began_at

    def _words_of_pause(self) -> str:
        """Say how long the run was held, where it was and had begun."""
        if self.phase is not Phase.PAUSED or not self.progress.done:
            return ""
        if self._held_at is None:
            return "Paused, and opened again"
        return f"Paused for {clock_words(time.monotonic() - self._held_at)}"

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
        with self._phase_lock:  # the worker may be at its end at this very moment
            self._changes.ask_for_epochs(epochs)
            if self.phase is not Phase.RUNNING:  # else the worker tells it with the next batch
                self._recorder.progress = replace(self.progress, epochs=epochs)

    def change_rate(self, optimizer: Optimizer) -> None:
        """Take the learning rate and schedule of ``optimizer`` before the next batch."""
        self._changes.ask_for_rate(optimizer)

    def join(self, seconds: float) -> bool:
        """Wait until the thread has ended; return whether it has."""
        if self._thread.ident is not None:
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def _work(self, steps: int | None) -> None:
        with blas_threads(self.threads):  # one by default: a second one fights with the window
            while not self._end(self._attempt(steps)):
                pass  # more epochs were asked for at the last moment
        tell(self.phase_changed)

    def _attempt(self, steps: int | None) -> Phase | None:
        """Train; return how it ended, None where it was held."""
        try:
            return Phase.FINISHED if self._train(steps) else None
        except UserError as error:
            self.diverged = isinstance(error, DivergedError)
            self.failure = str(error)
            tell(self.failed, str(error))
        except Exception:
            sys.excepthook(*sys.exc_info())
        return Phase.FAILED

    def _end(self, ended: Phase | None) -> bool:
        """Leave everything as it is to be found; return whether this is the end."""
        state = self._state
        if state is not None:
            self._recorder.hold(state, sound=ended is not Phase.FAILED)
        with self._phase_lock:
            if ended is Phase.FINISHED and state is not None and self._changes.wants_more(state):
                return False
            self.phase = ended or self._halted_phase
            self._held_at = time.monotonic()
        return True

    def _train(self, steps: int | None) -> bool:
        """Train until the end, a halt or ``steps`` batches; return whether it was the end."""
        state, recorder, changes = self._begin(), self._recorder, self._changes
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
            if changes.waiting:
                self._apply_changes(state)
            if now - clock < _SHORT_SECONDS and not self.gate.is_set():
                self.gate.wait(_GATE_SECONDS)
            clock = time.perf_counter()
        return True

    def _begin(self) -> RunState:
        """Return the state to go on from, with all that was asked for meanwhile."""
        state = self._state
        if state is None:
            state = self._state = self._recorder.begin(self._changes.applied, self.dataset)
        if self._pause_words:
            self._recorder.mark(state, MarkKind.PAUSE, self._pause_words)
        self._apply_changes(state)
        return state

    def _apply_changes(self, state: RunState) -> None:
        for kind, words in self._changes.apply(state):
            self._recorder.mark(state, kind, words)
            tell(self.changed, words)
