"""Messages: a bug becomes a report that can be copied, and boxes go when they are closed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from nnstudio.ui.messages import BugReporter, tell


def test_a_bug_can_be_copied_with_what_a_report_needs(
    qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    reporter = BugReporter(window)
    try:
        raise ZeroDivisionError("nothing left")
    except ZeroDivisionError as error:
        reporter._hook(type(error), error, error.__traceback__)
    (box,) = window.findChildren(QMessageBox)
    next(button for button in box.buttons() if button.text() == "Copy the report").click()
    copied = QApplication.clipboard().text()
    assert "nothing left" in copied and "NumPy" in copied
    assert "nothing left" in capsys.readouterr().err


def test_a_closed_box_is_gone(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    tell(window, "Title", "A sentence.").buttons()[0].click()
    qtbot.waitUntil(lambda: not window.findChildren(QMessageBox))
