"""Generated data: watch a network part the plane, and one weight go down its curve, by mouse and keyboard."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from nnstudio.data.sources.one_weight import OneWeight
from nnstudio.data.sources.toys import Circle
from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layers import Dense
from nnstudio.engine.losses import BinaryCrossentropy, MeanSquaredError
from nnstudio.engine.optimizers import SGD, Adam, Guess
from nnstudio.engine.plan import TrainingPlan
from nnstudio.experiments.input_map import InputMap
from nnstudio.session.training_run import Phase
from nnstudio.ui.workbench import Workbench
from tests.stories.hand import Hand

pytestmark = pytest.mark.x11

DATA, TRAINING = 0, 2


def open_study(
    qtbot: QtBot, workbench: Workbench, hand: Hand, name: str, design: Design, plan: TrainingPlan
) -> None:
    """Click on data in the list, take a design, and go to the Training tab."""
    session, bar, sources = workbench.session, workbench.window.stages, workbench.data_tab.sources
    hand.click(bar, bar.tabRect(DATA).center())
    index = sources.model.index_of(name)
    sources.list.scrollTo(index)
    with qtbot.waitSignal(session.dataset_changed):
        hand.click(sources.list.viewport(), sources.list.visualRect(index).center())
    session.document.edit("another study", replace(session.document.study, design=design, plan=plan))
    hand.click(bar, bar.tabRect(TRAINING).center())
    qtbot.wait(300)


def tool(workbench: Workbench, words: str) -> QAbstractButton:
    return next(
        one
        for one in workbench.window.findChildren(QAbstractButton)
        if one.text() == words and one.isVisible()
    )


def test_a_ring_is_parted_from_its_middle(qtbot: QtBot, workbench: Workbench, hand: Hand) -> None:
    end = Dense(1, activation="sigmoid")
    design = design_of(Dense(8, activation="tanh"), end, loss=BinaryCrossentropy(), optimizer=Adam(0.02))
    open_study(qtbot, workbench, hand, Circle.title, design, TrainingPlan(epochs=600, batch_size=32))
    session, card = workbench.session, workbench.training_tab.answers
    epochs: set[float] = set()

    def note(look: object) -> None:
        answer = getattr(look, "answer", None)
        if session.running and isinstance(answer, InputMap):
            epochs.add(answer.snapshot.epoch)

    session.mapper.looked.connect(note)
    assert "not trained yet" in card.head.text
    hand.click(tool(workbench, "Train"))
    qtbot.waitUntil(lambda: session.run is not None and session.run.phase is Phase.FINISHED)
    assert len(epochs) >= 2  # it was seen on its way
    qtbot.wait(600)
    view = card.view
    hand.drag([(view, QPoint(5, 5)), (view, view.rect().center())])
    assert "inside" in card.head.text
    hand.press("Left", *["Left"] * 10)
    assert "outside" in card.head.text


def test_one_weight_goes_down_step_by_step_and_by_guessing(
    qtbot: QtBot, workbench: Workbench, hand: Hand
) -> None:
    design = design_of(Dense(1, use_bias=False), loss=MeanSquaredError(), optimizer=SGD(1e-6), metrics=())
    plan = TrainingPlan(epochs=40, validation_split=0.0)
    open_study(qtbot, workbench, hand, OneWeight.title, design, plan)
    session, card = workbench.session, workbench.training_tab.answers
    for step in (1, 2):
        hand.click(tool(workbench, "Step"))
        qtbot.waitUntil(lambda step=step: card.table.text.startswith(f"SGD {step} {step} "))  # type: ignore[misc]
    hand.press("F5")
    qtbot.waitUntil(lambda: card.table.text.startswith("SGD 40 40 6 1.012"))
    session.document.edit_design("guess", replace(design, optimizer=Guess(0.02)))
    hand.press("F5")
    qtbot.waitUntil(lambda: "\nGuess 40 " in card.table.text)
    assert card.table.text.startswith("SGD 40 40 6 1.012")
