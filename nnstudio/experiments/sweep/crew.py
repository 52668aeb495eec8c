"""Crew: how many trainings at once suit a machine."""

from __future__ import annotations

import os
from collections.abc import Sequence

from nnstudio.data.dataset import Dataset
from nnstudio.engine.checks import check_design
from nnstudio.engine.memory import machine_memory
from nnstudio.experiments.sweep.trial import Trial

_PROCESS_BYTES = 120_000_000  # of Python, NumPy and the engine
_SHARE_OF_MEMORY = 0.6
_FEW = 2  # so many processors are all used; of more, one is left for the window


def processors() -> int:
    """Return how many processors this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def crew_size(trials: Sequence[Trial], dataset: Dataset) -> int:
    """Return how many of ``trials`` to train at once: as processors, memory and their number allow."""
    needed = max((_bytes(trial, dataset) for trial in trials if not trial.mistake), default=0)
    return fitting_size(len(trials), processors(), needed, machine_memory())


def fitting_size(trials: int, processors: int, bytes_each: int, memory: int) -> int:
    """Return how many trainings of ``bytes_each`` fit beside each other; one at least."""
    by_processors = processors if processors <= _FEW else processors - 1
    by_memory = int(_SHARE_OF_MEMORY * memory) // (_PROCESS_BYTES + bytes_each)
    return max(1, min(trials, by_processors, by_memory))


def _bytes(trial: Trial, dataset: Dataset) -> int:
    return check_design(trial.study.design, dataset.facts, trial.study.plan.batch_size).memory_bytes
