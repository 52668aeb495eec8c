"""Whether output, loss and metrics suit the data: what is said, and that the fixes mend it."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import numpy as np
import pytest

from nnstudio.engine.activations import ACTIVATIONS
from nnstudio.engine.checks import check_design
from nnstudio.engine.design import Design, design_of
from nnstudio.engine.fitting import end_of, fitting_output, range_of
from nnstudio.engine.layer import Layer
from nnstudio.engine.layers import Activation, Dense, Dropout, Flatten
from nnstudio.engine.losses import (
    LOSSES,
    BinaryCrossentropy,
    CategoricalCrossentropy,
    Loss,
    MeanSquaredError,
)
from nnstudio.engine.metrics import (
    AUC,
    METRICS,
    Accuracy,
    CategoricalAccuracy,
    Metric,
    Precision,
    R2Score,
    TopKCategoricalAccuracy,
)
from nnstudio.engine.metrics import MeanSquaredError as MeanSquaredErrorMetric
from nnstudio.engine.problems import Problem, Severity
from nnstudio.engine.training import train
from nnstudio.errors import DivergedError
from nnstudio.settings import settings_of
from nnstudio.task import DataFacts
from tests.engine.fit_cases import CASES, COINS, DIGITS, HOUSES, PRICES, design
from tests.engine.helpers import ArraySamples, numbers, start

ALL_FACTS = (DIGITS, COINS, HOUSES, PRICES)
LOGITS = [
    kind(from_logits=True) for kind in LOSSES if any(s.name == "from_logits" for s in settings_of(kind))
]
ALL_LOSSES = [*(kind() for kind in LOSSES), *LOGITS]
of_all_facts = pytest.mark.parametrize("facts", ALL_FACTS, ids=lambda facts: facts.name)
of_every_loss = pytest.mark.parametrize("loss", ALL_LOSSES, ids=repr)


def problems(tried: Design, facts: DataFacts) -> tuple[Problem, ...]:
    return check_design(tried, facts).problems


def sentences(tried: Design, facts: DataFacts) -> list[str]:
    return [problem.sentence for problem in problems(tried, facts)]


def only_problem(tried: Design, facts: DataFacts) -> Problem:
    """Return the one problem that there is."""
    (problem,) = problems(tried, facts)
    return problem


@of_all_facts
def test_what_the_courses_teach_is_free_of_problems(facts: DataFacts) -> None:
    wanted = fitting_output(facts)
    metric = Accuracy() if facts.is_classes else R2Score()
    assert problems(design(wanted.loss, wanted.units, wanted.activation, metric), facts) == ()


@of_every_loss
@of_all_facts
@pytest.mark.parametrize("units", [None, 2])
def test_the_first_fixes_lead_to_a_design_without_problems(
    loss: Loss, facts: DataFacts, units: int | None
) -> None:
    for function in ACTIVATIONS:
        tried = design(loss, units or fitting_output(facts).units, function)
        for _ in range(6):
            for problem in (found := problems(tried, facts)):
                assert problem.sentence.endswith(".") and problem.reason.endswith(".") and problem.fixes
            tried = found[0].fixes[0].apply(tried) if found else tried
        assert problems(tried, facts) == ()


@of_every_loss
@of_all_facts
def test_a_fix_mends_the_problem_that_it_belongs_to(loss: Loss, facts: DataFacts) -> None:
    for function in ACTIVATIONS:
        tried = design(loss, fitting_output(facts).units, function, Accuracy(), R2Score())
        for problem in problems(tried, facts):
            for fix in problem.fixes:
                assert problem.sentence not in sentences(fix.apply(tried), facts)


@of_every_loss
@of_all_facts
def test_what_has_no_error_can_be_trained(loss: Loss, facts: DataFacts) -> None:
    """Whatever the checks let pass, the loss takes the targets; without a warning it stays a number."""
    y = np.arange(20) % facts.classes if facts.is_classes else np.abs(numbers(20, facts.outputs))
    for function in ACTIVATIONS:
        tried = design(loss, fitting_output(facts).units, function)
        report = check_design(tried, facts)
        if report.ready:
            state = start(tried, ArraySamples(numbers(20, 6), y), epochs=2, batch_size=8)
            with contextlib.suppress(*([DivergedError] if report.problems else [])):
                assert all(np.isfinite(step.values["loss"]) for step in train(state))


@of_all_facts
@pytest.mark.parametrize("kind", METRICS)
def test_a_metric_that_says_nothing_can_be_removed(facts: DataFacts, kind: type[Metric]) -> None:
    wanted = fitting_output(facts)
    tried = design(wanted.loss, wanted.units, wanted.activation, kind())
    for problem in problems(tried, facts):
        assert (problem.where, problem.severity) == ("metrics", Severity.WARNING)
        assert problem.sentence.startswith(f"{kind.__name__} ")
        assert problem.fixes[-1].label == "Remove it"
        assert problem.fixes[-1].apply(tried).metrics == ()


@pytest.mark.parametrize(
    ("tried", "facts", "where", "severity", "sentence", "fixes"), CASES, ids=[case[4] for case in CASES]
)
def test_a_misfit_is_told_in_one_sentence_with_what_would_mend_it(
    tried: Design, facts: DataFacts, where: str, severity: Severity, sentence: str, fixes: tuple[str, ...]
) -> None:
    problem = only_problem(tried, facts)
    assert (problem.where, problem.severity, problem.sentence) == (where, severity, sentence)
    assert tuple(fix.label for fix in problem.fixes) == fixes


def test_a_metric_in_place_of_another_keeps_the_others() -> None:
    tried = design(BinaryCrossentropy(), 1, "sigmoid", AUC(), CategoricalAccuracy(), Precision())
    assert only_problem(tried, COINS).fixes[0].apply(tried).metrics == (AUC(), Accuracy(), Precision())


def test_settings_of_metrics_are_checked() -> None:
    tried = design(CategoricalCrossentropy(), 4, "softmax", TopKCategoricalAccuracy(k=0))
    assert "K must be at least 1 and at most 2147483647, not 0." in [
        problem.sentence for problem in check_design(tried, DIGITS).errors
    ]


def test_errors_of_class_and_of_metrics_may_have_one_name_as_they_are_different_columns() -> None:
    tried = design(MeanSquaredError(), 2, "linear", MeanSquaredErrorMetric(), R2Score())
    assert problems(tried, HOUSES) == ()


@pytest.mark.parametrize(
    ("layers", "holder", "function"),
    [
        ((Dense(3, activation="softmax", name="a"),), "a", "softmax"),
        ((Dense(3, activation="softmax", name="a"), Flatten(name="b"), Dropout(name="c")), "a", "softmax"),
        ((Dense(3, name="a"), Activation(activation="tanh", name="b")), "b", "tanh"),
        ((Dense(3, activation="tanh", name="a"), Activation(activation="linear", name="b")), "a", "tanh"),
        ((Flatten(name="a"),), "", ""),
    ],
)
def test_the_end_is_the_last_layer_that_gives_the_outputs_their_values(
    layers: tuple[Layer, ...], holder: str, function: str
) -> None:
    assert end_of(Design(layers)) == (holder, function)


def test_outputs_of_an_unknown_function_get_one_by_a_layer_of_its_own() -> None:
    facts = replace(DIGITS, sample_shape=(2, 2))
    tried = design_of(Flatten())
    problem = only_problem(tried, facts)
    assert (
        problem.sentence == "CategoricalCrossentropy wants probabilities, but Flatten can give any numbers."
    )
    assert [fix.label for fix in problem.fixes] == ["Add softmax", "Switch from_logits on"]
    mended = problem.fixes[0].apply(tried)
    assert mended.layers[-1] == Activation(activation="softmax", name="activation")
    assert problems(mended, facts) == ()


def test_a_second_softmax_is_told_wherever_the_first_one_is() -> None:
    stack = (Dense(4, activation="softmax"), Flatten(), Activation(activation="softmax"))
    problem = only_problem(design_of(*stack), DIGITS)
    assert problem.sentence == 'The outputs went through softmax already, in "dense".'
    assert [layer.name for layer in problem.fixes[0].apply(design_of(*stack)).layers] == ["dense", "flatten"]


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_range_of_an_activation_holds_for_all_numbers(name: str) -> None:
    low, high = range_of(name)
    y = ACTIVATIONS[name].forward(x := 30.0 * numbers(50, 8, dtype=np.float64), np.empty_like(x))
    assert low - 0.01 <= y.min() and y.max() <= high + 0.01
