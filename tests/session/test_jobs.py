"""Work in threads: whoever asked for it may be gone when it ends."""

from __future__ import annotations

import gc
import threading

import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from nnstudio.session import job as job_module
from nnstudio.session.jobs import Jobs


def test_work_that_ends_after_its_window_is_gone_harms_nobody(qtbot: QtBot) -> None:
    window, may_end = QObject(), threading.Event()
    jobs = Jobs(window)
    told: list[object] = []
    jobs.start("reading", lambda watch: may_end.wait(60), told.append)
    (work,) = job_module._UNDER_WAY
    shiboken6.delete(window)
    del jobs
    gc.collect()
    may_end.set()
    assert work.join(60)
    qtbot.waitUntil(lambda: not job_module._UNDER_WAY)


def test_a_job_is_let_go_of_when_its_end_was_told(qtbot: QtBot) -> None:
    window = QObject()
    jobs = Jobs(window)
    told: list[object] = []
    jobs.start("reading", lambda watch: 3, told.append)
    qtbot.waitUntil(lambda: told == [3] and not job_module._UNDER_WAY and not jobs.titles)
