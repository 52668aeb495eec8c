"""Desk: what lies open: the document, its data, the run and the model, and what comes out of them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from nnstudio.data.dataset import Dataset
from nnstudio.engine.network import Network, Snapshot
from nnstudio.experiments.evaluation import Evaluation
from nnstudio.experiments.history import History
from nnstudio.experiments.study import Study
from nnstudio.experiments.trained import TrainedModel
from nnstudio.session.document import Document
from nnstudio.session.evaluator import Evaluator
from nnstudio.session.pad_predictor import PadPredictor
from nnstudio.session.trainer import Trainer
from nnstudio.session.training_run import TrainingRun

_SETTLED_MS = 200


class Desk(QObject):
    """Everything that the tabs look at; the verbs are those of the `Session`.

    ``model`` is what was trained before the run of this session: the example that ships, or a file.
    Predictions come from the run once it has weights, else from the model, else from fresh weights.

    Signals:
        dataset_changed(): Other data are open.
        run_changed(): Another run, another phase of it, or none any more.
        weights_changed(): Predictions come from other weights.
        evaluated(evaluation): A new `Evaluation` of the test part; None while there is none.
    """

    dataset_changed = Signal()
    run_changed = Signal()
    weights_changed = Signal()
    evaluated = Signal(object)

    def __init__(self, model: TrainedModel, dataset: Dataset, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = Document(model.study, dataset.facts)
        self.dataset = dataset
        self.model: TrainedModel | None = model
        self.pad = PadPredictor()
        self._trainer = Trainer(self)
        self._evaluator = Evaluator(self)
        self._exported: Snapshot | None = None
        self._fresh: tuple[object, Snapshot] | None = None
        self._trainer.run_changed.connect(self.run_changed)
        self._trainer.learnt.connect(self.show_weights)
        self._evaluator.evaluated.connect(self.evaluated)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self.show_weights)
        self.document.changed.connect(self._follow_design)

    @property
    def run(self) -> TrainingRun | None:
        """The training of this session, running or not."""
        return self._trainer.run

    @property
    def trained_model(self) -> TrainedModel | None:
        """What was trained last and predicts: the run, or the model from before; None before any training."""
        run = self.run
        if run is not None and run.snapshot is not None:
            return TrainedModel(run.study, run.snapshot, run.history, run.dataset.class_names)
        return self.model

    @property
    def snapshot(self) -> Snapshot | None:
        """The weights that predict now; None where the design cannot be compiled."""
        trained = self.trained_model
        return trained.snapshot if trained is not None else self._fresh_snapshot()

    @property
    def trained(self) -> bool:
        """Whether the predicting weights were ever trained."""
        return self.trained_model is not None

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
        return run is not None and run.progress.done > 0 and run.snapshot is not self._exported

    @property
    def loss_words(self) -> str:
        """What closing now would lose, as sentences; "" where there is nothing."""
        if self.running:
            return "A training is running. Closing stops it, and what is not exported is lost."
        if self.has_unexported_run:
            return "The trained network is not exported. Closing forgets it."
        if not self.document.undo_stack.isClean():
            return "The changes of the study are not exported. Closing forgets them."
        return ""

    def evaluate(self) -> None:
        """Evaluate the test part with the weights as they are now, in the background."""
        snapshot = self.snapshot
        if snapshot is not None:
            self._evaluator.evaluate(snapshot, self.dataset, self.trained)
        else:
            self._evaluator.clear()

    def _fresh_snapshot(self) -> Snapshot | None:
        if not self.document.report.ready:
            return None
        study, shape = self.document.study, self.dataset.facts.sample_shape
        key = (study.design, study.plan.seed, shape)
        if self._fresh is None or self._fresh[0] != key:
            self._fresh = (key, Network(study.design, shape, seed=study.plan.seed).snapshot())
        return self._fresh[1]

    def _follow_design(self) -> None:
        """Evaluate fresh weights anew when the edits come to rest; trained ones do not follow edits."""
        if not self.trained:
            self._settled.start()

    def show_weights(self) -> None:
        """Tell that other weights predict, and evaluate them."""
        self.weights_changed.emit()
        self.evaluate()

    @property
    def running(self) -> bool:
        """Whether a training is running at this moment."""
        return self._trainer.running

    @property
    def can_stop(self) -> bool:
        """Whether there is a run to end."""
        return self._trainer.can_stop

    def show_dataset(self, dataset: Dataset) -> None:
        """Show other data; the document's recipe is theirs already."""
        self.dataset = dataset
        self.document.show_facts(dataset.facts)
        self.dataset_changed.emit()
        self.show_weights()
