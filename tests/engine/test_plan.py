"""The plan and the values that it is made of."""

from __future__ import annotations

from typing import Any

import pytest

from nnstudio.engine.augmentation import Augmentation
from nnstudio.engine.class_weights import CLASS_WEIGHTS, Even, Given
from nnstudio.engine.plan import TrainingPlan
from nnstudio.engine.plateau import ReduceLROnPlateau
from nnstudio.engine.stopping import EarlyStopping
from nnstudio.formats.values import owner_from_json, settings_to_json
from nnstudio.settings import problems_with, settings_of

PARTS: list[Any] = [TrainingPlan, EarlyStopping, ReduceLROnPlateau, Augmentation, *CLASS_WEIGHTS]


@pytest.mark.parametrize("kind", PARTS)
def test_a_default_is_free_of_problems_and_equal_to_another(kind: Any) -> None:
    assert problems_with(kind()) == ()
    assert kind() == kind() and hash(kind()) == hash(kind())


@pytest.mark.parametrize("kind", PARTS)
def test_its_first_sentence_and_every_setting_say_what_they_are(kind: Any) -> None:
    assert (kind.__doc__ or "").strip().split("\n")[0].endswith(".")
    assert all(declared.help.endswith(".") for declared in settings_of(kind))


def test_without_a_wish_training_is_as_plain_as_can_be() -> None:
    plan = TrainingPlan()
    assert (plan.early_stopping, plan.reduce_on_plateau, plan.augmentation) == (None, None, None)
    assert plan.class_weight == Even()


def test_a_plan_from_before_these_settings_opens_with_their_defaults() -> None:
    old = {"epochs": 3, "batch_size": 5, "validation_split": 0.1, "shuffle": False, "seed": 99}
    assert owner_from_json(TrainingPlan, old) == TrainingPlan(3, 5, 0.1, shuffle=False, seed=99)


def test_a_plan_with_all_of_it_survives_a_file() -> None:
    plan = TrainingPlan(
        early_stopping=EarlyStopping(5, 0.1, False),
        reduce_on_plateau=ReduceLROnPlateau(0.2, 4, 0.0, 3, 1e-5),
        augmentation=Augmentation(0.2, 30.0, 0.0, 0.5),
        class_weight=Given((1.0, 0.5, 2.0)),
    )
    assert owner_from_json(TrainingPlan, settings_to_json(plan)) == plan
