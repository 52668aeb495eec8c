"""A program that exports two networks in turn over the same file until it is killed.

Run as ``python -m tests.formats.killed_export FOLDER KIND``. It prints a line when the first file is there.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import numpy as np

from nnstudio.data.dataset import Dataset, Samples
from nnstudio.data.fitted import Fitted
from nnstudio.data.recipe import Recipe
from nnstudio.data.scaler import PIXELS
from nnstudio.engine.design import design_of
from nnstudio.engine.layers import Dense, Flatten
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.export import ExportChoices, export
from nnstudio.task import DataFacts, Task
from tests.formats.registry_models import model_of

SHAPE = (28, 28)
CLASSES = tuple("abc")


def networks() -> tuple[TrainedModel, TrainedModel]:
    """Return two networks of the same design: other weights, other class names."""
    design = design_of(Flatten(), Dense(300, activation="relu"), Dense(3, activation="softmax"))
    first, second = (replace(model_of(design, SHAPE, seed), fitted=Fitted(scaler=PIXELS)) for seed in (1, 2))
    return replace(first, class_names=CLASSES), replace(second, class_names=CLASSES[::-1])


def data_of(model: TrainedModel) -> Dataset:
    """Return few samples, other ones for each network."""
    rng = np.random.default_rng(ord(model.class_names[0][0]))
    samples = Samples(rng.integers(0, 256, (60, *SHAPE)).astype(np.uint8), np.arange(60) % 3, PIXELS)
    facts = DataFacts("made up", SHAPE, Task.MANY_CLASSES, model.class_names, 1, 60, 60)
    return Dataset(Recipe(), samples, samples, facts)


def main(folder: Path, kind: str) -> None:
    """Export until the end."""
    pairs = [(model, data_of(model)) for model in networks()]
    for count, (model, dataset) in enumerate(cycle(pairs)):
        export(folder / "net", model, dataset, ExportChoices(kind))
        if not count:
            print("ready", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
