"""The whole window: every action does something, and the words everywhere stay true."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from nnstudio.engine.optimizers import SGD
from nnstudio.session import design_edits as edits
from nnstudio.session import learning_edits
from nnstudio.session.training_run import Phase
from nnstudio.ui import theme
from nnstudio.ui.actions import ACTIONS
from nnstudio.ui.export.export_dialog import ExportDialog
from nnstudio.ui.workbench import Workbench


def test_every_action_has_a_handler_and_a_name_of_its_own(workbench: Workbench) -> None:
    names = [spec.name for spec in ACTIONS if spec.name]
    assert sorted(workbench.actions) == sorted(set(names)) == sorted(names)


def test_no_shortcut_means_two_things() -> None:
    shortcuts = [spec.shortcut for spec in ACTIONS if spec.shortcut]
    assert len(set(shortcuts)) == len(shortcuts)


def test_the_main_button_trains_from_every_stage(qtbot: QtBot, workbench: Workbench) -> None:
    for index in range(4):
        workbench.window.stages.setCurrentIndex(index)
        assert workbench.actions["train"].isEnabled()
    workbench.actions["train"].trigger()
    qtbot.waitUntil(lambda: phase(workbench) is Phase.FINISHED)
    qtbot.waitUntil(lambda: workbench.actions["train"].text() == "Continue")
    assert workbench.window.stages.tabData(2)[1].text == "Trained, 2 epochs"


def test_a_problem_forbids_training_and_says_which(workbench: Workbench) -> None:
    edits.change_layer(workbench.session.document, "dense_1", "units", 3)
    assert not workbench.actions["train"].isEnabled()
    assert "10 classes" in workbench.actions["train"].toolTip()
    assert workbench.window.stages.tabData(1)[1].text == "1 problem"


def test_undo_and_redo_name_their_step(workbench: Workbench) -> None:
    edits.change_layer(workbench.session.document, "dense", "units", 20)
    assert workbench.actions["undo"].toolTip() == "Undo: set units to 20"
    assert workbench.window.isWindowModified()
    workbench.actions["undo"].trigger()
    assert workbench.actions["redo"].toolTip() == "Redo: set units to 20"
    assert not workbench.window.isWindowModified()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_theme_is_taken_at_once_and_remembered(workbench: Workbench, name: str) -> None:
    workbench.actions[f"theme_{name}"].trigger()
    assert theme.current().name == name
    assert workbench.themes.choice == name


def test_exporting_asks_where_to_and_writes_there(qtbot: QtBot, workbench: Workbench, tmp_path: Path) -> None:
    workbench.actions["export"].trigger()
    dialog = workbench.window.findChild(ExportDialog)
    assert dialog is not None
    dialog.place.setText(str(tmp_path / "digits"))
    with qtbot.waitSignal(workbench.session.told):
        qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    assert (tmp_path / "digits.h5").is_file()


def test_a_wrong_file_dropped_on_the_window_gives_a_message(
    qtbot: QtBot, workbench: Workbench, tmp_path: Path
) -> None:
    path = tmp_path / "letter.h5"
    path.write_text("Dear network")
    before = workbench.session.document.study
    workbench.window.dropped.emit(str(path))
    qtbot.waitUntil(lambda: bool(boxes(workbench)))
    assert "letter.h5" in boxes(workbench)[0].text()
    assert workbench.session.document.study == before


def test_reset_asks_when_a_training_would_be_forgotten(qtbot: QtBot, workbench: Workbench) -> None:
    workbench.actions["train"].trigger()
    qtbot.waitUntil(lambda: phase(workbench) is Phase.FINISHED)
    workbench.actions["reset"].trigger()
    (box,) = boxes(workbench)
    assert "2 epochs" in box.text() and workbench.session.run is not None
    press(box, "Reset")
    qtbot.waitUntil(lambda: workbench.session.run is None)


def test_closing_while_training_asks_first(qtbot: QtBot, workbench: Workbench) -> None:
    plan = workbench.session.document.study.plan
    workbench.session.document.edit_plan("long", type(plan)(epochs=5000, batch_size=8))
    workbench.actions["train"].trigger()
    assert not workbench.window.close()
    (box,) = boxes(workbench)
    assert workbench.session.running
    press(box, "Discard")
    qtbot.waitUntil(lambda: not workbench.window.isVisible())
    assert (
        not workbench.session.running or workbench.session.run is not None and workbench.session.run.join(60)
    )


def test_closing_with_a_trained_network_that_is_not_saved_asks_first(
    qtbot: QtBot, workbench: Workbench
) -> None:
    workbench.actions["train"].trigger()
    qtbot.waitUntil(lambda: phase(workbench) is Phase.FINISHED)
    assert not workbench.window.close()
    assert "not saved" in boxes(workbench)[0].text()


def test_closing_without_anything_to_lose_asks_nothing(workbench: Workbench) -> None:
    assert workbench.window.close()
    assert not boxes(workbench)


def test_a_training_that_diverges_says_why(qtbot: QtBot, workbench: Workbench) -> None:
    document = workbench.session.document
    edits.change_layer(document, "dense", "activation", "linear")
    learning_edits.change_optimizer(document, SGD(1e6))
    workbench.actions["train"].trigger()
    workbench.window.stages.setCurrentIndex(2)
    told = workbench.training_tab.diverged
    qtbot.waitUntil(told.isVisible)
    assert "learning rate" in told.text and not boxes(workbench)
    qtbot.waitUntil(lambda: workbench.window.stages.tabData(2)[1].tone == "error")
    qtbot.mouseClick(told.back, Qt.MouseButton.LeftButton)
    assert not told.isVisible() and phase(workbench) is Phase.PAUSED
    assert document.design.optimizer.learning_rate == 1e5
    document.undo_stack.undo()
    assert document.design.optimizer.learning_rate == 1e6


def phase(workbench: Workbench) -> Phase | None:
    run = workbench.session.run
    return run.phase if run is not None else None


def press(box: QMessageBox, text: str) -> None:
    """Press the button that says ``text``."""
    next(button for button in box.buttons() if button.text() == text).click()


def boxes(workbench: Workbench) -> list[QMessageBox]:
    return [box for box in workbench.window.findChildren(QMessageBox) if box.isVisible()]
