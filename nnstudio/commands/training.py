"""Training: runs a study to its end in this thread and shows how it goes."""

from __future__ import annotations

import time

from nnstudio.commands.progress_line import ProgressLine
from nnstudio.data.dataset import Dataset
from nnstudio.data.fitted import Fitted
from nnstudio.engine.checks import check_design
from nnstudio.engine.design import Design
from nnstudio.engine.plan_checks import plan_problems
from nnstudio.engine.problems import Problem
from nnstudio.engine.progress import Check, Epoch, Step
from nnstudio.engine.run_state import RunState
from nnstudio.engine.training import train
from nnstudio.errors import DataError
from nnstudio.experiments.blas_threads import blas_threads
from nnstudio.experiments.history import History
from nnstudio.experiments.study import Study
from nnstudio.experiments.trained import TrainedModel

_MOST_FIXES = 5


def train_study(study: Study, dataset: Dataset) -> TrainedModel:
    """Train ``study`` on ``dataset`` and return what came out of it.

    Raises:
        DataError: the design or the plan cannot be trained on these data.
        DivergedError: the loss stopped being a number.
    """
    _refuse_problems(study, dataset)
    training, validation = dataset.split(study.plan.validation_split)
    state = RunState.start(study.design, study.plan, dataset.facts.sample_shape, training, validation)
    history = History(("loss", *(metric.keras_name for metric in study.design.metrics)))
    checked = 0 if validation is None else len(validation)
    print(f"training on {dataset.name}: {len(training):,} samples; {checked:,} others validate", flush=True)
    line = ProgressLine(state.epochs, state.batches)
    # One thread, as in the window, so that the same seed gives the same network in both.
    with blas_threads(1):
        started = time.perf_counter()
        for event in train(state):
            seconds = time.perf_counter() - started
            _record(history, event, state.batches, seconds)
            line.show(event, seconds)
    snapshot = state.network.snapshot(state.position)
    return TrainedModel(study, snapshot, history, dataset.class_names, fitted=Fitted.of(dataset))


def _record(history: History, event: Step | Check | Epoch, batches: int, seconds: float) -> None:
    if isinstance(event, Step):
        position = event.epoch - 1 + event.batch / batches
        history.add_step(event.iteration, position, seconds, event.learning_rate, event.values)
    elif isinstance(event, Epoch):
        history.add_epoch(event.epoch, event.iteration, seconds, event.values)


def _refuse_problems(study: Study, dataset: Dataset) -> None:
    """Raise a DataError with every reason why the study cannot be trained on the data."""
    plan = [problem for problem in plan_problems(study.plan, dataset.facts, study.design) if problem.forbids]
    design = _errors(study.design, dataset, study.plan.batch_size)
    sentences = [problem.sentence for problem in plan] + [_words(problem) for problem in design]
    if sentences:
        raise DataError("\n".join(("this cannot be trained.", *sentences)))


def fitted(design: Design, dataset: Dataset) -> tuple[Design, list[str]]:
    """Return the design with its end made right for other data, and what was done to it."""
    done: list[str] = []
    while len(done) < _MOST_FIXES:
        fixes = [fix for problem in _errors(design, dataset) for fix in problem.fixes]
        if not fixes:
            break
        design = fixes[0].apply(design)
        done.append(fixes[0].label)
    return design, done


def _errors(design: Design, dataset: Dataset, batch_size: int = 128) -> tuple[Problem, ...]:
    return check_design(design, dataset.facts, batch_size).errors


def _words(problem: Problem) -> str:
    where = f"{problem.where}: " if problem.where else ""
    return f"{where}{problem.sentence} {problem.reason}".rstrip()
