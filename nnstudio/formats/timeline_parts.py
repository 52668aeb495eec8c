"""TimelineParts: the checkpoints of a run as parts of an archive, and back; what is damaged is counted."""

from __future__ import annotations

from typing import Any

import numpy as np

from nnstudio.errors import FileError
from nnstudio.experiments.timeline import MOST_CHECKPOINTS, Checkpoint, Timeline
from nnstudio.formats.archive import Archive
from nnstudio.formats.values import Json

LARGEST = 2.0**53


def checkpoint_to_json(checkpoint: Checkpoint) -> Json:
    """Return what is said of a checkpoint besides its weights."""
    loss = float(checkpoint.loss)
    return {
        "iteration": int(checkpoint.iteration),
        "position": float(checkpoint.position),
        "loss": loss if np.isfinite(loss) else None,
    }


def read_timeline(archive: Archive, key: str, config: Json, size: int, problems: list[str]) -> Timeline:
    """Return the checkpoints of run ``key``, whose weights are ``size`` numbers."""
    entries = config.get("checkpoints")
    checkpoints, lost = [], 0
    for index, entry in enumerate(entries[:MOST_CHECKPOINTS] if isinstance(entries, list) else []):
        try:
            checkpoints.append(_read_checkpoint(archive, f"runs/{key}/weights/{index}.npy", entry, size))
        except FileError:
            lost += 1
    if lost:
        problems.append(f"{lost:,} of {lost + len(checkpoints):,} checkpoints of a run are lost.")
    best = config.get("best")
    return Timeline(checkpoints, best if isinstance(best, int) else None)


def _read_checkpoint(archive: Archive, part: str, entry: Any, size: int) -> Checkpoint:
    parameters = archive.array(part)
    if parameters.shape != (size,) or parameters.dtype != np.float32 or not isinstance(entry, dict):
        raise FileError("It is no checkpoint of this run.")
    iteration, position = (real(entry.get(name), 0.0) for name in ("iteration", "position"))
    return Checkpoint(int(iteration), position, parameters, real(entry.get("loss"), np.nan))


def real(value: Any, otherwise: float) -> float:
    """Return a number that was read, or another where it is none."""
    fits = isinstance(value, int | float) and -LARGEST <= value <= LARGEST
    return float(value) if fits else otherwise
