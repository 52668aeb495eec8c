"""Library: reads models, and looks into them before they are opened, in the background."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from nnstudio.data.watch import Watch
from nnstudio.experiments.model_look import ModelLook
from nnstudio.experiments.study import Study
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.keras_files import read_model
from nnstudio.formats.keras_h5 import is_model as is_model
from nnstudio.formats.looking import look_inside, look_of
from nnstudio.formats.weights_alone import arrays_alone
from nnstudio.session.jobs import Jobs
from nnstudio.task import Shape

_MODEL = "model"  # what is opened last takes the place of what is still being read


@dataclass(frozen=True, eq=False)
class Looked:
    """What is in the file ``path`` of ``size`` bytes; without a ``model`` it holds weights alone.

    ``asked`` is whether a person wanted to see it, not only to open it.
    """

    path: Path
    size: int
    look: ModelLook
    model: TrainedModel | None
    asked: bool

    @property
    def goes_straight(self) -> bool:
        """Whether it opens without a question: nnstudio's own files are known to whoever saved them."""
        return self.look.own and not self.asked


class Library(QObject):
    """Everything that touches the files of models.

    Signals:
        model_ready(path, model): A model was read.
        looked(looked): A model was looked into; `show` opens it.
    """

    model_ready = Signal(object, object)
    looked = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs

    def open_path(self, path: Path, study: Study, shape: Shape) -> None:
        """Read a model; weights alone are read into the design of ``study``, for samples of ``shape``."""
        work = partial(_read, path, study, shape)
        self._jobs.start(f"Opening {path.name}", work, self._take_model, place=_MODEL)

    def look(self, path: Path, study: Study, shape: Shape, *, asked: bool = False) -> None:
        """Look into a model, and open nothing; see `open_path` for the rest."""
        work = partial(_look, path, study, shape, asked)
        self._jobs.start(f"Opening {path.name}", work, self._take_look, place=_MODEL)

    def show(self, looked: Looked, study: Study, shape: Shape) -> None:
        """Open what was looked into."""
        if looked.model is None:
            self.open_path(looked.path, study, shape)
        else:
            self.model_ready.emit(looked.path, looked.model)

    def _take_model(self, read: tuple[Path, TrainedModel]) -> None:
        self.model_ready.emit(*read)

    def _take_look(self, looked: Looked) -> None:
        self.looked.emit(looked)


def _read(path: Path, study: Study, shape: Shape, watch: Watch) -> tuple[Path, TrainedModel]:
    return path, read_model(path, study, shape)


def _look(path: Path, study: Study, shape: Shape, asked: bool, watch: Watch) -> Looked:
    if arrays_alone(path) is not None:
        return Looked(path, path.stat().st_size, look_inside(path), None, asked)
    model = read_model(path, study, shape)
    return Looked(path, path.stat().st_size, look_of(model), model, asked)
