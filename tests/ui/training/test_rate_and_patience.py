"""The range test of learning rates, the card of patience, and how many threads train."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnstudio.engine.layers import Dense
from nnstudio.engine.optimizers import SGD
from nnstudio.engine.stopping import EarlyStopping
from nnstudio.session.session import Session
from nnstudio.ui.training.patience import Patience
from nnstudio.ui.training.plan_panel import PlanPanel
from nnstudio.ui.training.rate_dialog import RateDialog
from tests.ui.acting import type_over


def opened(qtbot: QtBot, session: Session) -> RateDialog:
    dialog = RateDialog(session)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot closes it, too
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def test_the_rate_that_was_found_is_taken_and_undone(qtbot: QtBot, session: Session) -> None:
    document = session.document
    before = document.study
    dialog = opened(qtbot, session)
    qtbot.waitUntil(lambda: not dialog.finder.running)
    assert document.study == before and session.run is None  # what is trained is not touched
    rate = dialog.finder.suggested
    assert rate is not None and f"{rate:g}" in dialog.words and f"{rate:g}" in dialog.take.text()
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    assert document.design.optimizer.learning_rate == pytest.approx(rate)
    assert not dialog.isVisible()
    document.undo_stack.undo()
    assert document.study == before


def test_the_test_can_be_stopped_and_begun_again(qtbot: QtBot, session: Session) -> None:
    dialog = opened(qtbot, session)
    qtbot.mouseClick(dialog.stop, Qt.MouseButton.LeftButton)
    assert not dialog.finder.running and dialog.again.isVisible() and not dialog.stop.isVisible()
    qtbot.mouseClick(dialog.again, Qt.MouseButton.LeftButton)
    assert dialog.finder.running and not dialog.take.isEnabled()
    qtbot.waitUntil(lambda: not dialog.finder.running)
    assert dialog.take.isEnabled()


def test_a_test_that_fails_ends_and_says_so(qtbot: QtBot, session: Session) -> None:
    study = session.document.study
    broken = replace(study.design, layers=(*study.design.layers[:-1], Dense(3, name="output")))
    session.document.edit("break", replace(study, design=broken, plan=replace(study.plan, threads=1)))
    dialog = opened(qtbot, session)
    qtbot.waitUntil(lambda: not dialog.finder.running)
    assert dialog.again.isVisible() and not dialog.stop.isVisible()


def test_the_card_counts_the_epochs_without_a_lower_loss(qtbot: QtBot, session: Session) -> None:
    study = session.document.study
    plan = replace(study.plan, epochs=9, early_stopping=EarlyStopping(patience=2))
    design = replace(study.design, optimizer=SGD(1e-30))  # the loss stays as it is
    session.document.edit("wait", replace(study, design=design, plan=plan))
    card = Patience(session)
    qtbot.addWidget(card)
    card.show_run()
    assert not card.isVisible()
    session.train()
    qtbot.waitUntil(lambda: not session.running)
    card.show_run()
    assert session.run is not None and session.run.progress.epoch == 3
    assert card.isVisible() and card.text.startswith("2 of 2 epochs without a lower loss")
    assert "in epoch 1" in card.text and "training ended" in card.text


def test_another_number_of_threads_holds_when_the_same_run_goes_on(qtbot: QtBot, session: Session) -> None:
    panel = PlanPanel(session)
    qtbot.addWidget(panel)
    document = session.document
    session.train()
    session.pause()
    qtbot.waitUntil(lambda: not session.running)
    run = session.run
    assert run is not None and run.threads == 1
    type_over(qtbot, panel.plan.rows["threads"].editor.field, "2")
    assert document.study.plan.threads == 2
    session.train()
    assert session.run is run and run.threads == 2
    session.pause()
    qtbot.waitUntil(lambda: not session.running)
    document.undo_stack.undo()
    assert document.study.plan.threads == 1
