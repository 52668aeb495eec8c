"""Library: reads models, in the background."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from nnstudio.data.watch import Watch
from nnstudio.experiments.study import Study
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.keras_files import read_model
from nnstudio.formats.keras_h5 import is_model as is_model
from nnstudio.session.jobs import Jobs
from nnstudio.task import Shape

_MODEL = "model"  # what is opened last takes the place of what is still being read


class Library(QObject):
    """Everything that touches the files of models.

    Signals:
        model_ready(path, model): A model was read.
    """

    model_ready = Signal(object, object)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs

    def open_path(self, path: Path, study: Study, shape: Shape) -> None:
        """Read a model; weights alone are read into the design of ``study``, for samples of ``shape``."""
        work = partial(_read, path, study, shape)
        self._jobs.start(f"Opening {path.name}", work, self._take_model, place=_MODEL)

    def _take_model(self, read: tuple[Path, TrainedModel]) -> None:
        self.model_ready.emit(*read)


def _read(path: Path, study: Study, shape: Shape, watch: Watch) -> tuple[Path, TrainedModel]:
    return path, read_model(path, study, shape)
