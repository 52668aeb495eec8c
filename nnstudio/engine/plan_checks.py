"""PlanChecks: what is wrong with a plan, by itself and for the data that it shall be used on."""

from __future__ import annotations

import math
from collections.abc import Iterator

from nnstudio.engine.design import Design
from nnstudio.engine.fit_words import count_words
from nnstudio.engine.plan import TrainingPlan
from nnstudio.engine.problems import Problem, Severity
from nnstudio.settings import problems_with
from nnstudio.task import DataFacts

PLAN = "plan"
_NONE = Design()


def plan_problems(plan: TrainingPlan, facts: DataFacts, design: Design = _NONE) -> tuple[Problem, ...]:
    """Return what forbids ``plan``, or is odd about it, for data with ``facts``; never raises."""
    refused = problems_with(plan)
    if refused:
        return tuple(Problem(PLAN, Severity.ERROR, sentence) for sentence in refused)
    return (*_misfits(plan, facts, design), *_oddities(plan, facts))


def _misfits(plan: TrainingPlan, facts: DataFacts, design: Design) -> Iterator[Problem]:
    count = facts.training_count
    if count and not facts.validation_count and not math.floor(count * (1.0 - plan.validation_split)):
        yield Problem(
            PLAN,
            Severity.ERROR,
            f"There is {count_words(count, 'sample')} to train with, and a validation share of "
            f"{plan.validation_split:g} leaves none. Set it to 0.",
        )
    for sentence in plan.class_weight.misfits(facts.classes):
        yield Problem(PLAN, Severity.ERROR, sentence)
    if plan.augmentation is not None:
        indices = any(layer.takes_indices for layer in design.layers)
        for sentence in plan.augmentation.misfits(facts.sample_shape, indices):
            yield Problem(PLAN, Severity.ERROR, sentence)


def _oddities(plan: TrainingPlan, facts: DataFacts) -> Iterator[Problem]:
    watching = plan.early_stopping or plan.reduce_on_plateau
    if watching is not None and not (plan.validation_split or facts.validation_count):
        yield Problem(
            PLAN,
            Severity.WARNING,
            f"Nothing validates, so {type(watching).__name__} watches the training loss.",
            "That one falls on when the network only learns its samples by heart.",
        )
