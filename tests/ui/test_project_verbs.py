"""Projects in the window: one question before anything is lost, and nothing lost whatever the answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from nnstudio.data.recipe import NPZ, Recipe
from nnstudio.experiments.project import Project
from nnstudio.formats.project import read_project, write_project
from nnstudio.formats.recovery import write_recovery
from nnstudio.session import design_edits as edits
from nnstudio.session.autosave import Autosave
from nnstudio.session.preferences import Preferences
from nnstudio.session.session import Session
from nnstudio.ui import project_verbs
from nnstudio.ui.main_window import MainWindow
from nnstudio.ui.recent_menu import RecentMenu
from nnstudio.ui.recovery_offer import RecoveryOffer
from nnstudio.ui.save_dialog import ask_where_to_save
from nnstudio.ui.theme_switch import ThemeSwitch
from nnstudio.ui.workbench import Workbench
from tests.session.small import small_dataset, small_study
from tests.ui.test_workbench import boxes, press


@pytest.fixture
def workbench(qtbot: QtBot, qapp: QApplication, session: Session, tmp_path: Path) -> Iterator[Workbench]:
    preferences = Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    window = MainWindow()
    workbench = Workbench(window, session, preferences, ThemeSwitch(qapp, preferences))
    window.show()
    qtbot.waitExposed(window)
    yield workbench
    session.close()
    window.hide()
    window.deleteLater()


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
    with qtbot.waitSignal(workbench.session.project.saved, timeout=10_000):
        workbench.actions["save"].trigger()
    assert workbench.window.windowTitle() == "mine[*] - nnstudio"
    assert not workbench.window.isWindowModified()
    target.unlink()
    edit(workbench, 30)
    with qtbot.waitSignal(workbench.session.project.saved, timeout=10_000):
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
    qtbot.waitUntil(lambda: not workbench.window.isVisible(), timeout=10_000)
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
    with qtbot.waitSignal(workbench.session.failed, timeout=10_000):
        press(boxes(workbench)[0], "Save")
    assert workbench.window.isVisible() and "no folder" in boxes(workbench)[-1].text()


def test_closing_saves_a_running_training_where_it_is_held(
    qtbot: QtBot, workbench: Workbench, target: Path
) -> None:
    session = workbench.session
    session.document.edit_plan("long", replace(session.document.study.plan, epochs=5000))
    workbench.actions["train"].trigger()
    qtbot.waitUntil(lambda: session.has_trained, timeout=10_000)
    workbench.window.close()
    (box,) = boxes(workbench)
    assert "training is running" in box.text()
    press(box, "Save")
    qtbot.waitUntil(lambda: not workbench.window.isVisible(), timeout=20_000)
    run = read_project(target).project.runs[-1]
    assert run.state is not None and run.state.numbers["iteration"] == len(run.history.steps)


def test_opening_another_project_asks_first(qtbot: QtBot, workbench: Workbench, tmp_path: Path) -> None:
    path = tmp_path / "other.nnstudio"
    write_project(path, Project(small_study(epochs=7)))
    edit(workbench)
    workbench.window.dropped.emit(str(path))
    (box,) = boxes(workbench)
    with qtbot.waitSignal(workbench.session.project.opened, timeout=10_000):
        press(box, "Discard")
    assert workbench.session.document.study.plan.epochs == 7
    assert workbench.window.windowTitle() == "other[*] - nnstudio"


def test_projects_opened_last_stand_in_the_menu(qtbot: QtBot, workbench: Workbench, tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.nnstudio" for name in "ab"]
    for path in paths:
        write_project(path, Project(small_study()))
        with qtbot.waitSignal(workbench.session.project.opened, timeout=10_000):
            workbench.files.open_path(str(path))
    paths[0].unlink()
    menu = workbench.actions["recent"].menu()
    assert isinstance(menu, RecentMenu)
    menu.fill()
    newest, oldest = menu.actions()[:2]
    assert newest.text() == "&1  b" and newest.isEnabled() and not oldest.isEnabled()
    with qtbot.waitSignal(workbench.session.project.opened, timeout=10_000):
        newest.trigger()
    menu.actions()[-1].trigger()
    menu.fill()
    assert menu.actions()[0].text() == "No project yet"


def missing(workbench: Workbench, tmp_path: Path) -> Path:
    path = tmp_path / "lost.nnstudio"
    study = replace(small_study(), recipe=Recipe(NPZ, str(tmp_path / "my.npz")))
    write_project(path, Project(study, facts=small_dataset().facts))
    return path


def test_missing_data_are_asked_for_and_every_tab_copes_without(
    qtbot: QtBot, workbench: Workbench, tmp_path: Path
) -> None:
    workbench.files.open_path(str(missing(workbench, tmp_path)))
    qtbot.waitUntil(lambda: bool(boxes(workbench)), timeout=10_000)
    (box,) = boxes(workbench)
    assert "my.npz" in box.text()
    press(box, "Open without data")
    assert workbench.window.windowTitle() == "lost[*] - nnstudio"
    for index in range(4):
        workbench.window.stages.setCurrentIndex(index)
        qtbot.wait(30)
    assert workbench.window.stages.tabData(0)[1].text == "Data not found"
    assert not workbench.actions["train"].isEnabled()


def test_looking_for_missing_data_in_vain_opens_without(
    qtbot: QtBot, workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    workbench.files.open_path(str(missing(workbench, tmp_path)))
    qtbot.waitUntil(lambda: bool(boxes(workbench)), timeout=10_000)
    press(boxes(workbench)[0], "Look for them …")
    assert workbench.session.project.name == "lost" and not len(workbench.session.dataset.training)


@pytest.mark.parametrize(("answer", "stays"), [("Recover", True), ("Discard", False), ("Later", True)])
def test_what_a_crash_left_is_offered(
    qtbot: QtBot, workbench: Workbench, tmp_path: Path, answer: str, stays: bool
) -> None:
    root = tmp_path / "recovery"
    (root / "old").mkdir(parents=True)
    write_recovery(root / "old", "/somewhere/mine.nnstudio", Project(small_study(epochs=9)), {})
    offer = RecoveryOffer(Autosave(workbench.session, root), workbench.window)
    offer.offer()
    (box,) = boxes(workbench)
    assert "“mine”" in box.text() and "ago" in box.text()
    press(box, answer)
    qtbot.waitUntil(lambda: workbench.session.project.name == ("mine" if answer == "Recover" else "Untitled"))
    assert (root / "old").exists() == stays
    assert workbench.session.project.modified == (answer == "Recover")


def test_the_dialog_asks_for_a_copy_of_the_data(
    qtbot: QtBot, workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tick_and_save(dialog: QFileDialog) -> int:
        (check,) = dialog.findChildren(QCheckBox)
        assert not check.isChecked() and "4 MB" in check.text()
        check.click()
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(QFileDialog, "exec", tick_and_save)
    path, with_data = ask_where_to_save(workbench.window, tmp_path / "mine.nnstudio", False, "4 MB")
    assert with_data and path == str(tmp_path / "mine.nnstudio")
