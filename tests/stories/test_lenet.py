"""LeNet from an empty stack, by drag and by keyboard alone; broken, mended, undone and done again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QSpinBox
from pytestqt.qtbot import QtBot

from nnstudio.engine.design import Design
from nnstudio.ui.model.model_tab import ModelTab
from nnstudio.ui.workbench import Workbench
from tests.stories.hand import Hand

pytestmark = pytest.mark.x11

LENET = ("Conv2D", "MaxPooling2D", "Conv2D", "MaxPooling2D", "Flatten", "Dense", "Dense", "Dense")
UNITS = {"dense": 120, "dense_1": 84}
MOST_FIXES = 6


@pytest.fixture
def tab(workbench: Workbench, hand: Hand) -> ModelTab:
    """The Model tab with an empty stack, emptied by the keyboard."""
    hand.press("ctrl+2", "ctrl+l", "Escape", "Escape", "ctrl+a", "Delete")
    assert workbench.session.document.design.layers == ()
    return workbench.model_tab


def kinds(design: Design) -> tuple[str, ...]:
    return tuple(type(layer).__name__ for layer in design.layers)


def check_and_go_there_and_back(workbench: Workbench, hand: Hand) -> None:
    """The design is LeNet and can be trained; undo empties the stack, redo brings all of it back."""
    document = workbench.session.document
    full = document.design
    assert kinds(full) == ("Reshape", *LENET), full.names
    assert document.report.ready and document.report.layers[-1].output_shape == (10,)
    assert {name: full.layer(name).units for name in UNITS} == UNITS  # type: ignore[attr-defined]
    steps = document.undo_stack.count() - 1  # the first of them emptied the stack
    hand.press(*["ctrl+z"] * steps)
    assert document.design.layers == ()
    hand.press(*["ctrl+shift+z"] * steps)
    assert document.design == full


def test_lenet_is_built_by_drag(qtbot: QtBot, workbench: Workbench, hand: Hand, tab: ModelTab) -> None:
    palette, document = tab.palette_panel, workbench.session.document
    for kind in LENET:
        hand.click(palette.search)
        hand.press("ctrl+a")
        hand.type(kind)
        place = next(index for index in palette.list.kinds() if index.data() == kind)
        source = palette.list.visualRect(place).center()
        tab.stack.scrollToBottom()
        qtbot.wait(50)
        target = tab.stack.visualRect(tab.model.index(tab.model.rowCount() - 1))
        below = QPoint(target.center().x(), target.top() + 3)
        hand.drag([(palette.list.viewport(), source), (tab.stack.viewport(), below)])
    assert kinds(document.design) == LENET
    click_fixes(qtbot, workbench, hand)
    for name, units in UNITS.items():
        tab.stack.scrollTo(tab.model.index(tab.model.row(name)))
        qtbot.wait(50)
        card = tab.stack.card(tab.model.row(name))
        assert card is not None
        hand.click(tab.stack.viewport(), card.fields[0].box.center())
        assert tab.stack.viewport().findChild(QSpinBox) is not None
        hand.press("ctrl+a")
        hand.type(str(units))
        hand.press("Return")
    check_and_go_there_and_back(workbench, hand)


def test_lenet_is_built_by_keyboard_alone(
    qtbot: QtBot, workbench: Workbench, hand: Hand, tab: ModelTab
) -> None:
    document = workbench.session.document
    hand.press("ctrl+l")
    for kind in LENET:
        hand.type(kind)
        hand.press("Return")
    assert kinds(document.design) == LENET
    for _ in range(MOST_FIXES):
        if not document.report.ready:
            hand.press("ctrl+period")
    hand.press("Escape", "Escape")
    assert QApplication.focusWidget() is tab.stack
    for name, units in UNITS.items():
        hand.press("Home")
        hand.press(*["Down"] * document.design.index(name))
        assert tab.stack.selected_names == (name,)
        hand.press("Return", "ctrl+a")
        hand.type(str(units))
        tab.stack.setFocus()
    check_and_go_there_and_back(workbench, hand)


def test_lenet_is_broken_and_mended(qtbot: QtBot, workbench: Workbench, hand: Hand, tab: ModelTab) -> None:
    document = workbench.session.document
    hand.press("ctrl+l")
    for kind in LENET:
        hand.type(kind)
        hand.press("Return")
    click_fixes(qtbot, workbench, hand)
    whole = document.design
    assert document.report.ready
    tab.stack.scrollTo(tab.model.index(tab.model.row("flatten")))
    qtbot.wait(50)
    card = tab.stack.card(tab.model.row("flatten"))
    assert card is not None
    hand.click(tab.stack.viewport(), card.type.center())
    hand.press("Delete")
    assert not document.report.ready
    click_fixes(qtbot, workbench, hand)
    assert document.report.ready and "Flatten" in kinds(document.design)
    for _ in range(document.undo_stack.index()):
        if document.design != whole:
            hand.press("ctrl+z")
    assert document.design == whole


def test_cards_are_cut_pasted_renamed_and_frozen_by_keys(
    qtbot: QtBot, workbench: Workbench, hand: Hand, tab: ModelTab
) -> None:
    document = workbench.session.document
    hand.press("ctrl+l")
    for kind in LENET[4:]:
        hand.type(kind)
        hand.press("Return")
    hand.press("Escape", "Escape", "Home", "shift+Down", "ctrl+x")
    assert kinds(document.design) == ("Dense", "Dense")
    hand.press("End", "ctrl+v")
    assert kinds(document.design) == ("Dense", "Dense", "Flatten", "Dense")
    assert '"Flatten"' in QApplication.clipboard().text()
    hand.press("Home", "F2")
    hand.type("first one")
    hand.press("Return")
    assert document.design.names[0] == "dense_1"  # a space is no part of a name
    hand.press("BackSpace", "BackSpace", "BackSpace", "BackSpace", "Return")
    assert document.design.names[0] == "first"
    hand.press("ctrl+a", "ctrl+shift+f")
    assert not any(layer.trainable for layer in document.design.layers)
    hand.press("ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z")
    assert kinds(document.design) == LENET[4:]


def click_fixes(qtbot: QtBot, workbench: Workbench, hand: Hand) -> None:
    """Press the first fix of the first failing card until there is none."""
    tab, document = workbench.model_tab, workbench.session.document
    for _ in range(MOST_FIXES):
        if document.report.ready:
            return
        row = tab.model.row(document.report.errors[0].where)
        tab.stack.scrollTo(tab.model.index(row))
        qtbot.wait(80)
        card = tab.stack.card(row)
        assert card is not None and card.fixes
        hand.click(tab.stack.viewport(), card.fixes[0].center())
