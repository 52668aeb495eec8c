"""Garbage is collected in the window's thread between events, and in no other place."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from nnstudio.ui.collector import Collector


class Circle:
    """Refers to itself, and notes which thread destroys it."""

    ends: list[int] = []

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        Circle.ends.append(threading.get_ident())


@pytest.fixture
def owner(qtbot: QtBot) -> Iterator[QObject]:
    owner = QObject()
    Circle.ends.clear()
    yield owner
    owner.deleteLater()
    gc.unfreeze()


def litter() -> None:
    """Make more garbage than Python would suffer."""
    for _ in range(2 * gc.get_threshold()[0]):
        Circle()


def test_what_a_thread_leaves_is_destroyed_in_the_window_s(qtbot: QtBot, owner: QObject) -> None:
    Collector(owner)
    thread = threading.Thread(target=litter)
    thread.start()
    thread.join()
    assert Circle.ends == []
    qtbot.waitUntil(lambda: len(Circle.ends) == 2 * gc.get_threshold()[0])
    assert set(Circle.ends) == {threading.get_ident()}


def test_what_lived_at_the_start_is_not_looked_through_again(qtbot: QtBot, owner: QObject) -> None:
    old = weakref.ref(Circle())
    Collector(owner)
    gc.collect()
    assert old() is not None
    assert gc.get_freeze_count() > 1000
