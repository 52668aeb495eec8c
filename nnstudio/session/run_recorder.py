"""RunRecorder: what a training leaves behind: its record, weights on the way, and a state to go on from."""

from __future__ import annotations

import math
from dataclasses import replace

from nnstudio.data.dataset import Dataset
from nnstudio.data.fitted import Fitted
from nnstudio.engine.network import Snapshot
from nnstudio.engine.progress import Check, Epoch, Step
from nnstudio.engine.run_state import RunState
from nnstudio.engine.saved_state import SavedState
from nnstudio.experiments.going_on import Place, at_its_state, place_of
from nnstudio.experiments.history import History
from nnstudio.experiments.marks import Mark, MarkKind, Marks, added
from nnstudio.experiments.recovering import is_good
from nnstudio.experiments.run import Outcome, Run, new_key
from nnstudio.experiments.starting import Start
from nnstudio.experiments.study import Study
from nnstudio.experiments.timeline import Checkpoint, Timeline
from nnstudio.session.change_watch import ChangeWatch
from nnstudio.session.run_progress import Progress

_TAKE_SECONDS = 0.25  # at most so often are the weights copied, and the state at the ends of short epochs
# A network that is trained in a moment leaves a trail too: each of its first batches, then ever fewer.
_FEW_PARAMETERS, _FIRST_BATCHES, _LATER = 64, 32, 1.1


