"""Library: reads models and writes them, in the background."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from nnstudio.data.watch import Watch
from nnstudio.experiments.study import Study
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.keras_files import read_model
from nnstudio.formats.keras_h5 import is_model as is_model
from nnstudio.formats.keras_h5 import target_of as target_of
from nnstudio.formats.keras_h5 import write_model
from nnstudio.session.jobs import Jobs
from nnstudio.task import Shape

_MODEL = "model"  # what is opened last takes the place of what is still being read


class Library(QObject):
    """Everything that touches the files of models.

    Signals:
        model_ready(path, model): A model was read.
        model_written(path, model): A model was written completely.
    """

    model_ready = Signal(object, object)
    model_written = Signal(object, object)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs

    def open_path(self, path: Path, study: Study, shape: Shape) -> None:
        """Read a model; weights alone are read into the design of ``study``, for samples of ``shape``."""
        work = partial(_read, path, study, shape)
        self._jobs.start(f"Opening {path.name}", work, self._take_model, place=_MODEL)

    def export(self, path: Path, model: TrainedModel) -> None:
        """Write a model to a Keras file, whose ending is added where it lacks.

        What was there is replaced only when all is written.
        """
        path = target_of(path)
        title = f"Exporting {path.name}"
        self._jobs.start(title, lambda _: _write(path, model), self._take_written, writes=True)

    def _take_model(self, read: tuple[Path, TrainedModel]) -> None:
        self.model_ready.emit(*read)

    def _take_written(self, written: tuple[Path, TrainedModel]) -> None:
        self.model_written.emit(*written)


def _read(path: Path, study: Study, shape: Shape, watch: Watch) -> tuple[Path, TrainedModel]:
    return path, read_model(path, study, shape)


def _write(path: Path, model: TrainedModel) -> tuple[Path, TrainedModel]:
    write_model(path, model)
    return path, model
