"""Inline fields: pairs, lists and yes or no, changed on the card itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from nnstudio.engine.layers import LAYERS
from nnstudio.session.session import Session
from nnstudio.settings import settings_of
from nnstudio.ui.model.inline_field import InlineField
from nnstudio.ui.model.model_tab import ModelTab
from tests.ui.acting import LEFT, type_over


@pytest.fixture
def tab(qtbot: QtBot, session: Session) -> Iterator[ModelTab]:
    tab = ModelTab(session)
    qtbot.addWidget(tab)
    tab.resize(1700, 760)
    tab.show()
    qtbot.waitExposed(tab)
    yield tab


def click_field(qtbot: QtBot, tab: ModelTab, kind: str, setting: str) -> str:
    """Add a layer, click on one of its fields, and return the layer's name."""
    tab.verbs.add(kind)
    qtbot.wait(60)
    (name,) = tab.stack.selected_names
    layout = tab.stack.card(tab.model.row(name))
    assert layout is not None
    field = next(one for one in layout.fields if one.declared.name == setting)
    place = field.box.center()
    qtbot.mouseClick(tab.stack.viewport(), LEFT, pos=place)
    return name


def value(session: Session, name: str, setting: str) -> Any:
    return getattr(session.document.design.layer(name), setting)


def editor(tab: ModelTab) -> InlineField:
    (found,) = tab.stack.viewport().findChildren(InlineField)
    return found


def test_both_numbers_of_a_pair_are_typed_on_the_card(qtbot: QtBot, tab: ModelTab, session: Session) -> None:
    name = click_field(qtbot, tab, "Conv2D", "kernel_size")
    first, second = editor(tab).findChildren(QSpinBox)
    type_over(qtbot, first, "5")
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    qtbot.wait(60)
    assert QApplication.focusWidget() is second
    type_over(qtbot, second, "7")
    assert value(session, name, "kernel_size") == (5, 7)
    qtbot.keyClick(second, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not tab.stack.viewport().findChildren(InlineField))
    session.document.undo_stack.undo()
    assert value(session, name, "kernel_size") == (3, 3)


def test_a_list_is_typed_on_the_card(qtbot: QtBot, tab: ModelTab, session: Session) -> None:
    name = click_field(qtbot, tab, "Reshape", "target_shape")
    line = editor(tab).findChild(QLineEdit)
    assert line is not None
    type_over(qtbot, line, "4, 4")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert value(session, name, "target_shape") == (4, 4)


def test_yes_or_no_changes_at_once(qtbot: QtBot, tab: ModelTab, session: Session) -> None:
    name = click_field(qtbot, tab, "LSTM", "return_sequences")
    assert value(session, name, "return_sequences") is True
    assert not tab.stack.viewport().findChildren(InlineField)
    session.document.undo_stack.undo()
    assert value(session, name, "return_sequences") is False


@pytest.mark.parametrize("kind", LAYERS, ids=lambda kind: kind.__name__)
def test_every_main_setting_can_be_opened_on_a_wide_card(qtbot: QtBot, tab: ModelTab, kind: type) -> None:
    for declared in settings_of(kind):
        if declared.main and declared.kind is not bool:
            click_field(qtbot, tab, kind.__name__, declared.name)
            field = editor(tab)
            inside = field.geometry()
            assert tab.stack.viewport().rect().contains(inside)
            popup = QApplication.activePopupWidget()
            if popup is not None:
                popup.close()
            tab.stack.setFocus()
            qtbot.waitUntil(lambda: not tab.stack.viewport().findChildren(InlineField))
