"""Timeline: the weights that a run had on its way, thinned so that they stay few and well spread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

MOST_CHECKPOINTS = 200
MOST_BYTES = 2**29  # of weights in memory; large networks keep fewer checkpoints
_FEWEST = 8


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """The weights after ``iteration`` batches, ``position`` epochs into the run.

    ``parameters`` (size,) are read-only. ``loss`` is the validation loss known by then, or nan.
    """

    iteration: int
    position: float
    parameters: Array
    loss: float = float("nan")


class Timeline:
    """The checkpoints of one run in their order.

    When there are too many, the one goes whose neighbours lie closest together. The first, the last, the
    best one and that nearest to the end of each epoch stay, the latter as long as all of them have room.
    """

    def __init__(self, checkpoints: Iterable[Checkpoint] = (), best: int | None = None) -> None:
        self._checkpoints = tuple(checkpoints)
        self._best = best

    def __len__(self) -> int:
        return len(self._checkpoints)

    def __iter__(self) -> Iterator[Checkpoint]:
        return iter(self._checkpoints)

    @property
    def checkpoints(self) -> tuple[Checkpoint, ...]:
        """All of them; another tuple after each change, so that any thread may keep it."""
        return self._checkpoints

    @property
    def best(self) -> Checkpoint | None:
        """The checkpoint that was marked as the best."""
        return next((one for one in self._checkpoints if one.iteration == self._best), None)

    def add(self, checkpoint: Checkpoint, *, best: bool = False) -> None:
        """Add a checkpoint after the last one; one of the same iteration takes its place."""
        if best:
            self._best = checkpoint.iteration
        kept = [one for one in self._checkpoints if one.iteration < checkpoint.iteration]
        self._checkpoints = _thinned([*kept, checkpoint], self._room(checkpoint), self._best)

    def frozen(self) -> Timeline:
        """Return the timeline as it is now, for another thread."""
        return Timeline(self._checkpoints, self._best)

    def up_to(self, iteration: int) -> Timeline:
        """Return the timeline as it was after ``iteration`` batches."""
        return Timeline((one for one in self._checkpoints if one.iteration <= iteration), self._best)

    def thinned(self, most: int) -> Timeline:
        """Return a timeline with ``most`` checkpoints or fewer, three at least: first, best and last stay."""
        return Timeline(_thinned(list(self._checkpoints), max(3, most), self._best), self._best)

    def nearest(self, position: float) -> Checkpoint | None:
        """Return the checkpoint nearest to ``position`` epochs."""
        return min(self._checkpoints, key=lambda one: abs(one.position - position), default=None)

    def _room(self, checkpoint: Checkpoint) -> int:
        return min(MOST_CHECKPOINTS, max(_FEWEST, MOST_BYTES // max(1, checkpoint.parameters.nbytes)))


def _thinned(checkpoints: list[Checkpoint], most: int, best: int | None) -> tuple[Checkpoint, ...]:
    while len(checkpoints) > most:
        del checkpoints[_most_crowded(checkpoints, best)]
    return tuple(checkpoints)


def _most_crowded(checkpoints: list[Checkpoint], best: int | None) -> int:
    """Return the index of the checkpoint that is missed least."""
    positions = np.array([one.position for one in checkpoints])
    gaps = positions[2:] - positions[:-2]
    ends = _nearest_to_epochs(positions)
    inner = range(1, len(checkpoints) - 1)
    free = [index for index in inner if checkpoints[index].iteration != best]
    return min(free, key=lambda index: (index in ends, gaps[index - 1]))


def _nearest_to_epochs(positions: Array) -> set[int]:
    """Return for each whole epoch reached the index of the checkpoint nearest to its end."""
    beside = np.unique(np.concatenate((np.floor(positions), np.ceil(positions))))
    epochs = beside[(beside >= 1) & (beside <= positions[-1])]
    after = np.searchsorted(positions, epochs).clip(1, len(positions) - 1)
    nearer_before = epochs - positions[after - 1] <= positions[after] - epochs
    return set((after - nearer_before).tolist())
