"""Messages: what is asked of those who train the trials of a sweep, and what they tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy.typing as npt

from nnstudio.engine.saved_state import SavedState
from nnstudio.experiments.run import Outcome
from nnstudio.experiments.study import Study

Array = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class Task:
    """Train the trial ``number`` until it has ``until`` epochs, from ``saved`` on or from its beginning.

    ``seconds`` is how long it was trained before.
    """

    number: int
    study: Study
    until: int
    saved: SavedState | None = None
    seconds: float = 0.0


@dataclass(frozen=True)
class Place:
    """How far a training is: ``batch`` of ``batches`` after ``epoch`` complete epochs of ``epochs``."""

    epoch: int = 0
    epochs: int = 0
    batch: int = 0
    batches: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, eq=False)
class Told:
    """News of the trial ``number``: rows for the tables of its history since the last news.

    ``attempt`` is another text where the same task is begun again.
    """

    number: int
    attempt: str
    place: Place
    steps: Array
    epochs: Array


@dataclass(frozen=True, eq=False)
class Ended:
    """The last news of a task. PAUSED: it has the epochs that were asked for; FINISHED: it wants no more.

    ``state`` is missing where nothing is left to go on from. ``whole``: the rows are all of this task.
    """

    told: Told
    outcome: Outcome
    sentence: str = ""
    state: SavedState | None = None
    machine: str = ""
    whole: bool = False


@dataclass(frozen=True)
class Lost:
    """Who trained the trial ``number`` is gone; ``sentence`` says what is known of it."""

    number: int
    sentence: str


Message = Told | Ended | Lost
