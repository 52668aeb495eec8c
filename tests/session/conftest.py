"""A small study on a few real digits, so that a training takes a moment only."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from nnstudio.session.session import Session
from tests.session.small import small_dataset, small_model


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    """A session with a small model that was trained for no epoch."""
    session = Session(small_model(), small_dataset())
    yield session
    assert session.close()


@pytest.fixture
def other(qtbot: QtBot) -> Iterator[Session]:
    """A second window, or the program after a crash."""
    session = Session(small_model(), small_dataset())
    yield session
    assert session.close()
