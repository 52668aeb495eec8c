"""TrialBook: what is known of one trial while a sweep runs; it turns messages into a report and a run."""

from __future__ import annotations

import math
from dataclasses import replace

from nnstudio.data.dataset import Dataset
from nnstudio.data.fitted import Fitted
from nnstudio.engine.saved_state import SavedState
from nnstudio.experiments.going_on import place_of
from nnstudio.experiments.history import History
from nnstudio.experiments.run import Outcome, Run, new_key, now
from nnstudio.experiments.sweep.measure import Measure
from nnstudio.experiments.sweep.messages import Ended, Lost, Message, Task, Told
from nnstudio.experiments.sweep.report import TrialReport, TrialState
from nnstudio.experiments.sweep.trial import Trial
from nnstudio.experiments.timeline import Checkpoint, Timeline

TAG = "sweep"
_OVER = {
    TrialState.FINISHED: Outcome.FINISHED,
    TrialState.FAILED: Outcome.FAILED,
}


class TrialBook:
    """Only the thread that directs the sweep writes; ``report`` is replaced as a whole."""

    def __init__(self, trial: Trial, dataset: Dataset, measure: Measure) -> None:
        self._dataset = dataset
        self._measure = measure
        self._history = self._before = History.of(trial.study.design)
        self._attempts: list[str] = []
        self._state: SavedState | None = None
        self._started = ""
        self._machine = ""
        problem = trial.problem(dataset.facts)
        self.done = bool(problem)  # nothing more can be trained
        state = TrialState.REFUSED if problem else TrialState.WAITING
        self.report = TrialReport(
            trial, state, self._history.frozen(), trial.study.plan.epochs, sentence=problem
        )

    @property
    def score(self) -> float:
        """How good the trial is by now; more is better."""
        return self._measure.score(self.report.value)

    def task(self, until: int) -> Task:
        """Return what is to be trained next."""
        self._started = self._started or now()
        report, self._before, self._attempts = self.report, self._history.frozen(), []
        self.report = replace(report, state=TrialState.TRAINING)
        return Task(report.trial.number, report.trial.study, until, self._state, report.seconds)

    def take(self, message: Message) -> None:
        """Write down what a message says."""
        if isinstance(message, Lost):
            self.fail(message.sentence)
        elif isinstance(message, Ended):
            self._end(message)
        else:
            self._tell(message)

    def fail(self, sentence: str) -> None:
        """End the trial with a reason."""
        self.report = replace(self.report, sentence=sentence)
        self.close(TrialState.FAILED)

    def close(self, state: TrialState) -> None:
        """End the trial; what it has learnt becomes a run."""
        self.done = True
        self.report = replace(self.report, state=state, run=self._run(state))

    def _tell(self, told: Told) -> None:
        if told.attempt not in self._attempts:
            self._attempts.append(told.attempt)
            self._history = self._before.frozen()  # begun again elsewhere
        elif told.attempt != self._attempts[-1]:
            return  # news of an attempt that was given up
        self._add(told)

    def _add(self, told: Told) -> None:
        self._history.steps.extend(told.steps)
        self._history.epochs.extend(told.epochs)
        place, report = told.place, self.report
        value = self._measure.value(self._history) if len(told.epochs) else report.value
        self.report = replace(
            report,
            history=self._history.frozen(),
            epochs=place.epochs or report.epochs,
            epoch=place.epoch,
            batch=place.batch,
            batches=place.batches,
            seconds=place.seconds,
            value=value,
        )

    def _end(self, ended: Ended) -> None:
        if ended.whole:
            self._history = self._before.frozen()
            self._add(ended.told)
        else:
            self._tell(ended.told)
        self._state, self._machine = ended.state or self._state, ended.machine
        if ended.outcome is Outcome.FAILED:
            self.fail(ended.sentence)
        elif ended.outcome is Outcome.STOPPED:
            self.close(TrialState.CANCELLED)
        elif ended.outcome is Outcome.FINISHED:
            self.close(TrialState.FINISHED)
        else:
            self.report = replace(self.report, state=TrialState.WAITING)

    def _run(self, state: TrialState) -> Run | None:
        """Return what a project keeps of it; None where it has learnt nothing."""
        saved, report = self._state, self.report
        timeline = _timeline(saved, self._history) if saved is not None else None
        if timeline is None:
            return None
        return Run(
            key=new_key(),
            study=report.trial.study,
            input_shape=self._dataset.facts.sample_shape,
            class_names=self._dataset.class_names,
            history=self._history.frozen(),
            timeline=timeline,
            state=saved if state is not TrialState.FAILED else None,
            outcome=_OVER.get(state, Outcome.STOPPED),
            name=report.trial.name,
            note=report.sentence,
            seconds=report.seconds,
            started=self._started,
            machine=self._machine,
            fitted=Fitted.of(self._dataset),
            tags=TAG,
        )


def _timeline(saved: SavedState, history: History) -> Timeline | None:
    """Return the last and the best weights of a saved state."""
    place = place_of(saved)
    if place is None:
        return None
    best, last = saved.arrays.get("best"), saved.arrays["parameters"]
    if best is not None and saved.numbers["best"]["in_place"]:
        best, last = last, best
    timeline, losses = Timeline(), history.epochs.column("val_loss")
    for array in (best, last):
        if array is not None:
            array.flags.writeable = False
    at = place.best_epoch * place.batches
    if best is not None and 0 < at < place.iteration:
        loss = float(losses[place.best_epoch - 1]) if len(losses) >= place.best_epoch else math.nan
        timeline.add(Checkpoint(at, float(place.best_epoch), best, loss), best=True)
    position = place.epoch + place.batch / max(1, place.batches)
    loss = float(losses[-1]) if len(losses) else math.nan
    timeline.add(Checkpoint(place.iteration, position, last, loss), best=0 < at == place.iteration)
    return timeline
