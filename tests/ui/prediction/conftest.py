"""What the tests of the prediction tab share: digits, a small network that knows them, and a tab to try."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnstudio.data.dataset import Dataset, Samples
from nnstudio.data.load import load
from nnstudio.data.recipe import Recipe
from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layers import Dense, Flatten
from nnstudio.engine.network import Network
from nnstudio.engine.plan import TrainingPlan
from nnstudio.engine.run_state import RunState
from nnstudio.engine.training import train
from nnstudio.experiments.history import History
from nnstudio.experiments.study import Study
from nnstudio.experiments.trained import TrainedModel
from nnstudio.session.session import Session
from nnstudio.task import Task
from nnstudio.ui.prediction.prediction_tab import PredictionTab

MakeTab = Callable[..., PredictionTab]


@pytest.fixture(scope="session")
def digits() -> Dataset:
    """The digits that ship with the program."""
    return load(Recipe())


@pytest.fixture(scope="session")
def model(digits: Dataset) -> TrainedModel:
    """A small network that knows most digits."""
    return trained_on(digits, epochs=4)


@pytest.fixture
def make_tab(qtbot: QtBot) -> Iterator[MakeTab]:
    """A function that shows a tab for a model and data; all are closed at the end."""
    opened: list[tuple[PredictionTab, Session]] = []

    def make(model: TrainedModel, dataset: Dataset, wait: bool = True) -> PredictionTab:
        session = Session(model, dataset)
        tab = PredictionTab(session)
        opened.append((tab, session))
        tab.resize(1440, 820)
        tab.show()
        if wait:
            qtbot.waitUntil(lambda: session.evaluation is not None)
        return tab

    yield make
    for tab, session in opened:
        session.close()
        tab.close()
        tab.deleteLater()


@pytest.fixture
def tab(make_tab: MakeTab, model: TrainedModel, digits: Dataset) -> PredictionTab:
    """The tab for the digits and the network that knows them."""
    return make_tab(model, digits)


def trained_on(dataset: Dataset, epochs: int = 1) -> TrainedModel:
    """Train 64 units on a data set of images."""
    last = Dense(name="", units=dataset.facts.classes, activation="softmax")
    design = design_of(Flatten(name=""), Dense(name="", units=64, activation="relu"), last)
    plan = replace(TrainingPlan(), epochs=epochs)
    state = RunState.start(design, plan, dataset.facts.sample_shape, *dataset.split(plan.validation_split))
    for _ in train(state):
        pass
    snapshot = state.network.snapshot(float(epochs))
    return TrainedModel(Study(design, plan, dataset.recipe), snapshot, History(("loss",)))


def untrained(design: Design, dataset: Dataset) -> TrainedModel:
    """Compile a design for a data set as if it had been trained for one epoch."""
    snapshot = Network(design, dataset.facts.sample_shape, seed=1).snapshot(1.0)
    return TrainedModel(Study(design, TrainingPlan(), dataset.recipe), snapshot, History(("loss",)))


def with_classes(dataset: Dataset, names: tuple[str, ...]) -> Dataset:
    """Spread the digits over other classes, each digit over several where there are more than ten."""
    rng, classes = np.random.default_rng(1), len(names)

    def part(samples: Samples) -> Samples:
        y = samples.y * max(1, classes // 10) + rng.integers(0, max(1, classes // 10), len(samples))
        return Samples(samples.x, y % classes, samples.scaler)

    task = Task.TWO_CLASSES if classes == 2 else Task.MANY_CLASSES
    facts = replace(dataset.facts, class_names=names, task=task)
    return Dataset(dataset.recipe, part(dataset.training), part(dataset.test), facts)
