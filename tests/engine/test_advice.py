"""Advice: what is unwise is told once, its fix takes it away, and sensible designs hear nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nnstudio.engine.advice import advice
from nnstudio.engine.checks import check_design
from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layers import Dense, Flatten
from nnstudio.engine.purpose import purpose_words
from nnstudio.experiments.default import default_study
from nnstudio.experiments.templates import TEMPLATES
from nnstudio.experiments.templates.known_facts import CIRCLE, DIGITS, PATIENTS, SINE
from nnstudio.experiments.templates.template import BAD
from nnstudio.task import DataFacts

END = Dense(10, activation="softmax")
BY_NAME = {template.name: template for template in TEMPLATES}
UNWISE = {
    "no hidden layer": (BY_NAME["Softmax regression"].design, "no hidden layer"),
    "nothing bends": (design_of(Flatten(), Dense(20), Dense(20), END), "Nothing bends"),
    "sigmoid chain": (BY_NAME["Sigmoid, ten deep"].design, "10 hidden layers"),
    "large rate": (BY_NAME["Learning rate 10"].design, "learning rate of 10"),
    "many weights": (design_of(Flatten(), Dense(3000, activation="relu"), END), "parameters learn from"),
}
cases = pytest.mark.parametrize(("design", "words"), UNWISE.values(), ids=UNWISE)


def told(design: Design, facts: DataFacts = DIGITS) -> list[str]:
    """Return the sentences on a design."""
    return [one.sentence for one in advice(design, check_design(design, facts), facts)]


@cases
def test_what_is_unwise_is_told_and_its_fix_takes_it_away(design: Design, words: str) -> None:
    (one,) = [one for one in advice(design, check_design(design, DIGITS), DIGITS) if words in one.sentence]
    mended = one.fixes[0].apply(design)
    assert check_design(mended, DIGITS).ready
    assert not [sentence for sentence in told(mended) if words in sentence]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_bad_templates_get_advice_and_the_others_none(template) -> None:  # type: ignore[no-untyped-def]
    expected = template.group == BAD or template.name == "Softmax regression"
    assert bool(told(template.design, template.facts)) == expected


def test_the_first_study_gets_no_advice() -> None:
    assert told(default_study().design) == []


def test_a_design_with_an_error_gets_no_advice_yet() -> None:
    design = design_of(Dense(20), Dense(20), Dense(3, activation="softmax"))
    assert told(design) == []


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (DIGITS, "28 × 28 grey images into one of 10 classes"),
        (replace(DIGITS, sample_shape=(32, 32, 3)), "32 × 32 colour images into one of 10 classes"),
        (PATIENTS, "1 number into one of two classes, no side effects or side effects"),
        (CIRCLE, "2 numbers into one of two classes, inside or outside"),
        (SINE, "1 number into 1 value"),
    ],
)
def test_the_purpose_names_what_goes_in_and_what_comes_out(facts: DataFacts, words: str) -> None:
    ready = [one for one in TEMPLATES if check_design(one.design, facts).ready]
    if ready:
        assert purpose_words(check_design(ready[0].design, facts), facts) == f"Turns {words}."
    assert purpose_words(check_design(Design(), facts), facts).startswith(f"Is to turn {words}")


@pytest.mark.parametrize("facts", [DIGITS, PATIENTS, CIRCLE, SINE], ids=lambda facts: facts.name)
def test_an_empty_stack_is_mended_in_one_step(facts: DataFacts) -> None:
    (problem,) = check_design(Design(), facts).problems
    mended = problem.fixes[0].apply(Design())
    assert check_design(mended, facts).ready
    assert [type(layer) for layer in mended.layers] == ([Flatten, Dense] if facts is DIGITS else [Dense])
