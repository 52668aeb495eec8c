"""Results: what was trained: the run of this session, and those that the project keeps."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from nnstudio.data.dataset import Dataset
from nnstudio.data.fitted import Fitted
from nnstudio.engine.network import Snapshot
from nnstudio.experiments.history import History
from nnstudio.experiments.project import Project
from nnstudio.experiments.run import Run, run_of
from nnstudio.experiments.study import Study
from nnstudio.experiments.timeline import Checkpoint, Timeline
from nnstudio.experiments.trained import TrainedModel
from nnstudio.session.chosen import Chosen
from nnstudio.session.shelf import Shelf
from nnstudio.session.trainer import Trainer
from nnstudio.session.training_run import TrainingRun


class Results(QObject):
    """What was trained, and which of it is looked at.

    ``model`` is what was trained before the run of this session: the example that ships, a file, or a run
    of the project. The run is what is looked at once it is there; one that another takes the place of stays
    in the project.

    Signals:
        run_changed(): Another run, another phase of it, or none any more.
    """

    run_changed = Signal()

    def __init__(self, model: TrainedModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shelf = Shelf()
        self._show_as_run(model, "Example")
        self._trainer = Trainer(self)
        self._trainer.put_away.connect(self._put_away)
        self._trainer.run_changed.connect(self.run_changed)
        self._chosen: Chosen | None = None

    @property
    def run(self) -> TrainingRun | None:
        """The training of this session, running or not."""
        return self._trainer.run

    @property
    def model(self) -> TrainedModel | None:
        """What was trained before the run of this session, and would predict without it."""
        return self._shelf.model

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs of the project besides the one of this session."""
        return self._shelf.runs

    @property
    def all_runs(self) -> tuple[Run, ...]:
        """All runs as they are now, that of this session last."""
        return self._kept()[0]

    @property
    def shown_run(self) -> Run | None:
        """The run that the curves show and that predicts, as it is now."""
        runs, key = self._kept()
        return next((run for run in runs if run.key == key), None)

    @property
    def timeline(self) -> Timeline:
        """The weights on the way of the run that is shown."""
        if self.run is not None:
            return self.run.timeline
        return self._shelf.shown.timeline if self._shelf.shown is not None else Timeline()

    @property
    def chosen(self) -> Checkpoint | None:
        """The weights on the way that predict instead of the newest; None where these do."""
        chosen = self._chosen
        return chosen.checkpoint if chosen is not None and chosen.key == self._shown_key else None

    @property
    def results(self) -> frozenset[tuple[str | int, ...]]:
        """What was trained, as the batches of each run: another value once there is anything new."""
        done: list[tuple[str | int, ...]] = [(*_labels(one), len(one.history.steps)) for one in self.runs]
        if self.run is not None and self.has_trained:
            done.append((*_labels(self.run.kept()), self.run.progress.done))
        return frozenset(done)

    @property
    def trained_model(self) -> TrainedModel | None:
        """What was trained last and predicts: the run, or the model from before; None before any training."""
        run, snapshot = self.run, self._chosen_snapshot
        if run is None and snapshot is not None and self.model is not None:
            return replace(self.model, snapshot=snapshot)
        if run is not None and run.snapshot is not None:
            return TrainedModel(
                run.study,
                snapshot or run.snapshot,
                run.history,
                run.dataset.class_names,
                fitted=Fitted.of(run.dataset),
            )
        return self.model

    @property
    def model_to_export(self) -> TrainedModel | None:
        """What predicts, with all that going on from it takes; None before any training."""
        if self.run is None or not self.has_trained:
            shown = self._shelf.shown
            return self.model if shown is None or self.chosen is None else shown.model(self.chosen)
        model = self.run.kept().model(self.chosen)
        return None if model is None else replace(model, fitted=Fitted.of(self.run.dataset))

    @property
    def trained(self) -> bool:
        """Whether the predicting weights were ever trained."""
        return self.trained_model is not None

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
    def running(self) -> bool:
        """Whether a training is running at this moment."""
        return self._trainer.running

    @property
    def can_stop(self) -> bool:
        """Whether there is a run to end."""
        return self._trainer.can_stop

    @property
    def has_trained(self) -> bool:
        """Whether the run of this session has learnt from any batch."""
        return self.run is not None and self.run.progress.done > 0

    def _kept(self) -> tuple[tuple[Run, ...], str]:
        """Return all runs as they are now, and the key of the one that is shown."""
        runs, shown = self._shelf.runs, self._shelf.shown
        if self.run is not None and self.has_trained:
            return (*runs, self.run.kept()), self.run.key
        return runs, shown.key if shown is not None else ""

    def _show_runs(self, project: Project, dataset: Dataset) -> None:
        """Put the runs of a project in the place of all that there are; one that can go on is that of now."""
        self._trainer.forget()
        shown = project.run(project.shown)
        if shown is not None and shown.state is not None:
            self._shelf = Shelf(tuple(run for run in project.runs if run is not shown))
            self._trainer.open(shown, dataset, project.study.plan.epochs)
        else:
            self._shelf = Shelf(project.runs)
            self._shelf.show(shown)

    @property
    def _shown_key(self) -> str:
        if self.run is not None:
            return self.run.key
        return self._shelf.shown.key if self._shelf.shown is not None else ""

    @property
    def _chosen_snapshot(self) -> Snapshot | None:
        return self._chosen.snapshot if self._chosen is not None and self.chosen is not None else None

    def _choose(self, checkpoint: Checkpoint | None) -> None:
        """Let weights on the way predict, or the newest ones."""
        self._chosen = None
        model = self.trained_model
        if checkpoint is not None and model is not None:
            now = model.snapshot
            snapshot = Snapshot(now.design, now.input_shape, checkpoint.parameters, checkpoint.position)
            self._chosen = Chosen(self._shown_key, checkpoint, snapshot)

    def _put_away(self, run: Run) -> None:
        self._shelf.put(run)

    def _show_as_run(self, model: TrainedModel, name: str, *, goes_on: bool = False) -> None:
        """Keep a network that was trained elsewhere as a run that predicts, and perhaps train on from it."""
        run = run_of(model, name, goes_on=goes_on)
        self._show_run(run)

    def _go_on_with(self, model: TrainedModel, name: str, dataset: Dataset) -> bool:
        """Take over a training from a file where it learnt from ``dataset``; return whether that is so."""
        same = model.run_state is not None and model.study.recipe == dataset.recipe
        if same:
            self._trainer.open(run_of(model, name), dataset, model.study.plan.epochs)
        return same

    def _show_run(self, run: Run) -> None:
        self._shelf.put(run)
        self._shelf.show(run)


def _labels(run: Run) -> tuple[str | int, ...]:
    return run.key, run.name, run.note, run.tags, run.color
