"""Opening: the model or project and the data that a command line names."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path

from nnstudio.commands.terminal_watch import terminal_watch
from nnstudio.data.dataset import Dataset
from nnstudio.data.finding import OTHER_DATA, find
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
from nnstudio.experiments.project import Project
from nnstudio.experiments.study import Study
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.keras_files import read_model
from nnstudio.formats.project import OpenedProject, is_project, read_project


@dataclass(frozen=True, eq=False)
class Named:
    """What a file gave: a study and, where anything was trained, the network that predicts.

    ``project`` is what the file is if it is no model; ``near`` is where its data may be besides their recipe.
    """

    name: str
    study: Study
    model: TrainedModel | None
    project: Project | None = None
    near: tuple[Path, ...] = ()

    def trained(self) -> TrainedModel:
        """Return the network that predicts.

        Raises:
            FileError: nothing was trained.
        """
        if self.model is None:
            advice = f"Train it first: nnstudio train --model {self.name} --output model.h5"
            raise FileError(f"{self.name} holds no trained network. {advice}")
        return self.model

    def data(self, path: Path | None) -> Dataset:
        """Return the data in ``path``; where none is given, those that the file has or names.

        Raises:
            UserError: there are none, or they cannot be read.
        """
        if path is not None:
            return open_data(path, self.study.recipe)
        project = self.project
        if project is not None and project.dataset is not None:
            return project.dataset
        wanted = project.fingerprint if project is not None else ""
        try:
            with terminal_watch() as watch:
                found = find(self.study.recipe, wanted, self.near, watch)
        except FileError as error:
            raise FileError(f"{error} Or name other data with --data.") from error
        if not found.same:
            print(f"{self.name}: {OTHER_DATA}", file=sys.stderr)
        return found.dataset


def open_source(path: Path) -> Named:
    """Return the model or project in a file; what is to say about it goes to stderr, away from results."""
    source, notes = _source(path)
    for note in notes:
        print(f"{path.name}: {note}", file=sys.stderr)
    return source


def open_model(path: Path) -> TrainedModel:
    """Return the network in a model or project, as `open_source` does."""
    return open_source(path).trained()


def _source(path: Path) -> tuple[Named, tuple[str, ...]]:
    if is_project(path):
        found = read_project(path)
        return _source_of(path, found), found.problems
    model = read_model(path)
    return Named(path.name, model.study, model), model.notes


def _source_of(path: Path, found: OpenedProject) -> Named:
    project = found.project
    shown = project.run(project.shown)
    model = shown.model() if shown is not None else None
    return Named(path.name, project.study, model, project, found.near)


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
        return load(_recipe_of(path) if path is not None else recipe, watch)


def with_validation(dataset: Dataset, path: Path | None) -> Dataset:
    """Return the data with the samples in ``path`` to validate; as they are where there is none."""
    if path is None:
        return dataset
    split = replace(dataset.recipe.split, validation_path=str(path.absolute()))
    return open_data(None, replace(dataset.recipe, split=split))


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
