"""Opening: how long a model of 100 MB takes to open, beside h5py reading nothing but its arrays."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np

from nnstudio.engine.design import design_of
from nnstudio.engine.layers import Dense
from nnstudio.engine.network import Network
from nnstudio.experiments.history import History
from nnstudio.experiments.study import Study
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.keras_files import read_model
from nnstudio.formats.keras_h5 import write_model

UNITS, LAYERS = 2_048, 6
TIMES = 15


def large_model() -> TrainedModel:
    """25 million parameters in six layers."""
    design = design_of(*(Dense(UNITS, activation="relu") for _ in range(LAYERS)), Dense(10))
    network = Network(design, (UNITS,))
    return TrainedModel(Study(design), network.snapshot(), History.of(design))


def read_with_h5py(path: Path) -> list[np.ndarray]:
    """Return all weights, without looking at anything else."""
    found: list[np.ndarray] = []
    with h5py.File(path) as file:
        file["model_weights"].visititems(
            lambda _, member: found.append(member[()]) if isinstance(member, h5py.Dataset) else None
        )
    return found


def seconds(work: Callable[[], object]) -> float:
    """Return how long ``work`` takes once."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Print both times and how they compare; the two take turns, so that both see the same machine."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.h5"
        write_model(path, large_model())
        read_model(path)
        pairs = [
            (seconds(lambda: read_with_h5py(path)), seconds(lambda: read_model(path))) for _ in range(TIMES)
        ]
        theirs, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
        print(
            f"open {path.stat().st_size / 1e6:,.0f} MB: h5py {1e3 * theirs:.0f} ms, nnstudio "
            f"{1e3 * ours:.0f} ms, {ours / theirs:.2f} times as long"
        )


if __name__ == "__main__":
    main()
