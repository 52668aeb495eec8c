"""The real program in a real window on a real X server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnstudio.app import fill_window, first_paint
from nnstudio.ui.workbench import Workbench
from tests.stories.hand import Hand


@pytest.fixture
def workbench(qtbot: QtBot, qapp: QApplication) -> Iterator[Workbench]:
    """The window as a person finds it at first start, 1280x760."""
    frame = first_paint()
    frame.window.setGeometry(0, 20, 1280, 760)
    workbench = fill_window(frame)
    qtbot.waitExposed(frame.window)
    frame.window.activateWindow()
    qtbot.waitUntil(frame.window.isActiveWindow, timeout=10_000)
    qtbot.wait(300)
    yield workbench
    assert workbench.session.close()
    frame.window.hide()
    frame.window.deleteLater()


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    return Hand(qtbot)
