"""Value words: settings' values as a person reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from nnstudio.engine.initializers import GlorotUniform, RandomNormal
from nnstudio.engine.layers import LAYERS
from nnstudio.engine.losses import LOSSES, KLDivergence
from nnstudio.engine.optimizers import OPTIMIZERS, SGD, AdamW, RMSprop
from nnstudio.engine.plan import TrainingPlan
from nnstudio.engine.plateau import ReduceLROnPlateau
from nnstudio.engine.regularizers import L1L2, L2
from nnstudio.engine.value_words import choice_words, short_words, title_words, value_words
from nnstudio.settings import setting, settings_of

OWNERS = [*LAYERS, *LOSSES, *OPTIMIZERS, TrainingPlan]


@dataclass(frozen=True)
class Example:
    """One setting of each kind."""

    rate: float = setting(0.5, "A number.")
    count: int = setting(1, "A whole number.")
    sure: bool = setting(True, "Yes or no.")
    size: tuple[int, int] = setting((3, 3), "A pair.")
    axes: tuple[int, ...] = setting((1, 2), "A list.")
    limit: float | None = setting(None, "May be left out.")
    steps: int | None = setting(None, "May be left out.", absent="all of them")
    weigh: L2 | None = setting(None, "May be left out.", choices=(L2,))
    mode: str = setting("a", "A word.", choices=("a", "b"))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("rate", 0.001, "0.001"),
        ("rate", 1e-7, "1e-7"),
        ("rate", 2.0, "2"),
        ("count", 1000, "1000"),
        ("sure", False, "no"),
        ("size", (3, 3), "3 × 3"),
        ("axes", (1, 2), "1, 2"),
        ("limit", None, "none"),
        ("limit", 0.25, "0.25"),
        ("steps", None, "all of them"),
        ("weigh", L2(0.02), "L2 0.02"),
        ("mode", "b", "b"),
    ],
)
def test_a_value_is_written_as_short_as_it_can_be(name: str, value: Any, words: str) -> None:
    declared = next(one for one in settings_of(Example) if one.name == name)
    assert value_words(declared, value) == words


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (GlorotUniform, "Glorot uniform"),
        (RandomNormal, "Random normal"),
        (L1L2, "L1L2"),
        (SGD, "SGD"),
        (AdamW, "AdamW"),
        (RMSprop, "RMSprop"),
        (KLDivergence, "KL divergence"),
        ("relu", "relu"),
        (None, "none"),
    ],
)
def test_a_class_is_called_by_the_words_of_its_name(kind: Any, words: str) -> None:
    assert choice_words(kind) == words


def test_a_title_within_a_sentence_keeps_its_abbreviations() -> None:
    titles = {one.name: title_words(one) for owner in (TrainingPlan, L2, AdamW) for one in settings_of(owner)}
    assert titles["batch_size"] == "batch size" and titles["l2"] == "L2" and titles["amsgrad"] == "AMSGrad"


@pytest.mark.parametrize("owner", OWNERS, ids=lambda owner: owner.__name__)
def test_every_default_has_words_and_every_optional_setting_begins_with_an_allowed_value(owner: type) -> None:
    for declared in settings_of(owner):
        if declared.name != "name":
            assert value_words(declared, declared.default)
            assert short_words(declared, declared.default)
        if declared.optional:
            assert declared.first_value is not None and declared.problem(declared.first_value) is None


def test_what_is_switched_on_begins_with_its_only_choice() -> None:
    declared = next(one for one in settings_of(TrainingPlan) if one.name == "reduce_on_plateau")
    assert declared.is_switch and declared.first_value == ReduceLROnPlateau()
