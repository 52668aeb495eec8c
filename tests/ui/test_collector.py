"""Circles of references are collected in the window's thread, whoever allocates meanwhile."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from nnstudio.ui.collector import Collector


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[Collector]:
    parent = QObject()
    yield Collector(parent)
    parent.deleteLater()
    gc.unfreeze()


class Circle(QObject):
    """Tells which thread ends it."""

    ends: list[str] = []

    def __init__(self) -> None:
        super().__init__()
        self.itself = self

    def __del__(self) -> None:
        Circle.ends.append(threading.current_thread().name)


def allocate(stop: threading.Event) -> None:
    """Keep what would make Python collect again and again."""
    while not stop.is_set():
        kept = [[number] for number in range(50_000)]
        stop.wait(0.001)
        del kept


def test_a_thread_that_allocates_destroys_nothing_of_qts(qtbot: QtBot, collector: Collector) -> None:
    Circle.ends.clear()
    stop = threading.Event()
    thread = threading.Thread(target=allocate, args=(stop,), name="training", daemon=True)
    for _ in range(1_000):
        Circle()
    thread.start()
    try:
        qtbot.waitUntil(lambda: len(Circle.ends) == 1_000, timeout=20_000)
    finally:
        stop.set()
        thread.join(5)
    assert set(Circle.ends) == {threading.main_thread().name}
