"""Fit of the metrics: whether they can be told apart, and say something of the task and the outputs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from nnstudio.engine.design import Design
from nnstudio.engine.losses import Loss
from nnstudio.engine.metrics import (
    AUC,
    Accuracy,
    BinaryAccuracy,
    CategoricalAccuracy,
    Metric,
    SparseCategoricalAccuracy,
    TopKCategoricalAccuracy,
)
from nnstudio.engine.problems import Fix, Problem, Severity
from nnstudio.task import DataFacts, Task

_OF_SEVERAL = (CategoricalAccuracy, SparseCategoricalAccuracy)


class Case(NamedTuple):
    """A metric with what it is to be read beside."""

    metric: Metric
    loss: Loss
    outputs: int
    facts: DataFacts

    @property
    def cut(self) -> float | None:
        """Above what an output counts as yes; None where only the order counts."""
        return self.metric.cut(self.outputs)


class _Misfit(NamedTuple):
    """A kind of metric that does not fit, how it is said, and what would do instead."""

    applies: Callable[[Case], bool]
    sentence: str
    reason: str
    instead: Callable[[Case], Metric | None] = lambda case: None


_MISFITS = (
    _Misfit(
        lambda case: case.facts.is_classes and not case.metric.for_classes,
        "{metric} is for values, but {data} has {classes} classes.",
        "Of classes it says nothing.",
    ),
    _Misfit(
        lambda case: not case.facts.is_classes and not case.metric.for_values,
        "{metric} is for classes, but {data} has values to predict.",
        "Of values it says nothing.",
    ),
    _Misfit(
        lambda case: isinstance(case.metric, _OF_SEVERAL) and case.outputs == 1,
        "{metric} needs one output per class, but there is one output.",
        "Accuracy goes by the number of outputs.",
        lambda case: Accuracy(),
    ),
    _Misfit(
        lambda case: isinstance(case.metric, TopKCategoricalAccuracy) and case.metric.k >= case.outputs,
        "{metric} calls every answer right: the network has no more than k outputs.",
        "Of {outputs} outputs the class is always among the {outputs} largest.",
    ),
    _Misfit(
        lambda case: isinstance(case.metric, BinaryAccuracy) and case.facts.task is Task.MANY_CLASSES,
        "{metric} counts each output by itself.",
        "Of {classes} outputs all but one are easily right. Accuracy counts samples.",
        lambda case: Accuracy(),
    ),
    _Misfit(
        lambda case: (
            isinstance(case.metric, AUC) and not case.metric.from_logits and case.loss.boundary == 0.0
        ),
        "{metric} takes probabilities, but {loss} makes outputs of any size.",
        "From logits it makes probabilities of them.",
        lambda case: AUC(from_logits=True),
    ),
    _Misfit(
        lambda case: case.loss.boundary == 0.0 and case.cut is not None and case.cut > 0.0,
        "{metric} takes outputs above {cut:g} for yes, but {loss} divides them at 0.",
        "BinaryAccuracy has a threshold that can be 0.",
        lambda case: BinaryAccuracy(threshold=0.0),
    ),
)


def metric_problems(design: Design, outputs: int, facts: DataFacts) -> Iterator[Problem]:
    """Return a warning for each metric that says nothing of the task."""
    for index, metric in enumerate(design.metrics):
        case = Case(metric, design.loss, outputs, facts)
        misfit = next((row for row in _MISFITS if row.applies(case)), None)
        if misfit is not None:
            words = _words(case)
            fixes = (*_instead(design, index, misfit.instead(case)), _removal(index))
            sentence, reason = misfit.sentence.format(**words), misfit.reason.format(**words)
            yield Problem("metrics", Severity.WARNING, sentence, reason, fixes)


def name_problems(design: Design) -> Iterator[Problem]:
    """Return an error for each metric whose name another one has: the record goes by the names."""
    names = [metric.keras_name for metric in design.metrics]
    for index, metric in enumerate(design.metrics):
        if metric.keras_name in names[:index]:
            yield Problem(
                "metrics",
                Severity.ERROR,
                f"There are two metrics of the kind {type(metric).__name__}.",
                f'A training records one column with the name "{metric.keras_name}".',
                (_removal(index),),
            )


def _words(case: Case) -> dict[str, object]:
    return {
        "metric": type(case.metric).__name__,
        "loss": type(case.loss).__name__,
        "data": case.facts.name,
        "classes": case.facts.classes,
        "outputs": case.outputs,
        "cut": case.cut or 0.0,
    }


def _instead(design: Design, index: int, metric: Metric | None) -> Iterator[Fix]:
    """Return the fix that puts another metric in the place of one, unless its name is taken by a third."""
    others = {other.keras_name for other in (*design.metrics[:index], *design.metrics[index + 1 :])}
    if metric is not None and metric.keras_name not in others:
        yield Fix(f"Use {_title(metric)}", lambda design: _with_metrics(design, index, metric))


def _title(metric: Metric) -> str:
    changes = {AUC: "AUC from logits", BinaryAccuracy: "BinaryAccuracy with a threshold of 0"}
    return changes.get(type(metric), type(metric).__name__)


def _removal(index: int) -> Fix:
    return Fix("Remove it", lambda design: _with_metrics(design, index))


def _with_metrics(design: Design, index: int, *metrics: Metric) -> Design:
    return replace(design, metrics=(*design.metrics[:index], *metrics, *design.metrics[index + 1 :]))
