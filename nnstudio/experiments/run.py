"""Run: one training as it is kept: its own frozen study, the exact record, and the weights on its way."""

from __future__ import annotations

import platform
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

import numpy as np

from nnstudio.data.fitted import Fitted
from nnstudio.engine.network import Snapshot
from nnstudio.engine.optimizer_state import OptimizerState
from nnstudio.engine.saved_state import SavedState
from nnstudio.experiments.history import History
from nnstudio.experiments.marks import Marks
from nnstudio.experiments.study import Study
from nnstudio.experiments.timeline import Checkpoint, Timeline
from nnstudio.experiments.trained import TrainedModel
from nnstudio.task import Shape


class Outcome(StrEnum):
    """How a run stands, or how it ended."""

    PAUSED = "paused"
    STOPPED = "stopped"
    FINISHED = "finished"
    FAILED = "failed"


@dataclass(frozen=True, eq=False)
class Run:
    """What a project keeps of a training.

    ``key`` tells runs apart. ``study`` is that of the start, with the number of epochs asked for and the
    learning rate set in the end; ``marks`` tell when.
    ``seconds`` is pure training time. With ``state`` the run goes on to the bits of one that never stopped.
    With ``optimizer_state``, which a file gave, other trainings go on from its weights. ``fitted`` is what
    turns new rows into its inputs; None where nobody knows. ``color`` counts through the colours of runs;
    ``tags`` are words with commas between them.
    """

    key: str
    study: Study
    input_shape: Shape
    class_names: tuple[str, ...]
    history: History
    timeline: Timeline
    state: SavedState | None = None
    outcome: Outcome = Outcome.STOPPED
    name: str = ""
    note: str = ""
    seconds: float = 0.0
    started: str = field(default_factory=lambda: now())
    machine: str = field(default_factory=platform.node)
    optimizer_state: OptimizerState | None = None
    fitted: Fitted | None = None
    marks: Marks = ()
    color: int = 0
    tags: str = ""

    @property
    def last(self) -> Checkpoint | None:
        """The weights that the run came to."""
        checkpoints = self.timeline.checkpoints
        return checkpoints[-1] if checkpoints else None

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do of what was asked for."""
        return self.outcome in (Outcome.FINISHED, Outcome.FAILED)

    @property
    def shown(self) -> Checkpoint | None:
        """The weights that predict: the last ones, or the best ones where the training put these back."""
        best = self.timeline.best
        numbers = self.state.numbers.get("best") if self.state is not None else None
        put_back = isinstance(numbers, dict) and numbers.get("in_place") is True
        return best if put_back and best is not None else self.last

    def model(self, checkpoint: Checkpoint | None = None) -> TrainedModel | None:
        """Return the network at ``checkpoint``, with the record until there; or the one that predicts."""
        chosen = checkpoint or self.shown
        if chosen is None:
            return None
        snapshot = Snapshot(self.study.design, self.input_shape, chosen.parameters, chosen.position)
        state = self.state if self._is_at_state(chosen) else None
        memory = None if state is None else OptimizerState.of(state)
        history = self.history
        if checkpoint is not None:
            history = history.up_to(checkpoint.iteration, int(checkpoint.position))
        return TrainedModel(
            self.study,
            snapshot,
            history,
            self.class_names,
            optimizer_state=memory if state is not None else self.optimizer_state,
            run_state=state,
            fitted=self.fitted,
        )

    def _is_at_state(self, checkpoint: Checkpoint) -> bool:
        """Whether the saved state has the weights of ``checkpoint``."""
        found = self.state.arrays.get("parameters") if self.state is not None else None
        return found is not None and np.array_equal(found, checkpoint.parameters)


def run_of(model: TrainedModel, name: str, *, goes_on: bool = False) -> Run:
    """Return a network that was trained elsewhere as a run of one checkpoint, called ``name``.

    ``goes_on`` says whether to train on from its weights; a file may not tell what the optimizer remembered.
    """
    snapshot, history = model.snapshot, model.history
    batches = int(history.steps.last("iteration")) if len(history.steps) else 0
    return Run(
        key=new_key(),
        study=model.study,
        input_shape=snapshot.input_shape,
        class_names=model.class_names,
        fitted=model.fitted,
        history=history,
        timeline=Timeline([Checkpoint(batches, snapshot.epoch, snapshot.parameters)]),
        state=model.run_state,
        seconds=float(history.steps.last("seconds")) if len(history.steps) else 0.0,
        optimizer_state=(model.optimizer_state or OptimizerState()) if goes_on else None,
        outcome=Outcome.FINISHED if model.run_state is None else Outcome.PAUSED,
        name=name,
        machine="",
    )


def now() -> str:
    """Return the time as ISO 8601, in seconds and in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def new_key() -> str:
    """Return a key that no other run has."""
    return secrets.token_hex(8)
