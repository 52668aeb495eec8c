"""What the network says all over its inputs follows the weights, seldom enough, and lets go of old data."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnstudio.data.recipe import recipe_of
from nnstudio.data.source import Source
from nnstudio.data.sources.one_weight import OneWeight
from nnstudio.data.sources.toys import Circle, Gaussians
from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layers import Dense
from nnstudio.engine.losses import BinaryCrossentropy, MeanSquaredError
from nnstudio.engine.optimizers import SGD, Guess
from nnstudio.engine.plan import TrainingPlan
from nnstudio.experiments.input_map import InputMap, map_inputs
from nnstudio.experiments.weight_search import WeightSearch
from nnstudio.session.input_mapper import Look
from nnstudio.session.session import Session
from nnstudio.session.training_run import Phase

TWO_CLASSES = design_of(
    Dense(4, activation="tanh"), Dense(1, activation="sigmoid"), loss=BinaryCrossentropy()
)
ONE_WEIGHT = design_of(Dense(1, use_bias=False), loss=MeanSquaredError(), optimizer=SGD(1e-6), metrics=())


def open_study(qtbot: QtBot, session: Session, source: Source, design: Design, **plan: float) -> None:
    with qtbot.waitSignal(session.dataset_changed):
        session.choose_recipe(recipe_of(source))
    study = replace(session.document.study, design=design, plan=TrainingPlan(**plan))  # type: ignore[arg-type]
    session.document.edit("another study", study)


def look(qtbot: QtBot, session: Session) -> Look:
    with qtbot.waitSignal(session.mapper.looked) as told:
        session.mapper.look()
    found: Look = told.args[0]
    return found


def train(qtbot: QtBot, session: Session) -> None:
    session.train_or_pause()
    qtbot.waitUntil(lambda: session.run is not None and session.run.phase is Phase.FINISHED)


def test_images_are_not_looked_at(qtbot: QtBot, session: Session) -> None:
    with qtbot.assertNotEmitted(session.mapper.looked, wait=300):
        session.mapper.look()


def test_fresh_weights_answer_where_the_trained_ones_are_of_other_data(
    qtbot: QtBot, session: Session
) -> None:
    open_study(qtbot, session, Circle(), TWO_CLASSES)
    assert session.trained and session.fitting_snapshot is not session.snapshot
    answer = look(qtbot, session).answer
    assert isinstance(answer, InputMap) and answer.snapshot is session.fitting_snapshot


def test_a_design_that_does_not_fit_has_points_but_no_answer(qtbot: QtBot, session: Session) -> None:
    open_study(qtbot, session, Circle(), TWO_CLASSES.without(("dense_1",)))
    found = look(qtbot, session)
    assert found.answer is None and len(found.ground.training.x)


def test_the_answers_are_those_of_the_newest_weights(qtbot: QtBot, session: Session) -> None:
    open_study(qtbot, session, Circle(), TWO_CLASSES, epochs=3)
    look(qtbot, session)
    train(qtbot, session)
    found = look(qtbot, session)
    assert session.run is not None and session.run.snapshot is not None
    expected = map_inputs(session.run.snapshot, found.ground)
    assert isinstance(found.answer, InputMap) and expected is not None
    assert np.array_equal(found.answer.answers, expected.answers)


def test_nothing_is_looked_at_twice(qtbot: QtBot, session: Session) -> None:
    open_study(qtbot, session, Circle(), TWO_CLASSES)
    look(qtbot, session)
    with qtbot.assertNotEmitted(session.mapper.looked, wait=500):
        session.mapper.look()


def test_a_training_is_looked_at_again_and_again_but_seldom(qtbot: QtBot, session: Session) -> None:
    open_study(qtbot, session, Circle(), TWO_CLASSES, epochs=100_000)
    times: list[float] = []
    session.mapper.looked.connect(lambda _: times.append(time.monotonic()))
    session.train_or_pause()

    def looked_often() -> bool:
        session.mapper.look()
        return len(times) >= 5

    qtbot.waitUntil(looked_often)
    assert np.diff(times[1:]).min() > 0.15  # five times a second, told by a timer that is a little early


def test_other_data_take_the_place_of_a_look_under_way(qtbot: QtBot, session: Session) -> None:
    open_study(qtbot, session, Circle(), TWO_CLASSES)
    look(qtbot, session)
    found: list[Look] = []
    session.mapper.looked.connect(found.append)
    session.mapper.look()
    open_study(qtbot, session, Gaussians(), TWO_CLASSES)
    session.mapper.look()
    qtbot.waitUntil(lambda: bool(found) and found[-1].ground.facts.name == "Gaussians")


@pytest.mark.parametrize("first", ["gradient", "guess"])
def test_guessing_and_a_gradient_both_leave_a_trail(qtbot: QtBot, session: Session, first: str) -> None:
    ways = (SGD(1e-6), Guess(0.02))
    open_study(qtbot, session, OneWeight(), ONE_WEIGHT, epochs=60, validation_split=0.0)
    for way in ways if first == "gradient" else ways[::-1]:
        session.document.edit_design("another way", replace(ONE_WEIGHT, optimizer=way))
        train(qtbot, session)
    answer = look(qtbot, session).answer
    assert isinstance(answer, WeightSearch)
    assert [trail.title for trail, _ in answer.trails] == ["SGD", "Guess"]
    gradient, guess = (trail for trail, _ in answer.trails)
    assert gradient.iterations[:20].tolist() == list(range(20)) and gradient.iterations[-1] == 60
    assert gradient.tries[-1] == 60 and 60 <= guess.tries[-1] <= 120
    assert gradient.weights[-1] == pytest.approx(425 / 420, abs=1e-3)
    assert guess.weights[-1] == pytest.approx(425 / 420, abs=0.02)


def test_one_sample_is_not_parted(session: Session, qtbot: QtBot) -> None:
    open_study(qtbot, session, OneWeight(), ONE_WEIGHT, epochs=5)
    assert "Set it to 0" in session.document.obstacle
