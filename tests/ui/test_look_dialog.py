"""A model from elsewhere is looked into before it is opened; one of nnstudio's own opens at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnstudio.formats.keras_h5 import write_model
from nnstudio.paths import resource
from nnstudio.session.session import Session
from nnstudio.ui.look_dialog import LookDialog
from nnstudio.ui.workbench import Workbench
from tests.formats.keras_index import FIXTURES, FOLDER

FOREIGN = FOLDER / FIXTURES["keras_v3_zip__k3t"]["file"]
ALONE = FOLDER / FIXTURES["weights_only_legacy__tfk"]["file"]


def look(qtbot: QtBot, workbench: Workbench, path: Path, *, asked: bool = False) -> LookDialog | None:
    with qtbot.waitSignal(workbench.session.library.looked):
        if asked:
            workbench.session.look_inside(path, asked=True)
        else:
            workbench.files.open_path(str(path))
    return next((d for d in workbench.window.findChildren(LookDialog) if d.isVisible()), None)


def cells(dialog: LookDialog) -> list[str]:
    model = dialog.table.texts
    return [model.text(row, column) for row in range(model.rowCount()) for column in range(3)]


def test_a_foreign_file_is_shown_first_and_opens_with_enter(qtbot: QtBot, workbench: Workbench) -> None:
    before = workbench.session.document.design
    dialog = look(qtbot, workbench, FOREIGN)
    assert dialog is not None and dialog.isVisible() and dialog.title.text() == FOREIGN.name
    assert cells(dialog)[:3] == ["dense (Dense)", "(None, 6)", "48"]
    assert "Keras" in dialog.words.text() and "4 layers" in dialog.words.text()
    assert "nnstudio did not write this file" in dialog.notes.text()
    assert workbench.session.document.design == before
    with qtbot.waitSignal(workbench.session.told):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert [layer.name for layer in workbench.session.document.design.layers][0] == "dense"
    workbench.session.document.undo_stack.undo()
    assert workbench.session.document.design == before


def test_an_opened_model_is_among_the_recent_files(qtbot: QtBot, workbench: Workbench) -> None:
    dialog = look(qtbot, workbench, FOREIGN)
    assert dialog is not None
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    menu = workbench.actions["recent"].menu()
    menu.aboutToShow.emit()
    assert not [action for action in menu.actions() if FOREIGN.name in action.text()]
    dialog = look(qtbot, workbench, FOREIGN)
    assert dialog is not None
    with qtbot.waitSignal(workbench.session.told):
        qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    menu.aboutToShow.emit()
    assert FOREIGN.name in menu.actions()[0].text()


def test_escape_opens_nothing(qtbot: QtBot, workbench: Workbench) -> None:
    before = workbench.session.document.study
    dialog = look(qtbot, workbench, FOREIGN)
    assert dialog is not None
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible() and workbench.session.document.study == before


def test_a_file_of_nnstudio_opens_at_once(qtbot: QtBot, workbench: Workbench, tmp_path: Path) -> None:
    with qtbot.waitSignal(workbench.session.told) as told:
        assert look(qtbot, workbench, resource("projects", "default.h5")) is None
    assert "Opened default.h5." in str(told.args)


def test_who_asks_to_look_inside_sees_any_file(qtbot: QtBot, workbench: Workbench) -> None:
    dialog = look(qtbot, workbench, resource("projects", "default.h5"), asked=True)
    assert dialog is not None and dialog.isVisible() and "Saved by nnstudio" in dialog.words.text()
    assert not dialog.notes.isVisible()


def test_weights_alone_are_listed_and_told_where_they_do_not_fit(qtbot: QtBot, workbench: Workbench) -> None:
    dialog = look(qtbot, workbench, ALONE)
    assert dialog is not None and "8 arrays" in dialog.words.text()
    assert "dense/dense/kernel:0" in cells(dialog)
    with qtbot.waitSignal(workbench.session.failed) as failed:
        qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    assert "not those of the design that is open" in str(failed.args)


def test_a_broken_file_is_told_and_nothing_shows(qtbot: QtBot, workbench: Workbench, tmp_path: Path) -> None:
    (tmp_path / "a.h5").write_bytes(b"\x89HDF\r\n\x1a\n" + b"rubbish" * 99)
    with qtbot.waitSignal(workbench.session.failed) as failed:
        workbench.files.open_path(str(tmp_path / "a.h5"))
    assert "damaged" in str(failed.args) and workbench.window.findChild(LookDialog) is None


@pytest.mark.parametrize("key", ["look_inside"])
def test_the_menu_has_it(workbench: Workbench, key: str) -> None:
    assert workbench.actions[key].isEnabled() and "Look inside" in workbench.actions[key].text()


def test_a_model_of_this_session_opens_straight_after_an_export(
    qtbot: QtBot, workbench: Workbench, tmp_path: Path
) -> None:
    session: Session = workbench.session
    model = session.model_for_export()
    assert model is not None
    write_model(tmp_path / "a.keras", model)
    with qtbot.waitSignal(session.told):
        assert look(qtbot, workbench, tmp_path / "a.keras") is None