class RunRecorder:
    """Only the training's thread writes; what others read are values that are replaced as a whole."""

    def __init__(self, study: Study, dataset: Dataset, start: Start | None = None) -> None:
        self.progress = Progress(epochs=study.plan.epochs)
        self.history = History.of(study.design)
        self.timeline = Timeline()
        self.snapshot: Snapshot | None = None
        self.saved: SavedState | None = None
        self.good: SavedState | None = None  # to go back to after a divergence
        self.marks: Marks = ()
        self.change = ChangeWatch()
        self.seconds = 0.0
        self._start = start
        self._kept = _new_run(study, dataset, self.history, self.timeline)
        self._taken_at = self._saved_at = -math.inf
        self._best_epoch = self._taken_iteration = 0
        self._loss = math.nan

    def go_on_from(self, run: Run) -> None:
        """Take over all of a run that was kept; nothing of it changes."""
        run = self._kept = at_its_state(run)
        self.history, self.timeline = run.history.frozen(), run.timeline.frozen()
        self.saved, self.seconds, self.marks = run.state, run.seconds, run.marks
        self.good = run.state
        model = run.model()
        self.snapshot = model.snapshot if model is not None else None
        place = place_of(run.state) if run.state is not None else None
        if place is not None:
            self._best_epoch = place.best_epoch
            self.progress = _progress_at(place, run.seconds)

    def kept(self, study: Study, outcome: Outcome) -> Run:
        """Return all that there is by now; called from any thread. The state may be older than the rest."""
        state, before = self.saved, self._kept
        return replace(
            before,
            study=study,
            history=self.history.frozen(),
            timeline=self.timeline.frozen(),
            state=state,
            outcome=outcome,
            seconds=self.seconds,
            marks=self.marks,
            optimizer_state=None,
        )

    def relabel(self, **labels: str | int) -> None:
        """Give the run another name, note, tags or colour; called from the window."""
        self._kept = replace(self._kept, **labels)  # type: ignore[arg-type]

    @property
    def key(self) -> str:
        """What tells the run apart from all others."""
        return self._kept.key

    def begin(self, study: Study, dataset: Dataset) -> RunState:
        """Return the state to train from: the one that was saved, or that before the first batch.

        Raises:
            UserError: as in `RunState.start` and `RunState.resume`.
        """
        training, validation = dataset.split(study.plan.validation_split)
        parts = (study.design, study.plan, dataset.facts.sample_shape, training, validation)
        state = RunState.start(*parts) if self.saved is None else RunState.resume(self.saved, *parts)
        if self.saved is None and self._start is not None:
            state.go_on_from(self._start.over(state.network.parameters), self._start.optimizer)
        state.epochs = self.progress.epochs
        self.good = self.good or state.save()
        self._show_progress(state)
        if not self.timeline:
            self._take(state)
        return state

    def record(self, state: RunState, event: Step | Check | Epoch, seconds: float) -> None:
        """Write down what happened within ``seconds``."""
        self.seconds += seconds
        if isinstance(event, Step):
            position = event.epoch - 1 + event.batch / state.batches
            rate = event.learning_rate
            self.history.add_step(event.iteration, position, self.seconds, rate, event.values)
            self._show_progress(state, self.progress.speed_after(event.count, seconds))
            if self.change.wanted:
                self.change.take(state)
        elif isinstance(event, Epoch):
            self.history.add_epoch(event.epoch, event.iteration, self.seconds, event.values)
            self._loss = event.values.get("val_loss", event.values["loss"])
            self._show_progress(state, self.progress.samples_per_second)
        epoch_ended = isinstance(event, Epoch) and self.seconds - self._saved_at > _TAKE_SECONDS
        if epoch_ended or self.seconds - self._taken_at > _TAKE_SECONDS or self._is_on_trail(state):
            self._take(state)
        if epoch_ended:
            self._save(state)

    def mark(self, state: RunState, kind: MarkKind, words: str) -> None:
        """Write down that something happened before the next batch."""
        position = state.epoch + state.batch / state.batches
        self.marks = added(self.marks, Mark(kind, state.slots.iteration, position, self.seconds, words))

    def _is_on_trail(self, state: RunState) -> bool:
        iteration = state.slots.iteration
        due = iteration <= _FIRST_BATCHES or iteration >= _LATER * self._taken_iteration
        return due and iteration > self._taken_iteration and state.network.parameters.size <= _FEW_PARAMETERS

    def hold(self, state: RunState, *, sound: bool) -> None:
        """Take the weights as they are; and the state, where it is ``sound``: not that of a failure."""
        self._take(state)
        if sound:
            self._save(state)

    def _show_progress(self, state: RunState, speed: float = 0.0) -> None:
        self.progress = Progress(
            state.epoch,
            state.epochs,
            state.batch,
            state.batches,
            self.seconds,
            speed,
            state.batch == state.batches,
            state.waiting.epochs,
            state.ended_early,
        )

    def _save(self, state: RunState) -> None:
        self.saved = state.save()
        if math.isnan(self._loss) or is_good(self._loss, state.best.loss):
            self.good = self.saved
        self._saved_at = self.seconds

    def _take(self, state: RunState) -> None:
        snapshot = state.network.snapshot(state.position)
        self._take_best(state, snapshot)
        position = state.epoch + state.batch / state.batches
        parameters = snapshot.parameters
        if state.best.in_place and state.best.parameters is not None:  # the others go on learning
            parameters = state.best.parameters.copy()
        iteration = state.slots.iteration
        best = self._best_epoch * state.batches == iteration > 0
        self.timeline.add(Checkpoint(iteration, position, parameters, self._loss), best=best)
        self.snapshot = snapshot
        self._taken_at, self._taken_iteration = self.seconds, iteration

    def _take_best(self, state: RunState, snapshot: Snapshot) -> None:
        """Add the weights of the best epoch, where it was reached since the last look and is over."""
        best = state.best
        if best.epoch <= self._best_epoch or best.parameters is None:
            return
        self._best_epoch, iteration = best.epoch, best.epoch * state.batches
        if iteration < state.slots.iteration:
            parameters = snapshot.parameters if best.in_place else best.parameters.copy()
            loss = math.nan if best.loss is None else best.loss
            self.timeline.add(Checkpoint(iteration, float(best.epoch), parameters, loss), best=True)


def _progress_at(place: Place, seconds: float) -> Progress:
    return Progress(
        place.epoch,
        place.epochs,
        place.batch,
        place.batches,
        seconds,
        ended_early=place.ended_early,
    )


def _new_run(study: Study, dataset: Dataset, history: History, timeline: Timeline) -> Run:
    facts, fitted = dataset.facts, Fitted.of(dataset)
    return Run(new_key(), study, facts.sample_shape, facts.class_names, history, timeline, fitted=fitted)
