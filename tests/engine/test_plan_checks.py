"""What a plan asks is checked against itself and against the data, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from nnstudio.engine.augmentation import Augmentation
from nnstudio.engine.class_weights import Balanced, Given
from nnstudio.engine.design import design_of
from nnstudio.engine.layer import Layer
from nnstudio.engine.layers import Dense
from nnstudio.engine.plan import TrainingPlan
from nnstudio.engine.plan_checks import plan_problems
from nnstudio.engine.plateau import ReduceLROnPlateau
from nnstudio.engine.problems import Severity
from nnstudio.engine.run_state import RunState
from nnstudio.engine.stopping import EarlyStopping
from nnstudio.errors import DataError
from nnstudio.task import DataFacts, Task
from tests.engine.helpers import ArraySamples

DIGITS = DataFacts("Digits", (8, 8), Task.MANY_CLASSES, ("0", "1", "2"))
ROWS = DataFacts("Rows", (8,), Task.MANY_CLASSES, ("0", "1", "2"))
PRICES = DataFacts("Prices", (8,), Task.REGRESSION)

FINE: list[tuple[dict[str, Any], DataFacts]] = [
    ({}, DIGITS),
    ({}, PRICES),
    ({"augmentation": Augmentation()}, DIGITS),
    ({"augmentation": Augmentation(0.0, 0.0, 0.0, 0.1)}, PRICES),
    ({"class_weight": Balanced()}, ROWS),
    ({"class_weight": Given((1.0, 2.0, 0.0))}, ROWS),
    ({"early_stopping": EarlyStopping(), "reduce_on_plateau": ReduceLROnPlateau()}, ROWS),
    ({"validation_split": 0.0}, ROWS),
]
WRONG: list[tuple[dict[str, Any], DataFacts, str]] = [
    ({"epochs": 0}, DIGITS, "Epochs must be at least 1"),
    ({"early_stopping": EarlyStopping(patience=0)}, DIGITS, "Patience must be at least 1"),
    ({"augmentation": Augmentation()}, ROWS, "Only pictures can be moved, turned or scaled"),
    ({"augmentation": Augmentation(0.0, 0.0, 0.1)}, PRICES, "a sample is 8 numbers"),
    ({"class_weight": Balanced()}, PRICES, "Class weights are for classes"),
    ({"class_weight": Given((1.0, 2.0))}, ROWS, "one weight for each of the 3 classes, not 2 class weights"),
    ({"class_weight": Given((0.0, 0.0, 0.0))}, ROWS, "at least one class must be above 0"),
    ({"class_weight": Given((1.0, -2.0, 0.0))}, ROWS, "Weights must be at least 0"),
]


@pytest.mark.parametrize(("plan", "facts"), FINE)
def test_a_plan_that_fits_has_no_problems(plan: dict[str, Any], facts: DataFacts) -> None:
    assert plan_problems(TrainingPlan(**plan), facts) == ()


@pytest.mark.parametrize(("plan", "facts", "words"), WRONG)
def test_a_plan_that_does_not_fit_is_told_in_a_sentence(
    plan: dict[str, Any], facts: DataFacts, words: str
) -> None:
    (problem,) = plan_problems(TrainingPlan(**plan), facts)
    assert words in problem.sentence and problem.sentence.endswith(".")
    assert problem.where == "plan" and problem.forbids


@pytest.mark.parametrize(
    "plan", [{"early_stopping": EarlyStopping()}, {"reduce_on_plateau": ReduceLROnPlateau()}]
)
def test_watching_without_a_validation_is_odd_but_allowed(plan: dict[str, Any]) -> None:
    (problem,) = plan_problems(TrainingPlan(validation_split=0.0, **plan), DIGITS)
    assert problem.severity is Severity.WARNING and not problem.forbids
    assert "watches the training loss" in problem.sentence


@dataclass(frozen=True)
class Lookup(Layer):
    """A layer that takes whole numbers."""

    takes_indices = True


def test_whole_numbers_are_not_changed_a_little() -> None:
    plan, design = TrainingPlan(augmentation=Augmentation(0.0, 0.0, 0.0, 0.1)), design_of(Lookup(), Dense(3))
    (problem,) = plan_problems(plan, ROWS, design)
    assert problem.forbids and "whole numbers" in problem.sentence
    samples = ArraySamples(np.zeros((4, 8)), np.zeros(4, int))
    with pytest.raises(DataError, match="whole numbers"):
        RunState.start(design, plan, (8,), samples)


def test_every_reason_is_told() -> None:
    plan = TrainingPlan(class_weight=Balanced(), augmentation=Augmentation())
    assert len(plan_problems(plan, PRICES)) == 2
