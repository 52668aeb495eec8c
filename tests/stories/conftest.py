"""The real program in a real window on a real X server."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnstudio.app import fill_window, first_paint
from nnstudio.ui.workbench import Workbench
from tests.stories.hand import Hand
from tests.stories.tidying import Bound, close_all, release_all

MOST_SECONDS = 100.0


@pytest.fixture(autouse=True)
def tidied(qapp: QApplication) -> Iterator[None]:
    """Let nothing of a story reach the next one, however it ended; and no story take for ever."""
    bound, hook = Bound(MOST_SECONDS), sys.excepthook
    try:
        yield
    finally:
        sys.excepthook = hook
        release_all()
        close_all()
    assert not bound.is_over, f"The story took longer than {MOST_SECONDS:g} seconds."


@pytest.fixture
def workbench(qtbot: QtBot, tidied: None) -> Iterator[Workbench]:
    """The window as a person finds it at first start, 1280x760."""
    frame = first_paint()
    try:
        frame.window.setGeometry(0, 20, 1280, 760)
        workbench = fill_window(frame)
        try:
            qtbot.waitExposed(frame.window)
            frame.window.activateWindow()
            qtbot.waitUntil(frame.window.isActiveWindow)
            qtbot.wait(300)
            yield workbench
        finally:
            ended = workbench.session.close()
    finally:
        close_all()
        frame.window.deleteLater()
    assert ended


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    return Hand(qtbot)
