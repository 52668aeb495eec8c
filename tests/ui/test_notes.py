"""Notes: written beside the work, part of the project, and a sign where there are any."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnstudio.experiments.project import Project
from nnstudio.formats.project import write_project
from nnstudio.ui import project_verbs
from nnstudio.ui.notes_window import NotesSign
from nnstudio.ui.workbench import Workbench
from tests.session.small import small_study


def sign_of(workbench: Workbench) -> NotesSign:
    (sign,) = workbench.window.findChildren(NotesSign)
    return sign


def test_what_is_typed_is_in_the_project_and_undone_in_the_text(qtbot: QtBot, workbench: Workbench) -> None:
    workbench.actions["notes"].trigger()
    text = workbench.notes.text
    assert workbench.notes.isVisible() and not workbench.notes.isModal()
    qtbot.keyClicks(text, "more units")
    assert workbench.session.notes == "more units"
    assert workbench.window.isWindowModified() and sign_of(workbench).isVisible()
    qtbot.keyClick(text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert workbench.session.notes == text.toPlainText() == ""
    assert not workbench.window.isWindowModified() and not sign_of(workbench).isVisible()


def test_a_project_with_notes_opens_with_a_sign_that_leads_to_them(
    qtbot: QtBot, workbench: Workbench, tmp_path: Path
) -> None:
    assert not sign_of(workbench).isVisible()
    write_project(tmp_path / "mine.nnstudio", Project(small_study(), notes="try more units"))
    with qtbot.waitSignal(workbench.session.project.opened):
        workbench.files.open_path(str(tmp_path / "mine.nnstudio"))
    assert sign_of(workbench).isVisible() and not workbench.notes.isVisible()
    qtbot.mouseClick(sign_of(workbench), Qt.MouseButton.LeftButton)
    assert workbench.notes.text.toPlainText() == "try more units"
    assert workbench.notes.windowTitle() == "Notes on mine"
    assert not workbench.window.isWindowModified()


def test_the_project_is_saved_from_its_notes(
    qtbot: QtBot, workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "mine.nnstudio")
    monkeypatch.setattr(project_verbs, "ask_where_to_save", lambda *_: (path, False))
    workbench.actions["notes"].trigger()
    qtbot.waitActive(workbench.notes)
    qtbot.keyClicks(workbench.notes.text, "fewer")
    with qtbot.waitSignal(workbench.session.project.saved):
        qtbot.keyClick(workbench.notes.text, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert not workbench.window.isWindowModified()
