"""A session on a few digits, and the real window around it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnstudio.session.preferences import Preferences
from nnstudio.session.session import Session
from nnstudio.ui import theme
from nnstudio.ui.main_window import MainWindow
from nnstudio.ui.theme_switch import ThemeSwitch
from nnstudio.ui.workbench import Workbench
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


@pytest.fixture
def workbench(qtbot: QtBot, qapp: QApplication, session: Session, tmp_path: Path) -> Iterator[Workbench]:
    preferences = Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    window = MainWindow()
    window.resize(1280, 800)
    workbench = Workbench(window, session, preferences, ThemeSwitch(qapp, preferences))
    window.show()
    qtbot.waitExposed(window)
    yield workbench
    session.close()
    window.hide()
    window.deleteLater()
