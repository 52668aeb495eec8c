"""Opening: the model and the data that a command line names."""

from __future__ import annotations

import sys
from pathlib import Path

from nnstudio.commands.terminal_watch import terminal_watch
from nnstudio.data.dataset import Dataset
from nnstudio.data.load import load
from nnstudio.data.opening import recipe_for
from nnstudio.data.recipe import Recipe
from nnstudio.data.source import Source
from nnstudio.data.sources.drawings import Drawings
from nnstudio.data.sources.fashion_mnist import FashionMnist
from nnstudio.data.sources.mnist import Mnist
from nnstudio.data.sources.mnist_sample import MnistSample
from nnstudio.errors import FileError
from nnstudio.experiments.evaluation import Evaluation, evaluate_samples
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.keras_files import read_model


def open_model(path: Path) -> TrainedModel:
    """Return the model in a file; what is to say about it goes to stderr, away from results."""
    model = read_model(path)
    for note in model.notes:
        print(f"{path.name}: {note}", file=sys.stderr)
    return model


# What --data takes besides paths; a file or folder of the same name comes first.
NAMED_SOURCES: dict[str, Source] = {
    "sample": MnistSample(),
    "mnist": Mnist(),
    "fashion-mnist": FashionMnist(),
    "drawings": Drawings(),
}


def open_data(path: Path | None, recipe: Recipe) -> Dataset:
    """Return the data in ``path``, or those it is the name of, or those of ``recipe`` where none is given."""
    with terminal_watch() as watch:
        if path is not None:
            return load(_recipe_of(path), watch)
        try:
            return load(recipe, watch)
        except FileError as error:
            raise FileError(f"{error} Or name other data with --data.") from error


def _recipe_of(path: Path) -> Recipe:
    named = NAMED_SOURCES.get(str(path))
    return Recipe(named) if named is not None and not path.exists() else recipe_for(path)


def tested(model: TrainedModel, dataset: Dataset, count: int | None = None) -> Evaluation:
    """Return what the model makes of the first ``count`` test samples, or of all.

    Raises:
        DataError: the samples are not of the kind that the model was made for.
    """
    if model.class_names not in ((), dataset.class_names):
        print(f"{dataset.name} has other classes than the model was trained for.", file=sys.stderr)
    samples = dataset.test if count is None else dataset.test.part(0, count)
    return evaluate_samples(model.snapshot, samples, dataset.facts, "test")
