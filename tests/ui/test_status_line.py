"""The status line says what is under way, and cancels what may be cancelled."""

from __future__ import annotations

from threading import Event

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnstudio.data.watch import Watch
from nnstudio.ui import status_line
from nnstudio.ui.workbench import Workbench


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status_line, "_CANCEL_AFTER_MS", 20)


def test_long_work_says_how_far_it_is_and_can_be_cancelled(qtbot: QtBot, workbench: Workbench) -> None:
    ended = Event()

    def work(watch: Watch) -> None:
        watch.told(0.4, "12 MB left")
        try:
            while not ended.wait(0.01):
                watch.go_on()
        finally:
            ended.set()

    window, jobs = workbench.window, workbench.session.jobs
    qtbot.waitUntil(lambda: not jobs.titles)
    jobs.start("Fetching letters", work, print)
    qtbot.waitUntil(workbench.status.cancel.isVisible)
    assert window._status.text() == "Fetching letters: 12 MB left"
    qtbot.mouseClick(workbench.status.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(ended.is_set)
    qtbot.waitUntil(lambda: not workbench.status.cancel.isVisible())
    assert window._status.text() == ""


def test_what_is_being_written_cannot_be_cancelled(qtbot: QtBot, workbench: Workbench) -> None:
    go_on, jobs = Event(), workbench.session.jobs
    qtbot.waitUntil(lambda: not jobs.titles)
    jobs.start("Saving", lambda _: go_on.wait(60), print, writes=True)
    qtbot.waitUntil(lambda: workbench.window._status.text() == "Saving …")
    qtbot.wait(300)
    assert not workbench.status.cancel.isVisible()
    go_on.set()
    qtbot.waitUntil(lambda: workbench.window._status.text() == "")
