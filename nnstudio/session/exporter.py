"""Exporter: writes the network that lies open as a file for elsewhere, in the background."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from nnstudio.data.dataset import Dataset
from nnstudio.data.watch import Watch
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.export import ARCHIVE as ARCHIVE
from nnstudio.formats.export import H5 as H5
from nnstudio.formats.export import KINDS as KINDS
from nnstudio.formats.export import NUMPY as NUMPY
from nnstudio.formats.export import ONNX as ONNX
from nnstudio.formats.export import ExportChoices as ExportChoices
from nnstudio.formats.export import Exported as Exported
from nnstudio.formats.export import choices_for as choices_for
from nnstudio.formats.export import export, notes_on
from nnstudio.formats.export import target_of as target_of
from nnstudio.session.jobs import Jobs


class Exporter(QObject):
    """Keeps what was chosen last, for the next export.

    Signals:
        written(exported, model): An `Exported` of a model is complete.
    """

    written = Signal(object, object)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.choices = ExportChoices()

    def export(self, path: Path, model: TrainedModel, dataset: Dataset, choices: ExportChoices) -> None:
        """Write ``model``; what was there is replaced only when all is written and checked."""
        self.choices = choices
        work = partial(_write, path, model, dataset, choices)
        self._jobs.start(f"Exporting {path.name}", work, self._take, writes=True)

    def notes_on(self, model: TrainedModel, choices: ExportChoices) -> tuple[str, ...]:
        """Return what will be otherwise elsewhere."""
        return notes_on(model, choices)

    def _take(self, written: tuple[Exported, TrainedModel]) -> None:
        self.written.emit(*written)


def _write(
    path: Path, model: TrainedModel, dataset: Dataset, choices: ExportChoices, watch: Watch
) -> tuple[Exported, TrainedModel]:
    return export(path, model, dataset, choices), model
