"""Chosen: the weights on a run's way that a person looks back at."""

from __future__ import annotations

from dataclasses import dataclass

from nnstudio.engine.network import Snapshot
from nnstudio.experiments.timeline import Checkpoint


@dataclass(frozen=True, eq=False)
class Chosen:
    """Weights on the way of the run ``key`` that predict, the same snapshot each time they are asked for."""

    key: str
    checkpoint: Checkpoint
    snapshot: Snapshot
