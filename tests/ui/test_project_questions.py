"""What a person is asked about projects: where data are, what a crash left, a copy of the data."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from nnstudio.data.recipe import Recipe
from nnstudio.data.sources.array_file import ArrayFile
from nnstudio.experiments.project import Project
from nnstudio.formats.project import write_project
from nnstudio.formats.recovery import write_recovery
from nnstudio.session.autosave import Autosave
from nnstudio.ui.recovery_offer import RecoveryOffer
from nnstudio.ui.save_dialog import ask_where_to_save
from nnstudio.ui.workbench import Workbench
from tests.session.small import small_dataset, small_study
from tests.ui.test_workbench import boxes, press


def missing(workbench: Workbench, tmp_path: Path) -> Path:
    path = tmp_path / "lost.nnstudio"
    study = replace(small_study(), recipe=Recipe(ArrayFile(str(tmp_path / "my.npz"))))
    write_project(path, Project(study, facts=small_dataset().facts))
    return path


def test_missing_data_are_asked_for_and_every_tab_copes_without(
    qtbot: QtBot, workbench: Workbench, tmp_path: Path
) -> None:
    workbench.files.open_path(str(missing(workbench, tmp_path)))
    qtbot.waitUntil(lambda: bool(boxes(workbench)))
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
    qtbot.waitUntil(lambda: bool(boxes(workbench)))
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
