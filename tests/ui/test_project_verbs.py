"""Projects in the window: one question before anything is lost, and nothing lost whatever the answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nnstudio.engine.layers import Dense
from nnstudio.experiments.project import Project
from nnstudio.formats.project import read_project, write_project
from nnstudio.session import design_edits as edits
from nnstudio.ui import project_verbs
from nnstudio.ui.recent_menu import RecentMenu
from nnstudio.ui.workbench import Workbench
from tests.session.small import small_study
from tests.ui.test_workbench import boxes, press


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a person chooses to save."""
    path = tmp_path / "mine.nnstudio"
    monkeypatch.setattr(project_verbs, "ask_where_to_save", lambda *_: (str(path), False))
    return path


def edit(workbench: Workbench, units: int = 20) -> None:
    edits.change_layer(workbench.session.document, "dense", "units", units)


def test_saving_asks_where_to_once(qtbot: QtBot, workbench: Workbench, target: Path) -> None:
    edit(workbench)
    assert workbench.window.isWindowModified()
    with qtbot.waitSignal(workbench.session.project.saved):
        workbench.actions["save"].trigger()
    assert workbench.window.windowTitle() == "mine[*] - nnstudio"
    assert not workbench.window.isWindowModified()
    target.unlink()
    edit(workbench, 30)
    with qtbot.waitSignal(workbench.session.project.saved):
        workbench.actions["save"].trigger()
    assert read_project(target).project.study == workbench.session.document.study


def test_a_dialog_that_is_cancelled_saves_nothing(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project_verbs, "ask_where_to_save", lambda *_: ("", False))
    edit(workbench)
    workbench.window.close()
    (box,) = boxes(workbench)
    press(box, "Save")
    assert workbench.window.isVisible() and workbench.window.isWindowModified()


@pytest.mark.parametrize("answer", ["Save", "Discard"])
def test_closing_with_changes_asks_once_and_does_what_was_said(
    qtbot: QtBot, workbench: Workbench, target: Path, answer: str
) -> None:
    edit(workbench)
    assert not workbench.window.close()
    (box,) = boxes(workbench)
    press(box, answer)
    qtbot.waitUntil(lambda: not workbench.window.isVisible())
    assert target.exists() == (answer == "Save")


def test_closing_can_be_cancelled(qtbot: QtBot, workbench: Workbench) -> None:
    edit(workbench)
    assert not workbench.window.close()
    press(boxes(workbench)[0], "Cancel")
    qtbot.wait(50)
    assert workbench.window.isVisible() and not boxes(workbench)
    assert not workbench.window.close()
    assert len(boxes(workbench)) == 1


def test_a_saving_that_fails_keeps_the_window_open_and_says_why(
    qtbot: QtBot, workbench: Workbench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    nowhere = str(tmp_path / "nowhere" / "mine.nnstudio")
    monkeypatch.setattr(project_verbs, "ask_where_to_save", lambda *_: (nowhere, False))
    edit(workbench)
    workbench.window.close()
    with qtbot.waitSignal(workbench.session.failed):
        press(boxes(workbench)[0], "Save")
    assert workbench.window.isVisible() and "no folder" in boxes(workbench)[-1].text()


def test_closing_saves_a_running_training_where_it_is_held(
    qtbot: QtBot, workbench: Workbench, target: Path
) -> None:
    session = workbench.session
    session.document.edit_plan("long", replace(session.document.study.plan, epochs=5000))
    workbench.actions["train"].trigger()
    qtbot.waitUntil(lambda: session.has_trained)
    workbench.window.close()
    (box,) = boxes(workbench)
    assert "training is running" in box.text()
    press(box, "Save")
    qtbot.waitUntil(lambda: not workbench.window.isVisible())
    run = read_project(target).project.runs[-1]
    assert run.state is not None and run.state.numbers["iteration"] == len(run.history.steps)


def test_opening_another_project_asks_first(qtbot: QtBot, workbench: Workbench, tmp_path: Path) -> None:
    path = tmp_path / "other.nnstudio"
    write_project(path, Project(small_study(epochs=7)))
    edit(workbench)
    workbench.window.dropped.emit(str(path))
    qtbot.waitUntil(lambda: bool(boxes(workbench)))
    with qtbot.waitSignal(workbench.session.project.opened):
        press(boxes(workbench)[0], "Discard")
    assert workbench.session.document.study.plan.epochs == 7
    assert workbench.window.windowTitle() == "other[*] - nnstudio"


def test_a_broken_project_asks_nothing_and_changes_nothing(
    qtbot: QtBot, workbench: Workbench, tmp_path: Path
) -> None:
    (tmp_path / "broken.nnstudio").write_text("Dear network")
    edit(workbench)
    workbench.window.dropped.emit(str(tmp_path / "broken.nnstudio"))
    qtbot.waitUntil(lambda: bool(boxes(workbench)))
    (box,) = boxes(workbench)
    assert "broken.nnstudio" in box.text() and [button.text() for button in box.buttons()] == ["OK"]
    assert workbench.window.isWindowModified()


def test_opening_the_project_that_lies_open_anew_shows_what_was_saved_before(
    qtbot: QtBot, workbench: Workbench, target: Path
) -> None:
    with qtbot.waitSignal(workbench.session.project.saved):
        workbench.actions["save"].trigger()
    edit(workbench, 30)
    workbench.files.open_path(str(target))
    qtbot.waitUntil(lambda: bool(boxes(workbench)))
    with qtbot.waitSignal(workbench.session.project.opened):
        press(boxes(workbench)[0], "Save")
    layer = workbench.session.document.design.layer("dense")
    assert isinstance(layer, Dense) and layer.units == 30
    assert not workbench.window.isWindowModified()


def test_projects_opened_last_stand_in_the_menu(qtbot: QtBot, workbench: Workbench, tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.nnstudio" for name in "ab"]
    for path in paths:
        write_project(path, Project(small_study()))
        with qtbot.waitSignal(workbench.session.project.opened):
            workbench.files.open_path(str(path))
    paths[0].unlink()
    menu = workbench.actions["recent"].menu()
    assert isinstance(menu, RecentMenu)
    menu.fill()
    newest, oldest = menu.actions()[:2]
    assert newest.text() == "&1  b" and newest.isEnabled() and not oldest.isEnabled()
    with qtbot.waitSignal(workbench.session.project.opened):
        newest.trigger()
    menu.actions()[-1].trigger()
    menu.fill()
    assert menu.actions()[0].text() == "Nothing yet"
