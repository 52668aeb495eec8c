"""Library: reads data and models and writes models, in the background; keeps the data sets it has read."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from nnstudio.data.dataset import Dataset
from nnstudio.data.load import load
from nnstudio.data.opening import recipe_for
from nnstudio.data.preparation import NO_SCALING
from nnstudio.data.recipe import Recipe
from nnstudio.data.watch import Watch
from nnstudio.experiments.study import Study
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.keras_files import read_model
from nnstudio.formats.keras_h5 import is_model as is_model
from nnstudio.formats.keras_h5 import target_of as target_of
from nnstudio.formats.keras_h5 import write_model
from nnstudio.session.jobs import Jobs
from nnstudio.task import Shape

_DATA, _MODEL = "data", "model"  # what is opened last takes the place of what is still being read


class Library(QObject):
    """Everything that touches files. A data set that was read stays in memory, for undo.

    Signals:
        dataset_ready(dataset, step): Data are there; ``step`` names the edit that opens them.
        model_ready(path, model): A model was read.
        model_written(path, model): A model was written completely.
    """

    dataset_ready = Signal(object, str)
    model_ready = Signal(object, object)
    model_written = Signal(object, object)

    def __init__(self, dataset: Dataset, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._datasets: dict[Recipe, Dataset] = {dataset.recipe: dataset}

    def dataset(self, recipe: Recipe) -> Dataset | None:
        """Return the data that ``recipe`` makes where they were read before."""
        known = self._datasets.get(recipe)
        if known is not None:
            return known
        for other, dataset in self._datasets.items():
            if _unscaled(other) == _unscaled(recipe):
                return self._keep(dataset.scaled(recipe.preparation.scaling))
        return None

    def choose(self, recipe: Recipe, step: str = "") -> None:
        """Get the data that ``recipe`` makes."""
        known = self.dataset(recipe)
        if known is not None:
            self.dataset_ready.emit(known, step or f"open {known.name}")
        else:
            self._jobs.start("Loading data", partial(load, recipe), self._take_dataset, place=_DATA)

    def open_path(self, path: Path, study: Study, shape: Shape) -> None:
        """Read a model or data, whichever the path is of.

        Weights alone are read into the design of ``study``, for samples of ``shape``.
        """
        title = f"Opening {path.name}"
        if is_model(path):
            work = partial(_read, path, study, shape)
            self._jobs.start(title, work, self._take_model, place=_MODEL)
        else:
            self._jobs.start(title, partial(_load_path, path), self._take_dataset, place=_DATA)

    def export(self, path: Path, model: TrainedModel) -> None:
        """Write a model to a Keras file, whose ending is added where it lacks.

        What was there is replaced only when all is written.
        """
        path = target_of(path)
        title = f"Exporting {path.name}"
        self._jobs.start(title, lambda _: _write(path, model), self._take_written, writes=True)

    def keep(self, dataset: Dataset) -> None:
        """Keep data that were read elsewhere for what their recipe makes."""
        self._datasets[dataset.recipe] = dataset

    def _keep(self, dataset: Dataset) -> Dataset:
        return self._datasets.setdefault(dataset.recipe, dataset)

    def _take_dataset(self, dataset: Dataset) -> None:
        self.dataset_ready.emit(self._keep(dataset), f"open {dataset.name}")

    def _take_model(self, read: tuple[Path, TrainedModel]) -> None:
        self.model_ready.emit(*read)

    def _take_written(self, written: tuple[Path, TrainedModel]) -> None:
        self.model_written.emit(*written)


def _load_path(path: Path, watch: Watch) -> Dataset:
    return load(recipe_for(path), watch)


def _read(path: Path, study: Study, shape: Shape, watch: Watch) -> tuple[Path, TrainedModel]:
    return path, read_model(path, study, shape)


def _write(path: Path, model: TrainedModel) -> tuple[Path, TrainedModel]:
    write_model(path, model)
    return path, model


def _unscaled(recipe: Recipe) -> Recipe:
    return replace(recipe, preparation=replace(recipe.preparation, scaling=NO_SCALING))
