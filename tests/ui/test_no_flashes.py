"""Nothing flashes: while the tabs are built and filled, no part of them is ever a window of its own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nnstudio.data.recipe import recipe_of
from nnstudio.data.sources import Moons
from nnstudio.session.preferences import Preferences
from nnstudio.session.session import Session
from nnstudio.ui.main_window import MainWindow
from nnstudio.ui.theme_switch import ThemeSwitch
from nnstudio.ui.workbench import Workbench
from tests.session.tables import open_table, write_table


class Watcher(QObject):
    """Notes which widgets show as windows."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(type(watched).__name__)
        return False


def test_only_the_window_is_a_window(
    qtbot: QtBot, qapp: QApplication, session: Session, tmp_path: Path
) -> None:
    watcher = Watcher()
    qapp.installEventFilter(watcher)
    preferences = Preferences(QSettings(str(tmp_path / "a.ini"), QSettings.Format.IniFormat))
    window = MainWindow()
    workbench = Workbench(window, session, preferences, ThemeSwitch(qapp, preferences))
    window.show()
    qtbot.waitExposed(window)
    open_table(qtbot, session, write_table(tmp_path))
    session.table.use()
    qtbot.waitUntil(lambda: session.dataset.name == "patients")
    session.choose_recipe(recipe_of(Moons(count=50)))
    qtbot.waitUntil(lambda: session.dataset.name == "Moons")
    for stage in range(4):
        workbench.window.stages.setCurrentIndex(stage)
        qtbot.wait(60)
    qapp.removeEventFilter(watcher)
    assert set(watcher.windows) == {"MainWindow"}
    session.close()
    window.hide()
    window.deleteLater()
