"""Session: what is open and what is running; the only door between the widgets and everything else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from nnstudio.data.dataset import Dataset
from nnstudio.data.load import load, recipe_for
from nnstudio.data.recipe import Recipe
from nnstudio.engine.network import Network, Snapshot
from nnstudio.experiments.evaluation import Evaluation
from nnstudio.experiments.history import History
from nnstudio.experiments.study import Study
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.keras_h5 import read_model, write_model
from nnstudio.session.document import Document
from nnstudio.session.evaluator import Evaluator
from nnstudio.session.jobs import Jobs
from nnstudio.session.pad_predictor import PadPredictor
from nnstudio.session.training_run import Phase, TrainingRun

_STOP_SECONDS = 5.0
_FOLLOW_MS = 400  # how often weights of a running training are looked at for a new epoch


class Session(QObject):
    """The open document, its data, the training and what comes out of it.

    ``model`` is what was trained before the run of this session: the example that ships, or a file.
    Predictions come from the run once it has weights, else from the model, else from fresh weights.

    Signals:
        dataset_changed(): Other data are open.
        run_changed(): Another run, another phase of it, or none any more.
        weights_changed(): Predictions come from other weights.
        evaluated(evaluation): A new `Evaluation` of the test part; None while there is none.
        failed(title, sentence): Something a person can do something about went wrong.
        told(sentence): Something went well, for the status bar.
    """

    dataset_changed = Signal()
    run_changed = Signal()
    weights_changed = Signal()
    evaluated = Signal(object)
    failed = Signal(str, str)
    told = Signal(str)

    def __init__(self, model: TrainedModel, dataset: Dataset, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = Document(model.study, dataset.facts)
        self.dataset = dataset
        self.model: TrainedModel | None = model
        self.run: TrainingRun | None = None
        self.jobs = Jobs(self)
        self.jobs.failed.connect(self.failed)
        self.pad = PadPredictor()
        self._datasets: dict[Recipe, Dataset] = {dataset.recipe: dataset}
        self._evaluator = Evaluator(self)
        self._evaluator.evaluated.connect(self.evaluated)
        self.document.changed.connect(self._follow_recipe)
        self._exported: Snapshot | None = None
        self._seen_epoch = 0
        self._follower = QTimer(self, interval=_FOLLOW_MS)
        self._follower.timeout.connect(self._follow_run)

    # --- what predictions come from ---------------------------------------------------------------

    @property
    def snapshot(self) -> Snapshot | None:
        """The weights that predict now; None where the design cannot be compiled."""
        if self.run is not None and self.run.snapshot is not None:
            return self.run.snapshot
        if self.model is not None:
            return self.model.snapshot
        return self._fresh_snapshot()

    @property
    def trained(self) -> bool:
        """Whether the predicting weights were ever trained."""
        return self.run is not None or self.model is not None

    @property
    def evaluation(self) -> Evaluation | None:
        """The newest evaluation of the test part."""
        return self._evaluator.evaluation

    @property
    def history(self) -> History | None:
        """The record to show: the run's, or that of the model that was opened."""
        if self.run is not None:
            return self.run.history
        return self.model.history if self.model is not None else None

    @property
    def shown_study(self) -> Study | None:
        """The study that run or model were trained with; it does not follow later edits."""
        if self.run is not None:
            return self.run.study
        return self.model.study if self.model is not None else None

    @property
    def run_is_current(self) -> bool:
        """Whether the run has the study that is in the document now, apart from the number of epochs."""
        if self.run is None:
            return False
        return _but_epochs(self.run.study) == _but_epochs(self.document.study)

    def evaluate(self) -> None:
        """Evaluate the test part with the weights as they are now, in the background."""
        snapshot = self.snapshot
        if snapshot is not None:
            self._evaluator.evaluate(snapshot, self.dataset, self.trained)

    def _fresh_snapshot(self) -> Snapshot | None:
        if not self.document.report.ready:
            return None
        study, shape = self.document.study, self.dataset.facts.sample_shape
        return Network(study.design, shape, seed=study.plan.seed).snapshot()

    # --- training ---------------------------------------------------------------------------------

    @property
    def running(self) -> bool:
        """Whether a training is running at this moment."""
        return self.run is not None and self.run.phase is Phase.RUNNING

    @property
    def can_stop(self) -> bool:
        """Whether there is a run to end."""
        return self.run is not None and self.run.phase in (Phase.RUNNING, Phase.PAUSED)

    @property
    def has_unexported_run(self) -> bool:
        """Whether a training of this session would be lost without a trace."""
        run = self.run
        return run is not None and run.progress.epoch > 0 and run.snapshot is not self._exported

    def train_or_pause(self) -> None:
        """Do what the main button says: pause, go on, or begin a new run."""
        if self.run is not None and self.running:
            self.run.pause()
        elif self.document.report.ready:
            self._ready_run().start()

    def step_once(self) -> None:
        """Learn from one batch and hold."""
        if not self.running and self.document.report.ready:
            self._ready_run().start(steps=1)

    def stop(self) -> None:
        """End the run after its current batch, keeping its weights."""
        if self.run is not None:
            self.run.stop()

    def train_more(self, epochs: int) -> None:
        """Add epochs to the run, and run it."""
        if self.run is not None and self.run_is_current:
            self.run.extend(self.run.progress.epochs + epochs)
            self.run.start()
        elif self.document.report.ready:
            self._ready_run().start()

    def reset(self) -> None:
        """Go back to the same initial weights; the run and its record are gone."""
        self._end_run()
        self.run = self.model = None
        self.run_changed.emit()
        self._weights_changed()

    def _ready_run(self) -> TrainingRun:
        """Return the run to go on with: a finished one gets as many epochs more as the plan says."""
        epochs = self.document.study.plan.epochs
        if self.run is None or not self.run_is_current or self.run.phase is Phase.FAILED:
            return self._new_run()
        if self.run.progress.epoch >= epochs:
            self.run.extend(self.run.progress.epoch + epochs)
        elif self.run.phase is not Phase.PAUSED or self.run.progress.epochs != epochs:
            self.run.extend(epochs)
        return self.run

    def _new_run(self) -> TrainingRun:
        self._end_run()
        self.run = TrainingRun(self.document.study, self.dataset, self)
        self.run.phase_changed.connect(self._phase_changed)
        self.run.failed.connect(self._run_failed)
        return self.run

    def _end_run(self) -> None:
        run, self.run = self.run, None
        if run is not None:
            run.stop()
            run.join(_STOP_SECONDS)
            run.setParent(None)

    def _phase_changed(self) -> None:
        if self.sender() is not self.run:
            return
        self.run_changed.emit()
        if self.running:
            self._follower.start()
        else:
            self._follower.stop()
            self._weights_changed()

    def _follow_run(self) -> None:
        """Evaluate once for each new epoch, while the run goes on."""
        snapshot = self.run.snapshot if self.run is not None else None
        if snapshot is not None and int(snapshot.epoch) != self._seen_epoch:
            self._seen_epoch = int(snapshot.epoch)
            self._weights_changed()

    def _run_failed(self, sentence: str) -> None:
        self.failed.emit("Training stopped", sentence)

    def _weights_changed(self) -> None:
        self.weights_changed.emit()
        self.evaluate()

    # --- data and files ---------------------------------------------------------------------------

    @staticmethod
    def is_model(path: Path) -> bool:
        """Whether a path is that of a model rather than of data."""
        return path.suffix.lower() in (".h5", ".hdf5")

    def open_path(self, path: Path) -> None:
        """Open a model or data, whichever the file is, in the background."""
        if self.is_model(path):
            self.jobs.start(f"Opening {path.name}", lambda _: (path, read_model(path)), self._take_model)
        else:
            self.jobs.start(f"Opening {path.name}", lambda _: load(recipe_for(path)), self._take_dataset)

    def choose_recipe(self, recipe: Recipe) -> None:
        """Open the data that ``recipe`` makes, as an undo step once they are there."""
        known = self._datasets.get(recipe)
        self.jobs.start("Loading data", lambda _: known or load(recipe), self._take_dataset)

    def export_model(self, path: Path) -> None:
        """Write design and weights to a Keras file, in the background."""
        model = self.trained_model()
        if model is not None:
            title = f"Exporting {path.name}"
            self.jobs.start(title, lambda _: _export(path, model), self._tell_exported)

    def trained_model(self) -> TrainedModel | None:
        """Return what predicts now as something to export; None where the design cannot be compiled."""
        snapshot = self.snapshot
        if snapshot is None:
            return None
        study = self.shown_study or self.document.study
        history = self.history or History(("loss",))
        return TrainedModel(study, snapshot, history, self.dataset.class_names)

    def _tell_exported(self, written: tuple[Path, TrainedModel]) -> None:
        path, model = written
        self._exported = model.snapshot
        self.told.emit(f"Exported {path.name} for Keras.")

    def _take_dataset(self, dataset: Dataset) -> None:
        self._datasets[dataset.recipe] = dataset
        study = replace(self.document.study, recipe=dataset.recipe)
        self.document.edit(f"open {dataset.name}", study)

    def _take_model(self, opened: tuple[Path, TrainedModel]) -> None:
        path, model = opened
        self._end_run()
        self.model = model
        study = replace(model.study, recipe=self.document.study.recipe)
        self.document.edit(f"open {path.name}", study)
        self.run_changed.emit()
        self._weights_changed()
        self.told.emit(" ".join((f"Opened {path.name}.", *model.notes)))

    def _follow_recipe(self, before: Study, after: Study) -> None:
        if after.recipe == self.dataset.recipe:
            return
        dataset = self._datasets.get(after.recipe)
        if dataset is None:
            self.choose_recipe(after.recipe)
        else:
            self._show_dataset(dataset)

    def _show_dataset(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.document.show_facts(dataset.facts)
        self.dataset_changed.emit()
        self._weights_changed()

    def close(self) -> bool:
        """End all threads; return whether they ended."""
        self.jobs.cancel_all()
        self._evaluator.close()
        self.document.undo_stack.blockSignals(True)  # it tells of its own end, when nobody is left to hear
        if self.run is None:
            return True
        self.run.stop()
        return self.run.join(_STOP_SECONDS)


def _export(path: Path, model: TrainedModel) -> tuple[Path, TrainedModel]:
    write_model(path, model)
    return path, model


def _but_epochs(study: Study) -> Study:
    return replace(study, plan=replace(study.plan, epochs=1))
