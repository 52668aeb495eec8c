"""Work: one task of a sweep is trained, in whatever process or machine; the same bits everywhere."""

from __future__ import annotations

import platform
import secrets
import sys
import time
from collections.abc import Callable

from nnstudio.data.dataset import Dataset
from nnstudio.engine.progress import Check, Epoch, Step
from nnstudio.engine.run_state import RunState
from nnstudio.engine.training import train
from nnstudio.errors import DivergedError, UserError
from nnstudio.experiments.history import History
from nnstudio.experiments.run import Outcome
from nnstudio.experiments.sweep.messages import Ended, Place, Task, Told

_TELL_SECONDS = 0.1
_NO_MEMORY = "The memory of this machine is not enough for this trial beside the others. Use fewer workers."


class Work:
    """Trains ``task`` on ``dataset`` and tells how it goes, ten times a second at most.

    ``held`` is asked between batches; it returns late while the training shall wait, and says whether it
    shall end. With ``whole`` the last message has all rows of the task.
    """

    def __init__(
        self,
        task: Task,
        dataset: Dataset,
        tell: Callable[[Told], None],
        held: Callable[[], bool],
        *,
        whole: bool = False,
    ) -> None:
        self._task = task
        self._dataset = dataset
        self._tell = tell
        self._held = held
        self._whole = whole
        self._attempt = secrets.token_hex(4)
        self._history = History.of(task.study.design)
        self._told = (0, 0)
        self._seconds = task.seconds
        self._state: RunState | None = None

    def run(self) -> Ended:
        """Train; whatever goes wrong is told as a sentence."""
        try:
            return self._ended(self._train())
        except UserError as error:
            sound = isinstance(error, DivergedError)  # the weights are those before that batch
            return self._ended(Outcome.FAILED, str(error), keep=sound)
        except MemoryError:
            return self._ended(Outcome.FAILED, _NO_MEMORY, keep=False)
        except Exception as error:
            sys.excepthook(*sys.exc_info())
            sentence = f"It ended by a mistake of the program: {type(error).__name__}: {error}"
            return self._ended(Outcome.FAILED, sentence, keep=False)

    def _train(self) -> Outcome:
        state = self._state = self._begin()
        end = min(self._task.until, state.epochs)
        told_at = clock = time.perf_counter()
        self._tell(self._news())
        if state.epoch >= end:
            return self._outcome()
        for event in train(state):
            now = time.perf_counter()
            self._seconds += now - clock
            self._record(state, event)
            if isinstance(event, Epoch) and state.epoch >= min(end, state.epochs):
                return self._outcome()
            if now - told_at > _TELL_SECONDS:
                told_at = now
                self._tell(self._news())
            if self._held():
                return Outcome.STOPPED
            clock = time.perf_counter()
        return self._outcome()

    def _begin(self) -> RunState:
        task = self._task
        training, validation = self._dataset.split(task.study.plan.validation_split)
        shape = self._dataset.facts.sample_shape
        parts = (task.study.design, task.study.plan, shape, training, validation)
        return RunState.start(*parts) if task.saved is None else RunState.resume(task.saved, *parts)

    def _outcome(self) -> Outcome:
        state = self._state
        return Outcome.FINISHED if state is not None and state.epoch >= state.epochs else Outcome.PAUSED

    def _record(self, state: RunState, event: Step | Check | Epoch) -> None:
        if isinstance(event, Step):
            position = event.epoch - 1 + event.batch / state.batches
            rate = event.learning_rate
            self._history.add_step(event.iteration, position, self._seconds, rate, event.values)
        elif isinstance(event, Epoch):
            self._history.add_epoch(event.epoch, event.iteration, self._seconds, event.values)

    def _news(self, *, whole: bool = False) -> Told:
        """Return the rows since the last news, or all."""
        steps, epochs = self._history.steps.rows(), self._history.epochs.rows()
        since = (0, 0) if whole else self._told
        self._told = len(steps), len(epochs)
        told = steps[since[0] :].copy(), epochs[since[1] :].copy()
        return Told(self._task.number, self._attempt, self._place(), *told)

    def _place(self) -> Place:
        state = self._state
        if state is None:
            return Place(epochs=self._task.study.plan.epochs, seconds=self._seconds)
        return Place(state.epoch, state.epochs, state.batch, state.batches, self._seconds)

    def _ended(self, outcome: Outcome, sentence: str = "", *, keep: bool = True) -> Ended:
        told = self._news(whole=self._whole)
        saved = self._state.save() if self._state is not None and keep else None
        return Ended(told, outcome, sentence, saved, platform.node(), self._whole)
