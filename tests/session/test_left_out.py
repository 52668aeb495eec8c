"""A class left out of training is never learnt from, and everywhere else it is still there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnstudio.data.arrays import Array
from nnstudio.data.load import load
from nnstudio.data.raw import Raw
from nnstudio.data.recipe import Recipe, recipe_of
from nnstudio.data.source import Source
from nnstudio.data.sources.mnist_sample import MnistSample
from nnstudio.data.sources.toys import Gaussians
from nnstudio.data.split import Split
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.engine.class_weights import Balanced
from nnstudio.engine.design import design_of
from nnstudio.engine.layers import Dense
from nnstudio.engine.optimizers import Adam
from nnstudio.engine.plan import TrainingPlan
from nnstudio.session.session import Session
from nnstudio.session.training_run import Phase
from nnstudio.task import Task

GONE = 1


def clouds() -> Recipe:
    return replace(recipe_of(Gaussians(classes=3)), split=Split(left_out=("cloud 2",)))


@pytest.mark.parametrize("recipe", [clouds(), Recipe(MnistSample(), Split(left_out=("1",)))])
def test_neither_training_nor_validation_has_the_class_but_the_test_part_has(recipe: Recipe) -> None:
    data = load(recipe)
    whole = load(replace(recipe, split=Split()))
    training, validation = data.split(0.2)
    assert validation is not None
    assert GONE not in training.y and GONE not in validation.y and GONE in data.test.y
    assert data.class_names == whole.class_names
    assert data.facts.training_count == len(data.training) == int((whole.training.y != GONE).sum())
    assert np.array_equal(data.test.x, whole.test.x)


class SortedFile(Source):
    """A test part of its own, and a class whose samples stand between those of two others."""

    def read(self, watch: Watch = UNWATCHED) -> Raw:
        y = np.repeat([0, 1, 1, 1, 2], 100)
        x: Array = np.zeros((500, 1), np.float32)
        return Raw("sorted", Task.MANY_CLASSES, x, y, ("a", "b", "c"), x[::5], y[::5])


def test_what_validates_is_fair_to_the_classes_that_are_left() -> None:
    _, validation = load(Recipe(SortedFile(), Split(left_out=("b",)))).split(0.2)
    assert validation is not None
    counts = np.bincount(validation.y, minlength=3)
    assert counts[1] == 0 and min(counts[0], counts[2]) >= 10


def test_a_network_never_names_the_class_and_the_matrix_shows_it(qtbot: QtBot, session: Session) -> None:
    with qtbot.waitSignal(session.dataset_changed):
        session.choose_recipe(clouds())
    design = design_of(Dense(3, activation="softmax"), optimizer=Adam(0.05))
    plan = TrainingPlan(epochs=20, batch_size=32, class_weight=Balanced())
    session.document.edit("learn", replace(session.document.study, design=design, plan=plan))
    assert session.document.report.problems == () and session.document.obstacle == ""
    session.train_or_pause()
    qtbot.waitUntil(lambda: session.run is not None and session.run.phase is Phase.FINISHED)
    qtbot.waitUntil(lambda: session.evaluation is not None and session.evaluation.epoch == 20)
    assert session.evaluation is not None
    counts = session.evaluation.confusion
    assert counts[:, GONE].sum() == 0 and counts[GONE].sum() == (session.dataset.test.y == GONE).sum() > 0
    others = counts[[0, 2]]
    assert others[[0, 1], [0, 2]].sum() >= 0.95 * others.sum()
