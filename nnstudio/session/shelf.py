"""Shelf: the runs that a project keeps besides the training of this session."""

from __future__ import annotations

from dataclasses import replace

from nnstudio.experiments.run import Run
from nnstudio.experiments.timeline import MOST_BYTES
from nnstudio.experiments.trained import TrainedModel

_CHECKPOINTS = 20  # of a run that is put away
_LITTLE_BYTES = 2**16  # of which nothing is thinned: the trail of a small network can be looked at later
_FEW = 4  # where all runs together take too much memory


class Shelf:
    """Runs in the order in which they were put away; one may be ``shown``: its ``model`` predicts."""

    def __init__(self, runs: tuple[Run, ...] = ()) -> None:
        self.runs = runs
        self.shown: Run | None = None
        self.model: TrainedModel | None = None

    def put(self, run: Run) -> None:
        """Add a run; one with the same key goes. The checkpoints of all are thinned to fit into memory."""
        if _size(run) > _LITTLE_BYTES:
            run = replace(run, timeline=run.timeline.thinned(_CHECKPOINTS))
        self.runs = _within_memory([*(one for one in self.runs if one.key != run.key), run])

    def exchange(self, run: Run) -> None:
        """Put a run in the place of the one with its key."""
        self.runs = tuple(run if one.key == run.key else one for one in self.runs)
        if self.shown is not None and self.shown.key == run.key:
            self.shown = run

    def insert(self, index: int, run: Run) -> None:
        """Put a run back where it was."""
        self.runs = (*self.runs[:index], run, *self.runs[index:])

    def take(self, key: str) -> Run | None:
        """Take a run away and return it; what predicts stays."""
        found = next((run for run in self.runs if run.key == key), None)
        self.runs = tuple(run for run in self.runs if run.key != key)
        return found

    def show(self, run: Run | None) -> None:
        """Let a run predict, or none."""
        self.shown = run
        self.model = run.model() if run is not None else None


def _within_memory(runs: list[Run]) -> tuple[Run, ...]:
    total = sum(_size(run) for run in runs)
    for index, run in enumerate(runs):
        if total <= MOST_BYTES:
            break
        runs[index] = replace(run, timeline=run.timeline.thinned(_FEW))
        total -= _size(run) - _size(runs[index])
    return tuple(runs)


def _size(run: Run) -> int:
    return sum(checkpoint.parameters.nbytes for checkpoint in run.timeline)
