"""Adding to one's own drawings, as a person does it: draw, name, Enter."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnstudio.data.drawings import read_drawer
from nnstudio.data.recipe import Recipe
from nnstudio.data.sources.drawings import Drawings
from nnstudio.ui.prediction.prediction_tab import PredictionTab

LEFT = Qt.MouseButton.LeftButton
Path2D = list[tuple[int, int]]
ONE: Path2D = [(100, 20 + 12 * step) for step in range(12)]
SEVEN: Path2D = [(50 + 8 * step, 40) for step in range(12)] + [
    (146 - 6 * step, 40 + 12 * step) for step in range(10)
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))


def draw(qtbot: QtBot, tab: PredictionTab, path: Path2D) -> None:
    pad = tab.pad.pad
    qtbot.mousePress(pad, LEFT, pos=QPoint(*path[0]))
    for point in path[1:]:
        qtbot.mouseMove(pad, QPoint(*point))
    qtbot.mouseRelease(pad, LEFT, pos=QPoint(*path[-1]))


def wait_for(qtbot: QtBot, tab: PredictionTab, words: str) -> None:
    qtbot.waitUntil(lambda: tab.pad.keep.note.text() == words)


def labels() -> list[str]:
    return [drawing.label for drawing in read_drawer().drawings]


def test_a_person_draws_names_and_adds_with_the_mouse(tab: PredictionTab, qtbot: QtBot) -> None:
    keep = tab.pad.keep
    assert not keep.add.isEnabled()
    draw(qtbot, tab, SEVEN)
    qtbot.mouseClick(keep.field, LEFT)
    qtbot.keyClicks(keep.field, "7")
    qtbot.mouseClick(keep.add, LEFT)
    wait_for(qtbot, tab, "Added a 7: 1 drawing")
    assert labels() == ["7"] and tab.pad.pad.strokes == () and not keep.add.isEnabled()


def test_the_next_ones_need_the_mouse_only_to_draw(tab: PredictionTab, qtbot: QtBot) -> None:
    keep, pad = tab.pad.keep, tab.pad.pad
    draw(qtbot, tab, SEVEN)
    qtbot.keyClick(pad, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is keep.field and keep.note.text() == "Type what it is, such as 7."
    qtbot.keyClicks(keep.field, "7")
    qtbot.keyClick(keep.field, Qt.Key.Key_Return)
    wait_for(qtbot, tab, "Added a 7: 1 drawing")
    assert QApplication.focusWidget() is pad
    draw(qtbot, tab, SEVEN)
    qtbot.keyClick(pad, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    wait_for(qtbot, tab, "Added a 7: 2 drawings")
    assert labels() == ["7", "7"]


def test_enter_on_an_empty_pad_does_nothing(tab: PredictionTab, qtbot: QtBot) -> None:
    qtbot.keyClicks(tab.pad.keep.field, "7")
    qtbot.keyClick(tab.pad.keep.field, Qt.Key.Key_Return)
    qtbot.keyClick(tab.pad.pad, Qt.Key.Key_Return)
    assert not tab._session.jobs.titles and labels() == []


def test_what_was_added_can_be_taken_back_and_added_again(tab: PredictionTab, qtbot: QtBot) -> None:
    keep = tab.pad.keep
    assert not keep.back.isVisible()
    draw(qtbot, tab, ONE)
    qtbot.keyClicks(keep.field, "8")
    qtbot.keyClick(keep.field, Qt.Key.Key_Return)
    wait_for(qtbot, tab, "Added an 8: 1 drawing")
    qtbot.mouseClick(keep.back, LEFT)
    wait_for(qtbot, tab, "Took back the 8: 0 drawings")
    assert labels() == []
    qtbot.mouseClick(keep.back, LEFT)
    wait_for(qtbot, tab, "Added an 8: 1 drawing")
    assert labels() == ["8"]


def test_ctrl_z_brings_the_drawing_that_was_added_back_to_the_pad(tab: PredictionTab, qtbot: QtBot) -> None:
    draw(qtbot, tab, ONE)
    qtbot.keyClicks(tab.pad.keep.field, "1")
    qtbot.keyClick(tab.pad.keep.field, Qt.Key.Key_Return)
    wait_for(qtbot, tab, "Added a 1: 1 drawing")
    qtbot.keyClick(tab.pad.pad, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(tab.pad.pad.strokes) == 1


def test_what_cannot_be_kept_stays_on_the_pad(
    tab: PredictionTab, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    draw(qtbot, tab, ONE)
    qtbot.keyClicks(tab.pad.keep.field, "1")
    with qtbot.waitSignal(tab._session.failed) as failed:
        qtbot.keyClick(tab.pad.keep.field, Qt.Key.Key_Return)
    assert "Your drawing could not be kept" in failed.args[1]
    assert len(tab.pad.pad.strokes) == 1


def test_what_was_drawn_in_the_meantime_stays(tab: PredictionTab, qtbot: QtBot) -> None:
    draw(qtbot, tab, ONE)
    qtbot.keyClicks(tab.pad.keep.field, "1")
    qtbot.keyClick(tab.pad.keep.field, Qt.Key.Key_Return)
    draw(qtbot, tab, SEVEN)
    wait_for(qtbot, tab, "Added a 1: 1 drawing")
    assert len(tab.pad.pad.strokes) == 2


def test_drawings_become_the_data_that_are_open(tab: PredictionTab, qtbot: QtBot) -> None:
    session, keep = tab._session, tab.pad.keep
    for count, (path, name) in enumerate([(ONE, "1"), (SEVEN, "7"), (ONE, "1"), (SEVEN, "7")], 1):
        draw(qtbot, tab, path)
        keep.field.selectAll()
        qtbot.keyClicks(keep.field, name)
        qtbot.keyClick(keep.field, Qt.Key.Key_Return)
        wait_for(qtbot, tab, f"Added a {name}: {count} drawing{'s' if count > 1 else ''}")
    with qtbot.waitSignal(session.dataset_changed):
        session.choose_recipe(Recipe(Drawings()))
    assert (session.dataset.name, session.dataset.class_names) == ("My drawings", ("1", "7"))
    assert len(session.dataset.training) == 3 and len(session.dataset.test) == 1


@pytest.mark.parametrize(
    ("label", "words"),
    [("smiling cat", "Added “smiling cat”: 1 drawing"), ("W" * 40, f"Added “{'W' * 19}…”: 1 drawing")],
)
def test_a_label_may_be_any_text_and_never_pushes_the_panel_aside(
    tab: PredictionTab, qtbot: QtBot, label: str, words: str
) -> None:
    keep, wide = tab.pad.keep, tab.pad.width()
    draw(qtbot, tab, ONE)
    qtbot.keyClicks(keep.field, label + "W" * 40)
    for _ in range(40 - len(label)):
        qtbot.keyClick(keep.field, Qt.Key.Key_Backspace)
    qtbot.keyClick(keep.field, Qt.Key.Key_Return)
    wait_for(qtbot, tab, words)
    assert tab.pad.width() == wide and keep.back.geometry().right() < keep.width()
    assert labels() == [label]
