"""LiveChanges: what a person changes about a training that goes on, applied between two of its batches."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

from nnstudio.engine.optimizers import Optimizer
from nnstudio.engine.run_state import RunState
from nnstudio.engine.value_words import choice_words
from nnstudio.experiments.marks import MarkKind
from nnstudio.experiments.study import Study

Change = tuple[MarkKind, str]


class LiveChanges:
    """The study as it is wanted, and as it is trained until the next batch.

    Any thread asks; the training's thread applies. Values and no queue: what was asked for and taken back
    before a batch came leaves no trace.
    """

    def __init__(self, study: Study) -> None:
        self.wanted = self.applied = study
        self._epochs: int | None = None
        self._lock = threading.Lock()
        self.waiting = False  # looked at before each batch, so it is a plain attribute

    @property
    def kept(self) -> Study:
        """What a project keeps: the number of epochs that is wanted, the learning rate of the last batch."""
        return replace(self.applied, plan=self.wanted.plan)

    def ask_for_epochs(self, epochs: int) -> None:
        """Want another number of epochs in all."""
        with self._lock:
            self.wanted = replace(self.wanted, plan=replace(self.wanted.plan, epochs=epochs))
            self._epochs, self.waiting = epochs, True

    def ask_for_rate(self, optimizer: Optimizer) -> None:
        """Want the learning rate and the schedule of ``optimizer``, which is otherwise the same."""
        with self._lock:
            design = replace(self.wanted.design, optimizer=optimizer)
            self.wanted, self.waiting = replace(self.wanted, design=design), True

    def apply(self, state: RunState) -> tuple[Change, ...]:
        """Change ``state`` to what is wanted; return what is to be told of it."""
        with self._lock:
            changes = (*self._apply_epochs(state), *self._apply_rate(state))
            self.applied, self.waiting, self._epochs = self.wanted, False, None
        return changes

    def wants_more(self, state: RunState) -> bool:
        """Whether epochs were asked for that the training, which has ended, does not know of yet."""
        return self._epochs is not None and self._epochs > state.epoch

    def _apply_epochs(self, state: RunState) -> Iterator[Change]:
        if self._epochs is None or self._epochs == state.epochs:
            return
        before, state.epochs = state.epochs, max(self._epochs, state.epoch, 1)
        yield MarkKind.EDIT, f"Epochs {before:,} → {state.epochs:,}"

    def _apply_rate(self, state: RunState) -> Iterator[Change]:
        before, after = state.network.design.optimizer, self.wanted.design.optimizer
        if before == after:
            return
        rate = state.slots.learning_rate
        state.change_rate(after)
        if before.learning_rate != after.learning_rate:
            yield MarkKind.RATE, f"Learning rate {rate:.4g} → {after.learning_rate:.4g}"
        if before.schedule != after.schedule:
            yield MarkKind.RATE, f"Schedule: {choice_words(type(after.schedule)).lower()}"
