"""The training tab: live curves, verbs and plan."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QSpinBox
from pytestqt.qtbot import QtBot

from nnstudio.session import design_edits as edits
from nnstudio.session.session import Session
from nnstudio.session.training_run import Phase
from nnstudio.ui import theme
from nnstudio.ui.training.training_tab import TrainingTab


@pytest.fixture
def tab(qtbot: QtBot, session: Session) -> Iterator[TrainingTab]:
    action = QAction("Train")
    action.triggered.connect(session.train_or_pause)
    tab = TrainingTab(session, action)
    qtbot.addWidget(tab)
    tab.resize(1280, 700)
    tab.show()
    qtbot.waitExposed(tab)
    yield tab


def finish(qtbot: QtBot, session: Session) -> None:
    session.train_or_pause()
    qtbot.waitUntil(lambda: session.run is not None and session.run.phase is Phase.FINISHED, timeout=20_000)
    qtbot.wait(20)


def points(tab: TrainingTab, curve: int) -> np.ndarray:
    return tab.loss.plot.listDataItems()[curve].getData()[1]


def test_the_curves_show_the_history_when_training_ends(
    qtbot: QtBot, tab: TrainingTab, session: Session
) -> None:
    finish(qtbot, session)
    assert session.run is not None
    assert np.array_equal(points(tab, 0), session.run.history.steps.column("loss"))
    assert np.array_equal(points(tab, 2), session.run.history.epochs.column("val_loss"))


def test_no_smoothing_draws_the_batches_themselves(qtbot: QtBot, tab: TrainingTab, session: Session) -> None:
    finish(qtbot, session)
    tab.tools.smoothing.setValue(0)
    assert np.array_equal(points(tab, 1), points(tab, 0))


def test_the_strip_tells_epoch_and_batch(qtbot: QtBot, tab: TrainingTab, session: Session) -> None:
    qtbot.mouseClick(tab.media.step, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.run is not None and session.run.phase is Phase.PAUSED, timeout=10_000)
    qtbot.wait(20)
    words = [tab.media.strip._epoch.text(), tab.media.strip._batch.text()]
    assert words == ["Epoch 1 of 2", "batch 1 of 10"]


def test_five_more_epochs_continue_the_run(qtbot: QtBot, tab: TrainingTab, session: Session) -> None:
    finish(qtbot, session)
    run = session.run
    qtbot.mouseClick(tab.media.more, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: run is not None and run.progress.epoch == 7, timeout=20_000)
    assert session.run is run


def test_the_plan_is_edited_as_undo_steps(qtbot: QtBot, tab: TrainingTab, session: Session) -> None:
    field = tab.plan.plan.editor("epochs").field
    assert isinstance(field, QSpinBox)
    field.setValue(9)
    assert session.document.study.plan.epochs == 9
    assert session.document.undo_stack.undoText() == "set epochs to 9"
    session.document.undo_stack.undo()
    assert field.value() == 2


def test_an_edit_after_training_shows_a_notice(qtbot: QtBot, tab: TrainingTab, session: Session) -> None:
    finish(qtbot, session)
    assert not tab.notices._changed.isVisible()
    edits.change_layer(session.document, "dense", "units", 20)
    assert tab.notices._changed.isVisible()
    session.document.undo_stack.undo()
    assert not tab.notices._changed.isVisible()


def test_the_sample_explains_itself_until_it_is_told_not_to(tab: TrainingTab) -> None:
    assert tab.notices._sample.isVisible()
    tab.notices._dismiss()
    assert not tab.notices._sample.isVisible()


def test_the_paint_gate_is_open_after_every_drawing(qtbot: QtBot, tab: TrainingTab, session: Session) -> None:
    finish(qtbot, session)
    assert session.run is not None
    tab._draw()
    assert session.run.gate.is_set()


def test_curves_follow_the_theme(qtbot: QtBot, qapp: QApplication, tab: TrainingTab) -> None:
    theme.apply(qapp, theme.DARK)
    assert tab.loss.plot.backgroundBrush().color().name().upper() == theme.DARK.base
    theme.apply(qapp, theme.LIGHT)
    assert tab.loss.plot.backgroundBrush().color().name().upper() == theme.LIGHT.base


def test_pointing_at_a_plot_shows_the_values_there(qtbot: QtBot, tab: TrainingTab, session: Session) -> None:
    finish(qtbot, session)
    tab.loss.hovered.emit(1.0)
    assert tab.boxes[0].isVisible() and "Validation" in tab.boxes[0]._lines.text()
    tab.loss.hovered.emit(float("nan"))
    assert not tab.boxes[0].isVisible()
