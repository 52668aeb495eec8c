"""Session: the verbs that the tabs call; the only door between the widgets and everything else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from nnstudio.data.dataset import Dataset
from nnstudio.data.fitted import Fitted
from nnstudio.experiments.history import History
from nnstudio.experiments.study import Study
from nnstudio.experiments.trained import TrainedModel
from nnstudio.session.data_reader import Request
from nnstudio.session.drawing_test import DrawingTest
from nnstudio.session.exporter import ExportChoices, Exported, Exporter, choices_for
from nnstudio.session.library import Library, Looked, is_model
from nnstudio.session.new_start import NewStart
from nnstudio.session.pacer import Pacer
from nnstudio.session.picture_desk import PictureDesk
from nnstudio.session.project_file import ProjectFile, is_project
from nnstudio.session.run_verbs import RunVerbs
from nnstudio.session.sketchbook import Sketchbook
from nnstudio.session.steering import Steering
from nnstudio.session.sweep_desk import SweepDesk
from nnstudio.task import Shape

_WRITE_SECONDS = 60.0


class Session(Steering):
    """What can be done with what lies open: train it, open other data or models, export it.

    Signals:
        failed(title, sentence): Something a person can do something about went wrong.
        told(sentence): Something went well, or by itself, for the status bar.
        closed(): All threads have ended; nothing of it is of use any more.
    """

    failed = Signal(str, str)
    told = Signal(str)
    closed = Signal()

    def __init__(self, model: TrainedModel, dataset: Dataset, parent: QObject | None = None) -> None:
        super().__init__(model, dataset, parent)
        self.start = NewStart(self)
        self.project = ProjectFile(self, self.jobs)
        self.sketchbook = Sketchbook(self.jobs, self)
        self.drawing_test = DrawingTest(self)
        self.pictures = PictureDesk(self.jobs, self)
        self.library = Library(self.jobs, self)
        self.exporter = Exporter(self.jobs, self)
        self.verbs = RunVerbs(self)
        self.pacer = Pacer(self.document, self)
        self.sweeps = SweepDesk(self)
        self.run_changed.connect(self._hold_pacer)
        self.sweeps.changed.connect(self._hold_pacer)
        self.jobs.failed.connect(self.failed)
        self.reader.ready.connect(self._open_dataset)
        self.library.model_ready.connect(self._open_model)
        self.exporter.written.connect(self._tell_written)
        self.project.failed.connect(self.failed)
        self.project.opened.connect(self.keep_data)
        self._trainer.failed.connect(self._tell_ended)
        self._trainer.told.connect(self.told)
        self.document.changed.connect(self._steer)

    def _steer(self) -> None:
        self._trainer.follow(self.document.study)

    def _hold_pacer(self) -> None:
        self.pacer.hold(self.running or self.sweeps.trains_here)

    def _tell_ended(self, sentence: str) -> None:
        if self.run is not None and self.run.diverged:
            self.told.emit("Training stopped: the loss is no number any more. The Training tab says why.")
        else:
            self.failed.emit("Training stopped", sentence)

    def open_path(self, path: Path) -> None:
        """Open a project, a model or data, whichever the file is, in the background."""
        if is_project(path):
            self.project.open(path)
        elif is_model(path):
            self.library.open_path(path, *self._around)
        else:
            self.reader.read(Request(path=path))

    def look_inside(self, path: Path, *, asked: bool = False) -> None:
        """Look into a model before it is opened, in the background; the library tells what is in it."""
        self.library.look(path, *self._around, asked=asked)

    def open_looked(self, looked: Looked) -> None:
        """Open a model that was looked into."""
        self.library.show(looked, *self._around)

    @property
    def _around(self) -> tuple[Study, Shape]:
        """What weights alone are read into."""
        return self.document.study, self.dataset.facts.sample_shape

    def model_for_export(self) -> TrainedModel | None:
        """Return what an export writes: what predicts, or fresh weights; None, told, where nothing can be.

        Where nobody knows how samples were prepared for it, it is as they are prepared now.
        """
        model = self.model_to_export or self._untrained_model()
        if model is not None and model.fitted is None:
            model = replace(model, fitted=Fitted.of(self.dataset))
        if model is None:
            self.failed.emit(
                "Export", "The model has a problem, so there is nothing to export. Mend it first."
            )
        return model

    def export_model(self, path: Path, choices: ExportChoices | None = None) -> None:
        """Write design and weights to a file for elsewhere, in the background."""
        model = self.model_for_export()
        if model is not None:
            self.exporter.export(path, model, self.dataset, choices or choices_for(path))

    def _untrained_model(self) -> TrainedModel | None:
        snapshot = self.snapshot
        if snapshot is None:
            return None
        names = self.dataset.class_names
        history = History.of(self.document.design)
        return TrainedModel(self.document.study, snapshot, history, names, fitted=Fitted.of(self.dataset))

    def _tell_written(self, exported: Exported, model: TrainedModel) -> None:
        name = exported.path.name
        if model.study.design == self.document.design:
            self.told.emit(f"Exported {name}.")
        else:
            self.told.emit(f"Exported {name}: the network as it was trained, before the design changed.")

    def _open_dataset(self, dataset: Dataset, request: Request) -> None:
        if not request.follows:
            step, study = request.step, replace(self.document.study, recipe=dataset.recipe)
            if step.text:
                self.document.edit(step.text, study, step.merge)
            else:
                with self._looking():
                    self.document.edit(f"open {dataset.name}", study)
        self.take_dataset(dataset)

    def _open_model(self, path: Path, model: TrainedModel) -> None:
        with self._looking():
            self._trainer.put_run_away()
            goes_on = self._go_on_with(model, path.stem, self.dataset)
            if not goes_on:
                self._show_as_run(model, path.stem, goes_on=True)
            recipe = self.document.study.recipe
            if model.class_names:  # one of our own files: it tells how its data were prepared
                recipe = replace(recipe, preparation=model.study.recipe.preparation)
            self.document.edit(f"open {path.name}", replace(model.study, recipe=recipe))
        self.run_changed.emit()
        self.show_weights()
        how = "Training goes on exactly where it was." if goes_on else "Training goes on from its weights."
        told = (f"Opened {path.name}.", *model.notes, how)
        self.told.emit(" ".join(told))

    @contextmanager
    def _looking(self) -> Iterator[None]:
        """Take an edit for nothing that closing could lose, where there was nothing before it either."""
        nothing = self.project.path is None and not self.project.modified
        yield
        if nothing:
            self.project.call_unmodified()

    def close(self) -> bool:
        """End all threads, and finish what is being written; return whether they ended."""
        if not (self._trainer.close() and self.jobs.finish_writing(_WRITE_SECONDS)):
            return False
        self.jobs.cancel_all()
        self.sweeps.close()
        self._evaluator.close()
        self.pacer.close()
        self.mapper.close()
        self.health.close()
        self.project.close()
        self.closed.emit()
        self.document.close()
        return True
