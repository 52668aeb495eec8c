"""Phase: what a run is doing."""

from __future__ import annotations

from enum import StrEnum


class Phase(StrEnum):
    """What a run is doing."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    FINISHED = "finished"
    FAILED = "failed"
