"""Data larger than the memory: files that are mapped, of which only the rows of a batch are read."""

from __future__ import annotations

import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnstudio.data.dataset import Dataset, Samples
from nnstudio.data.recipe import Recipe
from nnstudio.data.scaler import PIXELS, PLAIN, Scaler
from nnstudio.engine.design import design_of
from nnstudio.engine.layers import Dense, Flatten
from nnstudio.engine.plan import TrainingPlan
from nnstudio.engine.progress import Epoch
from nnstudio.engine.run_state import RunState
from nnstudio.engine.training import train
from nnstudio.task import DataFacts, Task

COUNT = 20_000
MOST_MEMORY = 8e6


def mapped(path: Path, kind: str, offset: int = 0) -> np.memmap[Any, Any]:
    """Return a file of pictures, mapped; it takes hardly any room on the disk, for nearly all of it is 0."""
    shape = (COUNT, 28, 28)
    x = np.memmap(path, np.dtype(kind), "w+", offset, shape)
    x[::500] = np.arange(28)
    x[-1] = 7
    x.flush()
    return np.memmap(path, np.dtype(kind), "r", offset, shape)


@pytest.mark.parametrize("scaling", [PIXELS, PLAIN])
@pytest.mark.parametrize(("kind", "offset"), [("u1", 0), ("<f4", 0), ("<f4", 13), (">f4", 0)])
def test_a_mapped_file_is_trained_on_without_being_read_as_a_whole(
    tmp_path: Path, kind: str, offset: int, scaling: Scaler
) -> None:
    x = mapped(tmp_path / "x", kind, offset)
    facts = DataFacts("mapped", (28, 28), Task.MANY_CLASSES, ("0", "1", "2"))
    samples = Samples(x, np.arange(COUNT) % 3, scaling)
    dataset = Dataset(Recipe(), samples, samples.part(0, 0), facts)
    design = design_of(Flatten(), Dense(3, activation="softmax"))
    tracemalloc.start()
    try:
        training, validation = dataset.split(0.2)
        state = RunState.start(design, TrainingPlan(epochs=1), (28, 28), training, validation)
        *_, epoch = train(state)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert isinstance(epoch, Epoch) and np.isfinite(epoch.values["val_loss"])
    assert peak < MOST_MEMORY < x.nbytes


@pytest.mark.parametrize("rows", [[3, 500, 19_999], [499, 500, 501]])
@pytest.mark.parametrize(("kind", "offset"), [("u1", 0), ("<f4", 0), ("<f4", 13), (">f4", 0)])
def test_rows_of_a_mapped_file_are_those_of_the_same_array_in_memory(
    tmp_path: Path, kind: str, offset: int, rows: list[int]
) -> None:
    x, out = mapped(tmp_path / "x", kind, offset), np.empty((2, 5, 28, 28), np.float32)
    for scaler in (PIXELS, PLAIN):
        chosen = np.array(rows)
        found = Samples(x, np.zeros(COUNT), scaler).x_rows(chosen, out[0])
        expected = Samples(np.array(x[rows], kind[-2:]), np.zeros(3), scaler).x_rows(np.arange(3), out[1])
        assert found.tobytes() == expected.tobytes() and found.any()


def test_every_second_sample_of_a_file_is_read_by_rows_too(tmp_path: Path) -> None:
    x = mapped(tmp_path / "x", "<f4")[::2]
    out = np.empty((3, 28, 28), np.float32)
    tracemalloc.start()
    try:
        found = Samples(x, np.zeros(len(x)), PLAIN).x_rows(np.array([5, 250, 9]), out)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MOST_MEMORY
    assert np.array_equal(found, x[[5, 250, 9]]) and found.base is out
