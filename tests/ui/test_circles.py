"""No Qt object is part of a circle of references: the collector would destroy it in any thread."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnstudio.engine.layers import LAYERS
from nnstudio.engine.losses import LOSSES
from nnstudio.engine.optimizers import OPTIMIZERS
from nnstudio.experiments.project import Project
from nnstudio.formats.project import write_project
from nnstudio.session import learning_edits
from nnstudio.ui.recent_menu import RecentMenu
from nnstudio.ui.workbench import Workbench
from tests.session.projects import npz_of
from tests.session.small import small_study
from tests.ui.test_workbench import boxes, press

Act = Callable[[QtBot, Workbench, Path], None]


@contextmanager
def circles() -> Iterator[list[str]]:
    """Collect what only the collector would destroy; the list is filled at the end."""
    found: list[str] = []
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # what the tests before left
    gc.collect()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        yield found
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        found += sorted({_words(one) for one in gc.garbage if isinstance(one, shiboken6.Shiboken.Object)})
    finally:
        gc.set_debug(0)
        gc.garbage.clear()


def _words(one: object) -> str:
    holders = {type(other).__qualname__ for other in gc.get_referrers(one)}
    return f"{type(one).__qualname__} held by {sorted(holders)}"


def all_tabs(qtbot: QtBot, workbench: Workbench, folder: Path) -> None:
    for index in range(4):
        workbench.window.stages.setCurrentIndex(index)
        qtbot.wait(150)


def every_layer(qtbot: QtBot, workbench: Workbench, folder: Path) -> None:
    workbench.window.stages.setCurrentIndex(1)
    document = workbench.session.document
    for layer_class in LAYERS:
        workbench.model_tab.verbs.add(layer_class.__name__)
        qtbot.wait(60)
        document.undo_stack.undo()


def every_optimizer_and_loss(qtbot: QtBot, workbench: Workbench, folder: Path) -> None:
    document = workbench.session.document
    for optimizer in OPTIMIZERS:
        learning_edits.change_optimizer(document, optimizer())
        qtbot.wait(5)
    for loss in LOSSES:
        document.edit_design("loss", replace(document.design, loss=loss()))
        qtbot.wait(5)


def training(qtbot: QtBot, workbench: Workbench, folder: Path) -> None:
    workbench.window.stages.setCurrentIndex(2)
    workbench.actions["train"].trigger()
    qtbot.waitUntil(lambda: not workbench.session.running)
    workbench.window.stages.setCurrentIndex(3)
    qtbot.wait(200)
    workbench.actions["reset"].trigger()
    press(boxes(workbench)[0], "Reset")


def other_data(qtbot: QtBot, workbench: Workbench, folder: Path) -> None:
    workbench.window.stages.setCurrentIndex(0)
    with qtbot.waitSignal(workbench.session.dataset_changed):
        workbench.files.open_path(str(npz_of(folder / "images.npz")))
    qtbot.wait(100)
    with qtbot.waitSignal(workbench.session.dataset_changed):
        path = folder / "table.npz"
        np.savez(path, x=np.random.default_rng(0).random((50, 5), np.float32), y=np.arange(50) % 2)
        workbench.files.open_path(str(path))
    qtbot.wait(100)


def projects(qtbot: QtBot, workbench: Workbench, folder: Path) -> None:
    session = workbench.session
    with qtbot.waitSignal(session.project.saved):
        session.project.save(folder / "mine.nnstudio")
    write_project(folder / "other.nnstudio", Project(small_study(epochs=7)))
    session.write_notes("mine")
    workbench.files.open_path(str(folder / "other.nnstudio"))
    qtbot.waitUntil(lambda: bool(boxes(workbench)))
    with qtbot.waitSignal(session.project.opened):
        press(boxes(workbench)[0], "Save")
    (folder / "broken.nnstudio").write_text("Dear network")
    workbench.files.open_path(str(folder / "broken.nnstudio"))
    qtbot.waitUntil(lambda: bool(boxes(workbench)))
    press(boxes(workbench)[0], "OK")


def themes_and_menus(qtbot: QtBot, workbench: Workbench, folder: Path) -> None:
    for name in ("theme_dark", "theme_light", "notes", "find_layer", "next_problem", "about"):
        workbench.actions[name].trigger()
        qtbot.wait(60)
    press(boxes(workbench)[0], "OK")
    workbench.notes.close()
    menu = workbench.actions["recent"].menu()
    assert isinstance(menu, RecentMenu)
    menu.aboutToShow.emit()


ACTS = (all_tabs, every_layer, every_optimizer_and_loss, training, other_data, projects, themes_and_menus)


def test_a_circle_is_found(qtbot: QtBot) -> None:
    with circles() as found:
        timer = QTimer()
        timer.setProperty("x", 1)
        timer.itself = timer  # type: ignore[attr-defined]
        del timer
    assert any(words.startswith("QTimer") for words in found)


@pytest.mark.parametrize("act", ACTS)
def test_what_comes_and_goes_in_the_window_needs_no_collector(
    qtbot: QtBot, workbench: Workbench, tmp_path: Path, act: Act
) -> None:
    with circles() as found:
        act(qtbot, workbench, tmp_path)
    assert found == []
