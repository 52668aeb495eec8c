"""The tab as a whole: what it shows for all kinds of networks and data."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnstudio.data.dataset import Dataset, Samples
from nnstudio.engine.design import design_of
from nnstudio.engine.layers import Dense, Flatten
from nnstudio.engine.losses import BinaryCrossentropy
from nnstudio.experiments.trained import TrainedModel
from nnstudio.task import DataFacts, Task
from nnstudio.ui import theme
from nnstudio.ui.prediction.prediction_tab import PredictionTab
from nnstudio.ui.prediction.sample_filter import ALL, SampleFilter
from tests.ui.prediction.conftest import MakeTab, trained_on, untrained, with_classes
from tests.ui.prediction.test_drawing_pad import ZERO, draw


def regression(digits: Dataset) -> Dataset:
    """Data with a value to predict."""
    x = np.random.default_rng(0).normal(size=(60, 3)).astype(np.float32)
    samples = Samples(x, x.sum(axis=1, keepdims=True))
    return Dataset(digits.recipe, samples, samples, DataFacts("Plane", (3,), Task.REGRESSION, (), 1, 60, 60))


def test_it_evaluates_by_itself_when_first_shown(tab: PredictionTab) -> None:
    evaluation = tab._session.evaluation
    assert evaluation is not None
    right = int(evaluation.right.sum())
    assert tab.summary.text.startswith(f"MNIST sample, test images, Right {right} of 1,000, Accuracy ")
    assert f"Error {100 - right / 10:.2f} %" in tab.summary.text
    assert "Weights of epoch 4, " in tab.summary.text


def test_weights_that_were_never_trained_are_told(tab: PredictionTab, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tab._session.evaluated):
        tab._session.reset()
    assert "Untrained weights" in tab.summary.text
    assert tab.matrix.isVisible()


def test_forty_seven_classes_fit(make_tab: MakeTab, digits: Dataset, qtbot: QtBot) -> None:
    many = with_classes(digits, tuple(map(str, range(47))))
    tab = make_tab(trained_on(many), many)
    matrix = tab.matrix.matrix
    tab.grab()
    qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=matrix.rect_of(30, 31).center())
    assert tab.filter == SampleFilter.at((30, 31))
    draw(qtbot, tab.pad.pad, ZERO)
    qtbot.waitUntil(lambda: tab.pad.guess.name != "")
    assert len(tab.pad.guess.bars.bars) == 47


def test_two_classes_with_one_output_work(make_tab: MakeTab, digits: Dataset, qtbot: QtBot) -> None:
    two = with_classes(digits, ("even", "odd"))
    last = Dense(name="", units=1, activation="sigmoid")
    model = untrained(design_of(Flatten(name=""), last, loss=BinaryCrossentropy()), two)
    tab = make_tab(model, two)
    tab.grab()
    draw(qtbot, tab.pad.pad, ZERO)
    qtbot.waitUntil(lambda: tab.pad.guess.name in ("even", "odd"))
    assert sum(bar.share for bar in tab.pad.guess.bars.bars) == pytest.approx(1.0, abs=1e-4)


def test_fewer_classes_drop_a_filter_that_no_longer_exists(
    tab: PredictionTab, digits: Dataset, qtbot: QtBot
) -> None:
    tab.matrix.matrix.edited.emit(SampleFilter.at((9, 8)))
    two = with_classes(digits, ("even", "odd"))
    session = tab._session
    session._show_as_run(trained_on(two), "two")
    with qtbot.waitSignal(session.evaluated):
        session.show_dataset(two)
    assert tab.filter == ALL


def test_weights_of_other_data_are_explained(make_tab: MakeTab, digits: Dataset, qtbot: QtBot) -> None:
    model = untrained(design_of(Dense(name="", units=2, activation="softmax")), regression(digits))
    tab = make_tab(model, digits, wait=False)
    qtbot.waitUntil(lambda: "other data" in tab.empty.sentence)
    assert tab.empty.button.text() == "Train"
    assert "28" in tab.pad.obstacle.sentence


def test_results_of_other_data_are_not_mixed_with_these(
    tab: PredictionTab, digits: Dataset, qtbot: QtBot
) -> None:
    fewer = Dataset(
        digits.recipe, digits.training, digits.test.part(0, 50), replace(digits.facts, test_count=50)
    )
    session = tab._session
    session.dataset = fewer
    session.dataset_changed.emit()
    assert tab.summary.text == "No predictions yet"
    with qtbot.waitSignal(session.evaluated):
        session.evaluate()
    assert "of 50" in tab.summary.text


def test_a_hidden_tab_catches_up_when_it_is_shown(tab: PredictionTab, qtbot: QtBot) -> None:
    tab.hide()
    with qtbot.waitSignal(tab._session.evaluated):
        tab._session.reset()
    assert "Weights of epoch" in tab.summary.text
    tab.show()
    assert "Untrained weights" in tab.summary.text


def test_another_theme_repaints_everything(tab: PredictionTab, qtbot: QtBot) -> None:
    app, before = QApplication.instance(), theme.current()
    draw(qtbot, tab.pad.pad, ZERO)
    looks = {}
    for name, look in theme.THEMES.items():
        theme.apply(app, look)
        parts = (tab.matrix.matrix, tab.gallery.view, tab.pad.pad, tab.pad.guess.bars)
        looks[name] = [part.grab().toImage() for part in parts]
    theme.apply(app, before)
    assert all(light != dark for light, dark in zip(looks["light"], looks["dark"], strict=True))


def test_training_while_the_tab_is_shown_brings_new_results(
    make_tab: MakeTab, model: TrainedModel, digits: Dataset, qtbot: QtBot
) -> None:
    tab = make_tab(model, digits)
    session = tab._session
    session.step_once()
    qtbot.waitUntil(lambda: "Weights of epoch 0" in tab.summary.text)


@pytest.mark.parametrize("size", [(1024, 560), (1280, 700), (1920, 980)])
def test_nothing_is_wider_than_the_window(tab: PredictionTab, size: tuple[int, int], qtbot: QtBot) -> None:
    tab.resize(*size)
    qtbot.wait(60)
    assert tab.minimumSizeHint().width() <= 1024
    for part in (tab.matrix, tab.gallery, tab.pad):
        assert part.mapTo(tab, part.rect().bottomRight()).x() < size[0]
