"""Copy, cut, paste, rename and freeze on the cards, as a person does it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnstudio.session.session import Session
from nnstudio.ui.model.model_tab import ModelTab
from nnstudio.ui.model.name_field import NameField
from nnstudio.ui.workbench import Workbench
from tests.session.small import small_dataset, small_model


@pytest.fixture
def tab(qtbot: QtBot, workbench: Workbench) -> ModelTab:
    """The Model tab with the keyboard on its cards."""
    workbench.window.stages.setCurrentIndex(1)
    workbench.window.activateWindow()
    qtbot.waitUntil(workbench.window.isActiveWindow)
    workbench.model_tab.stack.setFocus()
    return workbench.model_tab


@pytest.fixture
def other(qtbot: QtBot) -> Iterator[ModelTab]:
    """The Model tab of another window."""
    session = Session(small_model(), small_dataset())
    tab = ModelTab(session)
    qtbot.addWidget(tab)
    tab.resize(1280, 760)
    tab.show()
    yield tab
    assert session.close()


def names(tab: ModelTab) -> tuple[str, ...]:
    return tab.model.document.design.names


def press(qtbot: QtBot, tab: ModelTab, key: Qt.Key, control: bool = False) -> None:
    held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(tab.stack, key, held)


def test_cards_are_copied_cut_and_pasted_each_as_one_step(qtbot: QtBot, tab: ModelTab) -> None:
    undo_stack = tab.model.document.undo_stack
    tab.verbs.select(("dense", "dropout"))
    press(qtbot, tab, Qt.Key.Key_C, control=True)
    press(qtbot, tab, Qt.Key.Key_V, control=True)
    assert names(tab) == ("flatten", "dense", "dropout", "dense_2", "dropout_1", "dense_1")
    assert tab.stack.selected_names == ("dense_2", "dropout_1")
    press(qtbot, tab, Qt.Key.Key_X, control=True)
    assert names(tab) == ("flatten", "dense", "dropout", "dense_1")
    assert [undo_stack.text(place) for place in range(2)] == ["paste 2 layers", "cut 2 layers"]
    undo_stack.undo()
    undo_stack.undo()
    assert undo_stack.index() == 0 and names(tab) == ("flatten", "dense", "dropout", "dense_1")


def test_pasting_nonsense_says_why_and_changes_nothing(
    qtbot: QtBot, tab: ModelTab, workbench: Workbench
) -> None:
    QApplication.clipboard().setText("a shopping list")
    with qtbot.waitSignal(workbench.session.told) as told:
        press(qtbot, tab, Qt.Key.Key_V, control=True)
    assert "cannot be pasted as layers" in told.args[0]
    assert tab.model.document.undo_stack.count() == 0


def test_cards_dragged_to_another_window_are_copied_there(
    qtbot: QtBot, tab: ModelTab, other: ModelTab
) -> None:
    data = tab.model.mimeData([tab.model.index(tab.model.row("dense"))])
    target = other.stack.visualRect(other.model.index(1))
    none = Qt.KeyboardModifier.NoModifier
    place = QPointF(target.center().x(), target.top() + 2)
    event = QDropEvent(place, Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, none)
    other.stack.dropEvent(event)
    assert names(other) == ("dense_2", "flatten", "dense", "dropout", "dense_1")
    assert names(tab) == ("flatten", "dense", "dropout", "dense_1")


def test_a_second_click_on_the_name_opens_it_and_a_wrong_one_is_told(qtbot: QtBot, tab: ModelTab) -> None:
    tab.verbs.select(("dense",))
    card = tab.stack.card(tab.model.row("dense"))
    assert card is not None
    place: QPoint = card.name.center()
    qtbot.mouseClick(tab.stack.viewport(), Qt.MouseButton.LeftButton, pos=place)
    (field,) = tab.stack.viewport().findChildren(NameField)
    qtbot.keyClicks(field.line, "dropout")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.refusal == 'Another layer is called "dropout". Names must differ.'
    qtbot.keyClicks(field.line, "_2")
    assert field.refusal == ""
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert names(tab)[1] == "dropout_2" and tab.stack.selected_names == ("dropout_2",)


def test_selected_cards_are_frozen_together(qtbot: QtBot, tab: ModelTab, workbench: Workbench) -> None:
    action, document = workbench.actions["freeze"], tab.model.document
    tab.verbs.select(("dense", "dense_1"))
    action.trigger()
    assert [layer.trainable for layer in document.design.layers] == [True, False, True, False]
    assert document.undo_stack.undoText() == "freeze 2 layers" and "Unfree" in action.text()
    action.trigger()
    assert all(layer.trainable for layer in document.design.layers)


def test_what_cannot_be_done_is_disabled(tab: ModelTab, workbench: Workbench) -> None:
    actions, document = workbench.actions, tab.model.document
    tab.stack.clearSelection()
    assert not any(
        actions[name].isEnabled() for name in ("cut", "copy", "delete", "rename", "fix", "move_up")
    )
    tab.verbs.select(("flatten",))
    assert actions["cut"].isEnabled() and not actions["move_up"].isEnabled()
    document.edit_design("break", document.design.with_layer("dense_1", units=3))
    assert actions["fix"].isEnabled()


def test_the_keyboard_stays_on_the_layers(qtbot: QtBot, tab: ModelTab) -> None:
    press(qtbot, tab, Qt.Key.Key_End)
    press(qtbot, tab, Qt.Key.Key_Down)
    assert tab.stack.selected_names == ("dense_1",)
    press(qtbot, tab, Qt.Key.Key_Home)
    press(qtbot, tab, Qt.Key.Key_Up)
    assert tab.stack.selected_names == ("flatten",)


def test_escape_clears_the_search_and_then_goes_back_to_the_cards(qtbot: QtBot, tab: ModelTab) -> None:
    search = tab.palette_panel.search
    search.setFocus()
    qtbot.keyClicks(search, "conv")
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == "" and search.hasFocus()
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert tab.stack.hasFocus()
