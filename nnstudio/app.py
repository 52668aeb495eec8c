"""App: builds the window at once, and the session and the tabs as soon as it shows."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from nnstudio.session.preferences import Preferences
    from nnstudio.session.session import Session
    from nnstudio.ui.main_window import MainWindow
    from nnstudio.ui.theme_switch import ThemeSwitch
    from nnstudio.ui.workbench import Workbench

_SWITCH_SECONDS = 0.001  # how long a training thread may keep the window from painting
_FEW_CORES = 2
_SETTLE_SECONDS = 0.6
_PICTURE_PX = (1440, 900)


def run_window(paths: Sequence[str] = ()) -> int:
    """Show the window until it is closed; open ``paths``. Return the exit status."""
    from PySide6.QtCore import QTimer

    frame = first_paint()

    def fill() -> None:
        workbench = fill_window(frame)
        for path in paths:
            workbench.files.open_path(path)
        QTimer.singleShot(0, partial(_when_painted, frame, workbench))

    QTimer.singleShot(0, fill)
    return int(frame.app.exec())


@dataclass(frozen=True)
class Frame:
    """What there is at first paint."""

    app: QApplication
    window: MainWindow
    preferences: Preferences
    themes: ThemeSwitch


def first_paint() -> Frame:
    """Show the empty window; nothing but Qt is imported until then."""
    from PySide6.QtWidgets import QApplication

    from nnstudio.session.preferences import Preferences
    from nnstudio.ui.main_window import MainWindow
    from nnstudio.ui.messages import BugReporter
    from nnstudio.ui.theme_switch import ThemeSwitch

    sys.setswitchinterval(_SWITCH_SECONDS)
    if (os.cpu_count() or 1) <= _FEW_CORES:  # read by NumPy when it is imported: two threads would spin
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("nnstudio")
    app.setDesktopFileName("nnstudio")
    preferences = Preferences()
    themes = ThemeSwitch(app, preferences)
    themes.apply()
    window = MainWindow()
    BugReporter(window).install()
    window.show_at(preferences.geometry)
    app.processEvents()
    return Frame(app, window, preferences, themes)


def fill_window(frame: Frame) -> Workbench:
    """Build the session and the tabs of a window that shows already."""
    from nnstudio.ui.workbench import Workbench

    return Workbench(frame.window, open_session(), frame.preferences, frame.themes)


def _when_painted(frame: Frame, workbench: Workbench) -> None:
    from nnstudio.ui.collector import Collector
    from nnstudio.ui.recovery_offer import keep_for_recovery

    Collector(frame.window)
    keep_for_recovery(frame.window, workbench.session)


def open_session() -> Session:
    """Open the example that ships: the sample of MNIST and a network that was trained on it."""
    from nnstudio.data.load import load
    from nnstudio.formats.keras_files import read_model
    from nnstudio.paths import resource
    from nnstudio.session.session import Session

    model = read_model(resource("projects", "default.h5"))
    return Session(model, load(model.study.recipe))


def take_pictures(folder: Path) -> list[Path]:
    """Write a picture of every tab of the real window, light and dark, to ``folder``; return the paths."""
    from PySide6.QtCore import qInstallMessageHandler

    from nnstudio.ui import theme
    from nnstudio.ui.main_window import STAGES

    qInstallMessageHandler(_tell_qt_message)
    frame = first_paint()
    frame.window.showNormal()
    frame.window.resize(*_PICTURE_PX)  # whatever the screen is that Qt makes up
    workbench = fill_window(frame)
    paths = []
    for name, colors in theme.THEMES.items():
        theme.apply(frame.app, colors)
        for index, (title, _) in enumerate(STAGES):
            frame.window.stages.setCurrentIndex(index)
            _settle(frame.app)
            paths.append(folder / f"{title.lower()}-{name}.png")
            frame.window.grab().save(str(paths[-1]))
    workbench.session.close()
    frame.window.hide()
    return paths


def _tell_qt_message(kind: object, context: object, message: str) -> None:
    """Print what Qt says, but for a remark that Qt's own platform without a display makes of itself."""
    if "propagateSizeHints" not in message:
        print(message, file=sys.stderr)


def _settle(app: QApplication) -> None:
    """Let background work and timers come to rest, so that a picture shows what a person would see."""
    until = time.monotonic() + _SETTLE_SECONDS
    while time.monotonic() < until:
        app.processEvents()
        time.sleep(0.01)
