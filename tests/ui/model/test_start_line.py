"""The line over a stack that was edited after a training: what Train keeps, and a person's word on it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnstudio.session import design_edits as edits
from nnstudio.session.session import Session
from nnstudio.session.training_run import Phase
from nnstudio.ui.model.start_line import StartLine


@pytest.fixture
def line(qtbot: QtBot, session: Session) -> StartLine:
    """The line of a session whose network learnt."""
    session.reset()
    session.train_or_pause()
    qtbot.waitUntil(lambda: session.run is not None and session.run.phase is Phase.FINISHED)
    line = StartLine(session.document, session.start)
    qtbot.addWidget(line)
    line.resize(600, 40)
    line.show_state()
    return line


def test_it_is_there_only_while_the_stack_is_another(line: StartLine, session: Session) -> None:
    assert not line.isVisible()
    edits.change_layer(session.document, "dense_1", "activation", "linear")
    assert line.isVisible() and "dense_1" in line.words.toolTip()
    session.document.undo_stack.undo()
    assert not line.isVisible()


def test_its_button_starts_all_fresh_and_takes_that_back(
    qtbot: QtBot, line: StartLine, session: Session
) -> None:
    edits.change_layer(session.document, "dense", "units", 9)
    edits.change_layer(session.document, "dense", "units", 16)
    edits.change_layer(session.document, "dense", "activation", "tanh")
    assert session.start.kept is not None and line.choice.isVisible()
    assert line.choice.text() == "Start all fresh"
    qtbot.mouseClick(line.choice, Qt.MouseButton.LeftButton)
    assert session.start.kept is None and line.words.toolTip() == "All layers begin anew."
    assert line.choice.text() == "Keep what fits"
    qtbot.mouseClick(line.choice, Qt.MouseButton.LeftButton)
    assert session.start.kept is not None and line.choice.text() == "Start all fresh"


def test_there_is_nothing_to_choose_where_nothing_fits(line: StartLine, session: Session) -> None:
    edits.change_layer(session.document, "dense", "units", 9)  # the next layer gets other numbers, too
    assert line.isVisible() and line.words.toolTip() == "All layers begin anew."
    assert not line.choice.isVisible()
