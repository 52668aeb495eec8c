"""The dialog of sweeps, as a person uses it: search, take, write, and read what it comes to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from nnstudio.experiments.sweep.strategies import SuccessiveHalving
from nnstudio.session.session import Session
from nnstudio.ui.training.sweep_dialog import SweepDialog
from nnstudio.ui.workbench import Workbench

UNITS, RATE = "layers.1.units", "optimizer.learning_rate"


@pytest.fixture
def dialog(qtbot: QtBot, workbench: Workbench) -> SweepDialog:
    workbench.actions["sweep"].trigger()
    dialog = workbench.window.findChild(SweepDialog)
    assert dialog is not None
    qtbot.waitExposed(dialog)
    return dialog


def take(qtbot: QtBot, dialog: SweepDialog, words: str, values: str) -> QLineEdit:
    """Search for a setting, take it by Enter, and write over its values."""
    qtbot.keyClicks(dialog.picker.search, words)
    qtbot.keyClick(dialog.picker.search, Qt.Key.Key_Return)
    line = list(dialog.axes.rows.values())[-1].line
    qtbot.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(line, values)
    return line


def wait_for_outlook(qtbot: QtBot, dialog: SweepDialog) -> None:
    qtbot.waitUntil(lambda: dialog.outlook is not None)


def test_a_setting_that_was_found_is_taken_by_enter_and_written(qtbot: QtBot, dialog: SweepDialog) -> None:
    assert not dialog.start.isEnabled()
    take(qtbot, dialog, "dense 16 units", "8, 16..32 step 8")
    assert dialog.draft.texts == ((UNITS, "8, 16..32 step 8"),)
    assert dialog.axes.rows[UNITS].words.text() == "4 values: 8, 16, 24, 32"
    wait_for_outlook(qtbot, dialog)
    assert dialog.words.text().startswith("4 trials, 8 epochs in all: ")
    assert dialog.start.isEnabled()


def test_what_is_wrong_stands_below_the_line_and_keeps_the_sweep_from_beginning(
    qtbot: QtBot, dialog: SweepDialog
) -> None:
    line = take(qtbot, dialog, "dense 16 units", "8, many")
    assert "many" in dialog.axes.rows[UNITS].words.text()
    assert dialog.axes.rows[UNITS].words.property("role") == "error"
    assert not dialog.start.isEnabled()
    assert dialog.start.toolTip() == dialog.words.text()
    qtbot.keyClicks(line, "\b" * 4 + "12")
    for _ in range(6):
        qtbot.keyClick(line, Qt.Key.Key_Backspace)
    qtbot.keyClicks(line, "12")
    assert dialog.axes.rows[UNITS].words.property("role") == "text_2"
    assert dialog.start.isEnabled()


def test_a_fifth_setting_cannot_be_taken_until_one_is_taken_out(qtbot: QtBot, dialog: SweepDialog) -> None:
    for words in ("learning rate", "batch size", "dense 16 units", "seed"):
        take(qtbot, dialog, words, "1, 2")
    assert len(dialog.axes.rows) == 4
    assert not dialog.picker.table.isEnabled()
    qtbot.keyClick(dialog.picker.search, Qt.Key.Key_Return)
    assert len(dialog.axes.rows) == 4
    qtbot.mouseClick(dialog.axes.rows[RATE].remove, Qt.MouseButton.LeftButton)
    assert len(dialog.axes.rows) == 3
    assert dialog.picker.table.isEnabled()


def test_trials_that_cannot_be_trained_are_told_with_the_reason(qtbot: QtBot, dialog: SweepDialog) -> None:
    take(qtbot, dialog, "dense 10 units", "7, 10")
    wait_for_outlook(qtbot, dialog)
    assert "1 trial cannot be trained" in dialog.refused.text()
    assert "units 7" in dialog.refused.text()
    assert dialog.words.text().startswith("1 trial, ")


def test_the_strategy_has_a_form_of_its_own(qtbot: QtBot, dialog: SweepDialog) -> None:
    take(qtbot, dialog, "dense 16 units", "8, 16, 24, 32")
    box = dialog.form.editor("strategy").field
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_End)
    assert isinstance(dialog.draft.choices.strategy, SuccessiveHalving)
    inner = dialog.form.rows["strategy"].inner
    assert inner is not None and set(inner.rows) >= {"trials", "factor", "least_epochs"}


def test_enter_in_a_line_goes_back_to_the_search_and_begins_nothing(
    qtbot: QtBot, dialog: SweepDialog, session: Session
) -> None:
    line = take(qtbot, dialog, "dense 16 units", "8, 16")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert dialog.isVisible() and session.sweeps.run is None
    assert dialog.focusWidget() is dialog.picker.search
    assert not dialog.form.more.is_open


def test_tab_goes_from_the_list_through_the_values_to_the_form(qtbot: QtBot, dialog: SweepDialog) -> None:
    take(qtbot, dialog, "dense 16 units", "8, 16")
    take(qtbot, dialog, "learning rate", "0.1, 0.01")
    dialog.picker.table.setFocus()
    passed = []
    for _ in range(5):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        passed.append(dialog.focusWidget())
    first, second = dialog.axes.rows.values()
    strategy = dialog.form.editor("strategy").field
    assert passed == [first.line, first.remove, second.line, second.remove, strategy]


def test_the_last_sweep_is_there_again(qtbot: QtBot, dialog: SweepDialog, session: Session) -> None:
    take(qtbot, dialog, "dense 16 units", "8, 16")
    session.sweeps.draft = replace(dialog.draft)
    again = SweepDialog(session)
    qtbot.addWidget(again)
    assert again.draft.texts == ((UNITS, "8, 16"),)
    assert again.axes.rows[UNITS].line.text() == "8, 16"
