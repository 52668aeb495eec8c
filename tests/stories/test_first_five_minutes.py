"""The first five minutes: train, look, draw, build, with real mouse and keyboard."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMessageBox, QSpinBox, QToolButton
from pytestqt.qtbot import QtBot

from nnstudio.engine.layers import Dropout
from nnstudio.session.training_run import Phase
from nnstudio.ui.workbench import Workbench
from tests.stories.hand import Hand

pytestmark = pytest.mark.x11

DATA, MODEL, TRAINING, PREDICTION = range(4)


def go_to(hand: Hand, workbench: Workbench, stage: int) -> None:
    bar = workbench.window.stages
    hand.click(bar, bar.tabRect(stage).center())
    assert bar.currentIndex() == stage


def main_button(workbench: Workbench) -> QToolButton:
    return next(
        one for one in workbench.window.findChildren(QToolButton) if one.text() == "Train" and one.isVisible()
    )


def test_training_the_example_with_the_mouse(qtbot: QtBot, workbench: Workbench, hand: Hand) -> None:
    go_to(hand, workbench, TRAINING)
    session = workbench.session
    hand.click(main_button(workbench))
    qtbot.waitUntil(lambda: session.running)
    curve = workbench.training_tab.loss.plot.listDataItems()[1]
    qtbot.waitUntil(lambda: 0 < len(curve.getData()[0]) < 250)  # no longer the example's 500
    seen = len(curve.getData()[0])
    qtbot.waitUntil(lambda: session.running and len(curve.getData()[0]) > seen)
    qtbot.waitUntil(lambda: session.run is not None and session.run.phase is Phase.FINISHED)
    qtbot.waitUntil(lambda: session.evaluation is not None and session.evaluation.epoch == 10)
    assert session.evaluation is not None and session.evaluation.accuracy >= 0.93


def test_a_digit_drawn_with_the_mouse_is_predicted(qtbot: QtBot, workbench: Workbench, hand: Hand) -> None:
    go_to(hand, workbench, PREDICTION)
    pad = workbench.prediction_tab.pad.pad
    center, radius = pad.rect().center(), pad.width() * 0.28
    circle = [
        (pad, center + QPoint(round(0.75 * radius * math.sin(angle)), round(-radius * math.cos(angle))))
        for angle in np.linspace(0.0, 2 * math.pi, 17)
    ]
    hand.drag(circle)
    qtbot.waitUntil(lambda: workbench.prediction_tab.pad.guess.name == "0")


def test_a_layer_is_dragged_from_the_palette_and_taken_back(workbench: Workbench, hand: Hand) -> None:
    go_to(hand, workbench, MODEL)
    tab, document = workbench.model_tab, workbench.session.document
    before = document.design
    palette = tab.palette_panel.list
    kinds = [palette.model().index(row, 0).data() for row in range(palette.model().rowCount())]
    source = palette.visualRect(palette.model().index(kinds.index("Dropout"), 0)).center()
    target = tab.stack.visualRect(tab.model.index(tab.model.row("hidden_1")))
    above = QPoint(target.center().x(), target.top() + 6)
    hand.drag([(palette.viewport(), source), (tab.stack.viewport(), above)])
    assert document.design.names[:3] == ("flatten", "dropout", "hidden_1")
    assert isinstance(document.design.layers[1], Dropout)
    hand.press("ctrl+z")
    assert document.design == before


def test_a_card_is_moved_by_drag_and_by_keys(workbench: Workbench, hand: Hand) -> None:
    go_to(hand, workbench, MODEL)
    tab, document = workbench.model_tab, workbench.session.document
    card = tab.stack.card(tab.model.row("dropout_1"))
    assert card is not None
    target = tab.stack.visualRect(tab.model.index(tab.model.row("hidden_1")))
    above = QPoint(card.grip.center().x(), target.top() + 4)
    hand.drag([(tab.stack.viewport(), card.grip.center()), (tab.stack.viewport(), above)])
    assert document.design.names[:3] == ("flatten", "dropout_1", "hidden_1")
    hand.press("alt+Down")
    assert document.design.names[:3] == ("flatten", "hidden_1", "dropout_1")
    hand.press("alt+Up", "ctrl+d", "Delete")
    assert document.design.names[:3] == ("flatten", "dropout_1", "hidden_1")
    hand.press("ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z")
    assert document.undo_stack.index() == 0


def test_a_broken_output_is_mended_with_one_click(qtbot: QtBot, workbench: Workbench, hand: Hand) -> None:
    go_to(hand, workbench, MODEL)
    tab, document = workbench.model_tab, workbench.session.document
    row = tab.model.row("output")
    card = tab.stack.card(row)
    assert card is not None
    hand.click(tab.stack.viewport(), card.fields[0].box.center())
    assert tab.stack.viewport().findChild(QSpinBox) is not None
    hand.press("ctrl+a")
    hand.type("3")
    hand.press("Return")
    assert not document.report.ready and not workbench.actions["train"].isEnabled()
    tab.stack.scrollToBottom()
    qtbot.wait(50)
    card = tab.stack.card(row)
    assert card is not None and card.fixes
    hand.click(tab.stack.viewport(), card.fixes[0].center())
    assert document.report.ready and workbench.actions["train"].isEnabled()


def test_space_trains_and_pauses_and_closing_asks(qtbot: QtBot, workbench: Workbench, hand: Hand) -> None:
    go_to(hand, workbench, TRAINING)
    session = workbench.session
    session.document.edit_plan("long", type(session.document.study.plan)(epochs=500))
    workbench.training_tab.setFocus(Qt.FocusReason.OtherFocusReason)
    hand.press("F5")
    assert session.running
    workbench.window.close()
    box = workbench.window.findChild(QMessageBox)
    assert box is not None and box.isVisible() and workbench.window.isVisible()
    qtbot.waitUntil(box.isActiveWindow)
    hand.click(next(button for button in box.buttons() if button.text() == "Cancel"))
    qtbot.waitUntil(lambda: not workbench.window.findChildren(QMessageBox))
    assert session.running
    qtbot.waitUntil(workbench.window.isActiveWindow)
    hand.press("F5")
    qtbot.waitUntil(lambda: not session.running)
    assert session.run is not None and session.run.phase is Phase.PAUSED
