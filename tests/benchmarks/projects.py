"""Projects: how long a large one takes to save and to open, and how long that would hold up a window."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from nnstudio.engine.layout import lay_out
from nnstudio.experiments.default import default_study
from nnstudio.experiments.history import History
from nnstudio.experiments.project import Project
from nnstudio.experiments.run import Run
from nnstudio.experiments.timeline import Checkpoint, Timeline
from nnstudio.formats.project import read_project, write_project

RUNS, CHECKPOINTS, BATCHES = 50, 4, 5_000
IMAGE = (28, 28)


def large_project() -> Project:
    """50 runs of the default study, 200 checkpoints of 669,706 parameters in all."""
    study = default_study()
    size = lay_out(study.design.layers, IMAGE).size
    rng = np.random.default_rng(0)
    return Project(study, tuple(_run(key, size, rng) for key in range(RUNS)))


def _run(key: int, size: int, rng: np.random.Generator) -> Run:
    study, history = default_study(), History(("loss", "accuracy"), rng.random((BATCHES, 6)))
    weights = [rng.random(size, np.float32) for _ in range(CHECKPOINTS)]
    timeline = Timeline(Checkpoint(100 * index, float(index), one) for index, one in enumerate(weights))
    return Run(f"{key:016x}", study, IMAGE, tuple("0123456789"), history, timeline)


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return how long ``work`` took in a thread, and the longest time that it held up this one."""
    thread = threading.Thread(target=work)
    start = last = time.perf_counter()
    longest = 0.0
    thread.start()
    while thread.is_alive():
        time.sleep(0.001)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    return time.perf_counter() - start, longest


def main() -> None:
    """Print the times."""
    project = large_project()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.nnstudio"
        for _ in range(3):
            seconds, held = timed(lambda: write_project(path, project))
            print(
                f"save {path.stat().st_size / 1e6:,.0f} MB: {seconds:.2f} s, window held {1e3 * held:.0f} ms"
            )
        for _ in range(3):
            seconds, held = timed(lambda: read_project(path))
            print(f"open: {seconds:.2f} s, window held {1e3 * held:.0f} ms")


if __name__ == "__main__":
    main()
