"""Data sets that are made up, for what the sample does not show."""

from __future__ import annotations

import numpy as np

from nnstudio.data.dataset import Dataset, Samples
from nnstudio.data.recipe import Recipe
from nnstudio.data.sources.array_file import ArrayFile
from nnstudio.task import DataFacts, Task


def made_up(classes: int, shape: tuple[int, ...], count: int = 470, source: str = "made up") -> Dataset:
    """Return a data set of noise; a fifth of it tests."""
    rng = np.random.default_rng(classes)
    x = rng.integers(0, 256, (count, *shape), dtype=np.uint8)
    y = np.arange(count, dtype=np.int64) % classes
    tests = count // 5
    names = tuple(map(str, range(classes)))
    facts = DataFacts(source, shape, Task.MANY_CLASSES, names, 1, count - tests, tests)
    training, test = Samples(x[tests:], y[tests:]), Samples(x[:tests], y[:tests])
    return Dataset(Recipe(ArrayFile(source)), training, test, facts)


def table(count: int = 100) -> Dataset:
    """Return rows of five values in three classes."""
    return made_up(3, (5,), count, "flowers.npz")
