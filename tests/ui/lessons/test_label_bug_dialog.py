"""The label bug is a page that opens from the help menu, and closes by the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from nnstudio.ui.lessons.label_bug_dialog import LabelBugDialog, one_hot_words
from nnstudio.ui.prediction.picture_view import PictureView
from nnstudio.ui.workbench import Workbench


def test_the_lesson_shows_samples_of_the_open_data_and_both_results(
    qtbot: QtBot, workbench: Workbench
) -> None:
    qtbot.waitUntil(lambda: workbench.session.evaluation is not None)
    workbench.actions["label_bug"].trigger()
    dialog = workbench.window.findChild(LabelBugDialog)
    assert dialog is not None and dialog.isVisible()
    assert dialog.wrong.counts.text() == "0 right, 1 wrong"
    verdicts = [
        each.text() for each in dialog.findChildren(QLabel) if each.text()[:1] in "✓✗" and each.text()
    ]
    right = verdicts.count("✓ right")
    assert len(verdicts) == 5 and dialog.right.counts.text() == f"{right} right, {5 - right} wrong"
    assert len(dialog.findChildren(PictureView)) == 5
    with qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_the_lesson_closes_by_enter(qtbot: QtBot, workbench: Workbench) -> None:
    workbench.actions["label_bug"].trigger()
    dialog = workbench.window.findChild(LabelBugDialog)
    assert dialog is not None
    with qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    "index,classes,words",
    [(1, 3, "[0 1 0]"), (50, 100, "[0 0 0 … 1 … 0]"), (99, 100, "[0 0 0 … 1]"), (0, 100, "[1 0 0 … 0]")],
)
def test_long_rows_are_shortened_around_their_1(index: int, classes: int, words: str) -> None:
    assert one_hot_words(index, classes) == words
