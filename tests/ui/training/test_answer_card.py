"""The card of the answers: there for one or two inputs, live while training, told by mouse and keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnstudio.data.recipe import Recipe, recipe_of
from nnstudio.data.source import Source
from nnstudio.data.sources.drug_trial import DrugTrial
from nnstudio.data.sources.formulas import Plane, Sine
from nnstudio.data.sources.one_weight import OneWeight
from nnstudio.data.sources.toys import Circle, Gaussians
from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layers import Dense
from nnstudio.engine.losses import BinaryCrossentropy, CategoricalCrossentropy, MeanSquaredError
from nnstudio.engine.optimizers import SGD, Adam, Guess
from nnstudio.engine.plan import TrainingPlan
from nnstudio.session.session import Session
from nnstudio.session.training_run import Phase
from nnstudio.ui import theme
from nnstudio.ui.training.answer_card import AnswerCard
from nnstudio.ui.training.training_tab import TrainingTab


def of_two(*units: int) -> Design:
    hidden = (Dense(one, activation="tanh") for one in units)
    end = Dense(1, activation="sigmoid")
    return design_of(*hidden, end, loss=BinaryCrossentropy(), optimizer=Adam(0.05))


def of_many(classes: int) -> Design:
    end = Dense(classes, activation="softmax")
    return design_of(end, loss=CategoricalCrossentropy(), optimizer=Adam(0.05))


VALUES = design_of(
    Dense(4, activation="tanh"), Dense(1), loss=MeanSquaredError(), optimizer=Adam(0.05), metrics=()
)
ONE_WEIGHT = design_of(Dense(1, use_bias=False), loss=MeanSquaredError(), optimizer=SGD(1e-6), metrics=())


@pytest.fixture
def tab(qtbot: QtBot, session: Session) -> Iterator[TrainingTab]:
    action = QAction("Train")
    action.triggered.connect(session.train_or_pause)
    tab = TrainingTab(session, action)
    qtbot.addWidget(tab)
    tab.resize(1280, 700)
    tab.show()
    qtbot.waitExposed(tab)
    yield tab
    tab.hide()


def open_study(qtbot: QtBot, tab: TrainingTab, source: Source, design: Design, epochs: int = 5) -> AnswerCard:
    """Open data and a design, and wait for the first look at them."""
    session, validated = tab._session, not isinstance(source, OneWeight)
    plan = TrainingPlan(epochs=epochs, batch_size=32, validation_split=0.2 * validated)
    study = replace(session.document.study, design=design, plan=plan)
    session.document.edit("another study", study)
    with qtbot.waitSignal(session.mapper.looked):
        session.choose_recipe(recipe_of(source))
    qtbot.wait(60)
    return tab.answers


def train(qtbot: QtBot, session: Session) -> None:
    """Train to the end, and wait for a look at what came out."""
    session.train_or_pause()
    qtbot.waitUntil(lambda: session.run is not None and session.run.phase is Phase.FINISHED)

    def seen() -> bool:
        newest = session.mapper.newest
        answer = None if newest is None else newest.answer
        return (
            answer is not None
            and session.run is not None
            and session.run.snapshot is not None
            and (
                getattr(answer, "snapshot", None) is session.run.snapshot
                or getattr(answer, "weight", None) == session.run.snapshot.parameters[0]
            )
        )

    qtbot.waitUntil(seen)
    qtbot.wait(60)


def pixels(card: AnswerCard) -> np.ndarray:
    image = card.view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint8)
    return flat.reshape(image.height(), image.bytesPerLine() // 4, 4)[:, :, :3].astype(int)


def changed(card: AnswerCard, before: np.ndarray) -> float:
    """Return the share of pixels that are not as before; the head of the tab may have grown meanwhile."""
    now = pixels(card)
    rows, columns = (min(sizes) for sizes in zip(now.shape[:2], before.shape[:2], strict=True))
    return float((now[-rows:, :columns] != before[-rows:, :columns]).any(axis=2).mean())


def point(qtbot: QtBot, card: AnswerCard, across: float, up: float) -> str:
    """Move the mouse to a place of the plot, as shares of its width and height; return what it says."""
    area = card.view._area()
    assert area is not None
    box = area.box
    place = QPoint(round(box.left() + across * box.width()), round(box.bottom() - up * box.height()))
    qtbot.mouseMove(card.view, place)
    qtbot.wait(60)
    return card.head.text


def test_digits_have_no_card_and_the_curves_all_the_room(qtbot: QtBot, tab: TrainingTab) -> None:
    train_first = tab._session
    train_first.train_or_pause()
    qtbot.waitUntil(lambda: train_first.run is not None and train_first.run.phase is Phase.FINISHED)
    assert not tab.answers.isVisible() and tab.loss.y() == tab.figure.y()


def test_points_of_a_plane_have_a_card_beside_the_curves(qtbot: QtBot, tab: TrainingTab) -> None:
    card = open_study(qtbot, tab, Circle(), of_two(5))
    assert card.isVisible() and card.view is card.plane and "not trained yet" in card.head.text
    train(qtbot, tab._session)
    assert tab.loss.y() < tab.figure.y() and tab.loss.x() == tab.figure.x()
    assert card.x() >= tab.loss.width() and card.height() > tab.loss.height()
    assert "not trained yet" not in card.head.text
    with qtbot.waitSignal(tab._session.dataset_changed):
        tab._session.choose_recipe(Recipe())
    qtbot.waitUntil(lambda: not card.isVisible() and tab.loss.y() == tab.figure.y())


@pytest.mark.parametrize("width", [900, 1030])
def test_in_a_narrow_window_the_card_lies_below(qtbot: QtBot, tab: TrainingTab, width: int) -> None:
    card = open_study(qtbot, tab, Circle(), of_two(5))
    train(qtbot, tab._session)
    tab.resize(width, 700)
    qtbot.waitUntil(lambda: card.mapTo(tab, QPoint()).y() > tab.figure.mapTo(tab, QPoint()).y())
    assert card.width() == card.parentWidget().width()


def test_the_ground_changes_while_the_training_runs(qtbot: QtBot, tab: TrainingTab) -> None:
    card = open_study(qtbot, tab, Circle(), of_two(5), epochs=100_000)
    session, looks = tab._session, []
    session.mapper.looked.connect(lambda look: looks.append(look.answer.snapshot.epoch))
    before = pixels(card)
    session.train_or_pause()
    qtbot.waitUntil(lambda: len(set(looks)) >= 4)
    assert session.running and changed(card, before) > 0.2
    tab.hide()
    qtbot.wait(400)
    seen = len(looks)
    qtbot.wait(600)
    assert len(looks) == seen  # nobody looks
    tab.show()
    qtbot.waitUntil(lambda: len(looks) > seen)


def test_mouse_and_keys_ask_for_an_answer(qtbot: QtBot, tab: TrainingTab) -> None:
    card = open_study(qtbot, tab, Gaussians(classes=3), of_many(3), epochs=30)
    train(qtbot, tab._session)
    names = {
        point(qtbot, card, across, up).split(": ")[1][:7]
        for across, up in ((0.9, 0.9), (0.1, 0.6), (0.6, 0.1))
    }
    assert names == {"cloud 1", "cloud 2", "cloud 3"}
    before = card.head.text
    card.view.setFocus()
    for _ in range(12):
        qtbot.keyClick(card.view, Qt.Key.Key_Up)
    assert card.head.text != before
    qtbot.keyClick(card.view, Qt.Key.Key_Escape)
    assert card.head.text == "Regions"


def test_two_outputs_for_two_classes_show_as_one_does(qtbot: QtBot, tab: TrainingTab) -> None:
    card = open_study(qtbot, tab, Gaussians(), of_many(2), epochs=30)
    train(qtbot, tab._session)
    blue, orange = (pixels(card)[row, column] for row, column in _corners(card))
    assert blue[0] > blue[2] and orange[2] > orange[0]  # blue, green, red


def _corners(card: AnswerCard) -> list[tuple[int, int]]:
    """Return a pixel in the upper right and one in the lower left, where the clouds 1 and 2 are."""
    area = card.view._area()
    assert area is not None
    box = area.box
    return [
        (round(box.top() + 3), round(box.right() - 3)),
        (round(box.bottom() - 3), round(box.left() + 3)),
    ]


def test_a_surface_is_told_in_its_own_units(qtbot: QtBot, tab: TrainingTab) -> None:
    card = open_study(qtbot, tab, Plane(noise=0.0), VALUES, epochs=60)
    train(qtbot, tab._session)
    place, told = point(qtbot, card, 0.8, 0.7).removeprefix("Fitted y ").split(": ")
    x1, x2 = (float(one.replace("\N{MINUS SIGN}", "-")) for one in place.split(", "))
    assert float(told.removeprefix("y ").replace("\N{MINUS SIGN}", "-")) == pytest.approx(
        (x1 + x2) / 2, abs=0.08
    )


@pytest.mark.parametrize(("source", "design"), [(Sine(), VALUES), (DrugTrial(), of_two(5))])
def test_one_input_has_a_curve(qtbot: QtBot, tab: TrainingTab, source: Source, design: Design) -> None:
    card = open_study(qtbot, tab, source, design)
    before = pixels(card)
    train(qtbot, tab._session)
    assert card.view is card.line and changed(card, before) > 0.002
    assert point(qtbot, card, 0.9, 0.5).split()[-1] not in ("", "number")


def test_one_weight_shows_its_curve_and_both_ways_down(qtbot: QtBot, tab: TrainingTab) -> None:
    card = open_study(qtbot, tab, OneWeight(), ONE_WEIGHT, epochs=60)
    assert card.view is card.weight and "Train" in card.table.text and not card.legend.isVisible()
    train(qtbot, tab._session)
    qtbot.waitUntil(lambda: card.table.text.startswith("SGD 60 60 6 1.012"))
    assert "Guess" in card.table.text
    tab._session.document.edit_design("guess", replace(ONE_WEIGHT, optimizer=Guess(0.02)))
    train(qtbot, tab._session)
    qtbot.waitUntil(lambda: "\nGuess 60 " in card.table.text)
    assert card.table.text.startswith("SGD 60 60 6 1.012") and card.table.text.endswith("\n")
    assert "error" in point(qtbot, card, 0.5, 0.5)


def test_the_card_follows_the_theme(qtbot: QtBot, qapp: QApplication, tab: TrainingTab) -> None:
    card = open_study(qtbot, tab, Circle(), of_two(5))
    light = pixels(card).mean()
    theme.apply(qapp, theme.DARK)
    qtbot.wait(50)
    dark = pixels(card).mean()
    theme.apply(qapp, theme.LIGHT)
    assert dark < light / 1.5
