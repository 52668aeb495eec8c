"""Desk: what lies open: the document, its data, the run and the model, and what comes out of them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from nnstudio.data.dataset import Dataset
from nnstudio.engine.network import Network, Snapshot
from nnstudio.experiments.evaluation import Evaluation
from nnstudio.experiments.part import MOST_WHILE_TRAINING, Looked, Part, look_at
from nnstudio.experiments.project import MOST_NOTES, Project
from nnstudio.experiments.trained import TrainedModel
from nnstudio.session.document import Document
from nnstudio.session.evaluator import Evaluator
from nnstudio.session.health_monitor import HealthMonitor
from nnstudio.session.input_mapper import InputMapper
from nnstudio.session.pad_predictor import PadPredictor
from nnstudio.session.results import Results

_SETTLED_MS = 200


class Desk(Results):
    """Everything that the tabs look at; the verbs are those of the `Session`.

    Predictions come from the run once it has weights, else from the model, else from fresh weights.

    Signals:
        dataset_changed(): Other data are open.
        weights_changed(): Predictions come from other weights.
        evaluated(evaluation): A new `Evaluation` of the part that is looked at; None while there is none.
        notes_changed(): A person wrote notes, or those of another project lie open.
    """

    dataset_changed = Signal()
    weights_changed = Signal()
    evaluated = Signal(object)
    notes_changed = Signal()

    def __init__(self, model: TrainedModel, dataset: Dataset, parent: QObject | None = None) -> None:
        super().__init__(model, parent)
        self.document = Document(model.study, dataset.facts)
        self.dataset = dataset
        self.pad = PadPredictor()
        self.notes = self._fingerprint = ""
        self.part = Part.TEST
        self._evaluator = Evaluator(self)
        self.mapper = InputMapper(self)
        self.health = HealthMonitor(self)
        self._fresh: tuple[object, Snapshot] | None = None
        self._trainer.learnt.connect(self.show_weights)
        self._evaluator.evaluated.connect(self.evaluated)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self.show_weights)
        self.document.changed.connect(self._follow_design)

    @property
    def snapshot(self) -> Snapshot | None:
        """The weights that predict now; None where the design cannot be compiled."""
        trained = self.trained_model
        return trained.snapshot if trained is not None else self._fresh_snapshot()

    @property
    def fitting_snapshot(self) -> Snapshot | None:
        """The weights that predict, or fresh ones where those take samples of another shape than the data."""
        snapshot = self.snapshot
        if snapshot is None or snapshot.input_shape == self.dataset.facts.sample_shape:
            return snapshot
        return self._fresh_snapshot()

    @property
    def evaluation(self) -> Evaluation | None:
        """The newest evaluation of the part that is looked at."""
        return self._evaluator.evaluation

    @property
    def looked(self) -> Looked | None:
        """The samples that the newest evaluation is of."""
        return self._evaluator.looked

    @property
    def evaluation_progress(self) -> float | None:
        """The share of the evaluation under way that is done; None where there is none."""
        return self._evaluator.progress

    def cancel_evaluation(self) -> None:
        """End the evaluation under way, and look at what was evaluated last."""
        self._evaluator.cancel()
        if self.looked is not None:
            self.part = self.looked.part

    def collect(self) -> Project:
        """Return all that lies open; nothing of it changes any more, and nothing is copied."""
        runs, key = self._kept()
        facts = self.dataset.facts
        return Project(self.document.study, runs, key, self.notes, facts, self._fingerprint)

    def show_project(self, project: Project, dataset: Dataset) -> None:
        """Put a project in the place of all that lies open; ``dataset`` is what its recipe makes."""
        self._evaluator.clear()
        self.dataset = dataset
        self.notes, self._fingerprint = project.notes, project.fingerprint
        self._show_runs(project, dataset)
        self.document.open(project.study, dataset.facts)
        self.dataset_changed.emit()
        self.run_changed.emit()
        self.notes_changed.emit()
        self.show_weights()

    def write_notes(self, notes: str) -> None:
        """Take what a person wrote about the project, as far as a project takes it."""
        notes = notes[:MOST_NOTES]
        if notes != self.notes:
            self.notes = notes
            self.notes_changed.emit()

    @property
    def run_is_current(self) -> bool:
        """Whether the run has the study that is in the document now, apart from the number of epochs."""
        return self._trainer.has(self.document.study)

    @property
    def run_can_go_on(self) -> bool:
        """Whether more epochs can be added to the run: at most its learning rate is another one by now."""
        study = self.document.study
        return self._trainer.has(study) or self._trainer.differs_in_rate(study)

    def evaluate_part(self, part: Part) -> None:
        """Look at another part of the data."""
        self.part = part
        self.evaluate()

    def look_at(self, part: Part) -> Looked | None:
        """Return the samples of a part, as what predicts was trained with them; None where there are none."""
        study = self.shown_study or self.document.study
        return look_at(self.dataset, part, study.plan.validation_split)

    def evaluate(self) -> None:
        """Evaluate with the weights as they are now, in the background; not all while they are changing."""
        snapshot, looked = self.snapshot, self.look_at(self.part)
        if snapshot is None or looked is None:
            self._evaluator.clear()
            return
        bounded = looked.bounded(MOST_WHILE_TRAINING) if self.running else looked
        self._evaluator.evaluate(snapshot, bounded, self.trained)

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

    def show_dataset(self, dataset: Dataset) -> None:
        """Show other data; the document's recipe is theirs already."""
        self.dataset = dataset
        self.document.show_facts(dataset.facts)
        self.dataset_changed.emit()
        self.show_weights()
