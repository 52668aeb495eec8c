"""The training tab says what is wrong with the plan, and does not begin what cannot be done."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from nnstudio.engine.class_weights import Given
from nnstudio.session.session import Session
from nnstudio.ui.problem_box import ProblemBox
from nnstudio.ui.training.media_row import MediaRow
from nnstudio.ui.training.plan_panel import PlanPanel
from nnstudio.ui.training.training_tab import TrainingTab


def test_a_plan_that_does_not_fit_the_data_is_told_until_it_is_mended(qtbot: QtBot, session: Session) -> None:
    tab = TrainingTab(session, QAction("Train"))
    qtbot.addWidget(tab)
    tab.show()
    qtbot.waitExposed(tab)
    panel, media = tab.findChild(PlanPanel), tab.findChild(MediaRow)
    assert isinstance(panel, PlanPanel) and isinstance(media, MediaRow)
    box = panel.findChild(ProblemBox)
    assert isinstance(box, ProblemBox) and not box.isVisible() and media.step.isEnabled()
    plan = session.document.study.plan
    session.document.edit_plan("weigh", replace(plan, class_weight=Given((1.0, 2.0))))
    told = [words.text() for words in box.findChildren(QLabel)]
    assert "There must be one weight for each of the 10 classes, not 2 class weights." in told
    assert box.isVisible()
    assert not media.step.isEnabled()
    session.document.undo_stack.undo()
    assert not box.isVisible() and media.step.isEnabled()
