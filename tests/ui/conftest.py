"""A session on a few digits, and the real window around it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnstudio.session.session import Session
from nnstudio.ui import theme
from tests.session.small import small_dataset, small_model


@pytest.fixture
def session(qtbot: QtBot, qapp: QApplication) -> Iterator[Session]:
    """A session with a small model that was trained for no epoch."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # the widgets of the test before
    if theme.current() is not theme.LIGHT or not qapp.styleSheet():
        theme.apply(qapp, theme.LIGHT)
    session = Session(small_model(), small_dataset())
    yield session
    assert session.close()
