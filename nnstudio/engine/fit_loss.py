"""Fit of the loss: whether it is for the kind of task."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from nnstudio.engine.design import Design
from nnstudio.engine.fitting import fitting_output, loss_fix
from nnstudio.engine.losses import (
    Aim,
    CategoricalCrossentropy,
    KLDivergence,
    Loss,
    MeanAbsolutePercentageError,
    MeanSquaredError,
)
from nnstudio.engine.problems import Problem, Severity
from nnstudio.task import DataFacts, Task


class _Mismatch(NamedTuple):
    """A kind of loss that is not for a kind of task, and how it is said."""

    applies: Callable[[Loss, int, DataFacts], bool]
    severity: Severity
    sentence: str
    reason: str


_MISMATCHES = (
    _Mismatch(
        lambda loss, outputs, facts: not facts.is_classes and isinstance(loss, KLDivergence) and outputs > 1,
        Severity.WARNING,
        "{loss} is for shares that add up to 1, but {data} has values to predict.",
        "Values are learnt by their squared error.",
    ),
    _Mismatch(
        lambda loss, outputs, facts: not facts.is_classes and loss.aim is not Aim.VALUES,
        Severity.ERROR,
        "{loss} is for classes, but {data} has values to predict.",
        "Values are learnt by their squared error.",
    ),
    _Mismatch(
        lambda loss, outputs, facts: facts.is_classes and outputs == 1 and loss.aim is Aim.CLASSES,
        Severity.ERROR,
        "{loss} needs one output per class, but there is one output.",
        "One output answers yes or no.",
    ),
    _Mismatch(
        lambda loss, outputs, facts: facts.is_classes and isinstance(loss, MeanAbsolutePercentageError),
        Severity.ERROR,
        "{loss} divides by the targets, but those of classes are 0 and 1.",
        "{wanted} looks at the probability of the right class.",
    ),
    _Mismatch(
        lambda loss, outputs, facts: facts.task is Task.MANY_CLASSES and loss.aim is not Aim.CLASSES,
        Severity.WARNING,
        "{loss} works for {classes} classes, but learns them slowly.",
        "{wanted} looks at the probability of the right class.",
    ),
    _Mismatch(
        lambda loss, outputs, facts: (
            facts.is_classes and loss.aim is Aim.VALUES and not isinstance(loss, MeanSquaredError)
        ),
        Severity.WARNING,
        "{loss} is for values, and learns classes slowly.",
        "{wanted} looks at the probability of the right class.",
    ),
)


def loss_problems(design: Design, outputs: int, facts: DataFacts) -> Iterator[Problem]:
    """Return what is wrong between the loss and the kind of task."""
    loss = design.loss
    wanted = _fitting_loss(outputs, facts)
    if type(loss) in (type(wanted), type(fitting_output(facts).loss)):
        return
    names = {"loss": type(loss).__name__, "wanted": type(wanted).__name__}
    words = {**names, "data": facts.name, "classes": facts.classes}
    for row in _MISMATCHES:
        if row.applies(loss, outputs, facts):
            sentence, reason = row.sentence.format(**words), row.reason.format(**words)
            yield Problem("loss", row.severity, sentence, reason, (loss_fix(wanted),))
            return


def _fitting_loss(outputs: int, facts: DataFacts) -> Loss:
    """Return the loss for the outputs that there are: two classes may have one or two."""
    several = facts.is_classes and outputs > 1
    return CategoricalCrossentropy() if several else fitting_output(facts).loss
