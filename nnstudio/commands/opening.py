"""Opening: the model and the data that a command line names."""

from __future__ import annotations

import sys
from pathlib import Path

from nnstudio.data.dataset import Dataset
from nnstudio.data.load import load
from nnstudio.data.opening import recipe_for
from nnstudio.data.recipe import Recipe
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


def open_data(path: Path | None, recipe: Recipe) -> Dataset:
    """Return the data in ``path``, or those of ``recipe`` where none is given."""
    if path is not None:
        return load(recipe_for(path))
    try:
        return load(recipe)
    except FileError as error:
        raise FileError(f"{error} Or name other data with --data.") from error


def tested(model: TrainedModel, dataset: Dataset, count: int | None = None) -> Evaluation:
    """Return what the model makes of the first ``count`` test samples, or of all.

    Raises:
        DataError: the samples are not of the kind that the model was made for.
    """
    if model.class_names not in ((), dataset.class_names):
        print(f"{dataset.name} has other classes than the model was trained for.", file=sys.stderr)
    samples = dataset.test if count is None else dataset.test.part(0, count)
    return evaluate_samples(model.snapshot, samples, dataset.facts, "test")
