"""Session: what is open and what is running; the only door between the widgets and everything else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from nnstudio.data.dataset import Dataset
from nnstudio.data.recipe import Recipe
from nnstudio.engine.network import Network, Snapshot
from nnstudio.experiments.evaluation import Evaluation
from nnstudio.experiments.history import History
from nnstudio.experiments.study import Study
from nnstudio.experiments.trained import TrainedModel
from nnstudio.session.document import Document
from nnstudio.session.evaluator import Evaluator
from nnstudio.session.jobs import Jobs
from nnstudio.session.library import Library
from nnstudio.session.pad_predictor import PadPredictor
from nnstudio.session.trainer import Trainer
from nnstudio.session.training_run import TrainingRun


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
        self.pad = PadPredictor()
        self.jobs = Jobs(self)
        self._library = Library(dataset, self.jobs, self)
        self._trainer = Trainer(self)
        self._evaluator = Evaluator(self)
        self._exported: Snapshot | None = None
        self._fresh: tuple[object, Snapshot] | None = None
        self._connect()

    def _connect(self) -> None:
        self.document.changed.connect(self._follow_recipe)
        self.jobs.failed.connect(self.failed)
        self._library.dataset_ready.connect(self._open_dataset)
        self._library.model_ready.connect(self._open_model)
        self._library.model_written.connect(self._tell_written)
        self._trainer.run_changed.connect(self.run_changed)
        self._trainer.learnt.connect(self._show_weights)
        self._trainer.failed.connect(self._tell_diverged)
        self._evaluator.evaluated.connect(self.evaluated)

    # --- what is shown ------------------------------------------------------------------------------

    @property
    def run(self) -> TrainingRun | None:
        """The training of this session, running or not."""
        return self._trainer.run

    @property
    def snapshot(self) -> Snapshot | None:
        """The weights that predict now; None where the design cannot be compiled."""
        if self.run is not None and self.run.snapshot is not None:
            return self.run.snapshot
        return self.model.snapshot if self.model is not None else self._fresh_snapshot()

    @property
    def trained(self) -> bool:
        """Whether the predicting weights were ever trained."""
        return self.model is not None or (self.run is not None and self.run.snapshot is not None)

    @property
    def evaluation(self) -> Evaluation | None:
        """The newest evaluation of the test part."""
        return self._evaluator.evaluation

    @property
    def history(self) -> History | None:
        """The record to show: the run's, or that of the model that was opened."""
        source = self.run or self.model
        return source.history if source is not None else None

    @property
    def shown_study(self) -> Study | None:
        """The study that run or model were trained with; it does not follow later edits."""
        source = self.run or self.model
        return source.study if source is not None else None

    @property
    def run_is_current(self) -> bool:
        """Whether the run has the study that is in the document now, apart from the number of epochs."""
        return self._trainer.has(self.document.study)

    @property
    def has_unexported_run(self) -> bool:
        """Whether a training of this session would be lost without a trace."""
        run = self.run
        return run is not None and run.progress.epoch > 0 and run.snapshot is not self._exported

    def evaluate(self) -> None:
        """Evaluate the test part with the weights as they are now, in the background."""
        snapshot = self.snapshot
        if snapshot is not None:
            self._evaluator.evaluate(snapshot, self.dataset, self.trained)

    def _fresh_snapshot(self) -> Snapshot | None:
        if not self.document.report.ready:
            return None
        study, shape = self.document.study, self.dataset.facts.sample_shape
        key = (study.design, study.plan.seed, shape)
        if self._fresh is None or self._fresh[0] != key:
            self._fresh = (key, Network(study.design, shape, seed=study.plan.seed).snapshot())
        return self._fresh[1]

    def _show_weights(self) -> None:
        self.weights_changed.emit()
        self.evaluate()

    # --- training -----------------------------------------------------------------------------------

    @property
    def running(self) -> bool:
        """Whether a training is running at this moment."""
        return self._trainer.running

    @property
    def can_stop(self) -> bool:
        """Whether there is a run to end."""
        return self._trainer.can_stop

    def train_or_pause(self) -> None:
        """Do what the main button says: pause, go on, or begin a new run."""
        if self.running:
            self._trainer.pause()
        elif self.document.report.ready:
            self._trainer.go_on(self.document.study, self.dataset)

    def step_once(self) -> None:
        """Learn from one batch and hold."""
        if not self.running and self.document.report.ready:
            self._trainer.go_on(self.document.study, self.dataset, steps=1)

    def stop(self) -> None:
        """End the run after its current batch, keeping its weights."""
        self._trainer.stop()

    def train_more(self, epochs: int) -> None:
        """Add epochs to the run, and run it."""
        if self.document.report.ready:
            self._trainer.train_more(self.document.study, self.dataset, epochs)

    def reset(self) -> None:
        """Go back to the same initial weights; the run and its record are gone."""
        self.model = None
        self._trainer.forget()
        self.run_changed.emit()
        self._show_weights()

    def _tell_diverged(self, sentence: str) -> None:
        self.failed.emit("Training stopped", sentence)

    # --- data and files -----------------------------------------------------------------------------

    def open_path(self, path: Path) -> None:
        """Open a model or data, whichever the file is, in the background."""
        self._library.open_path(path)

    def choose_recipe(self, recipe: Recipe) -> None:
        """Open the data that ``recipe`` makes, as an undo step once they are there."""
        same = replace(recipe, preparation=self.dataset.recipe.preparation) == self.dataset.recipe
        self._library.choose(recipe, f"set scaling to {recipe.preparation.scaling}" if same else "")

    def export_model(self, path: Path) -> None:
        """Write design and weights to a Keras file, in the background."""
        snapshot = self.snapshot
        if snapshot is None:
            self.failed.emit(
                "Export", "The model has a problem, so there is nothing to export. Mend it first."
            )
            return
        study = self.shown_study or self.document.study
        history = self.history or History(("loss",))
        self._library.export(path, TrainedModel(study, snapshot, history, self.dataset.class_names))

    def _tell_written(self, path: Path, model: TrainedModel) -> None:
        self._exported = model.snapshot
        self.told.emit(f"Exported {path.name} for Keras.")

    def _open_dataset(self, dataset: Dataset, step: str) -> None:
        self.document.edit(step, replace(self.document.study, recipe=dataset.recipe))

    def _open_model(self, path: Path, model: TrainedModel) -> None:
        self.model = model
        self._trainer.forget()
        self.document.edit(f"open {path.name}", replace(model.study, recipe=self.document.study.recipe))
        self.run_changed.emit()
        self._show_weights()
        self.told.emit(" ".join((f"Opened {path.name}.", *model.notes)))

    def _follow_recipe(self, before: Study, after: Study) -> None:
        if after.recipe == self.dataset.recipe:
            return
        dataset = self._library.dataset(after.recipe)
        if dataset is None:
            self._library.choose(after.recipe)
        else:
            self.show_dataset(dataset)

    def show_dataset(self, dataset: Dataset) -> None:
        """Show other data; the document's recipe is theirs already."""
        self.dataset = dataset
        self.document.show_facts(dataset.facts)
        self.dataset_changed.emit()
        self._show_weights()

    def close(self) -> bool:
        """End all threads; return whether they ended."""
        self.jobs.cancel_all()
        self._evaluator.close()
        self.document.undo_stack.blockSignals(True)  # it tells of its own end, when nobody is left to hear
        return self._trainer.close()
