"""The plan panel: what a training does by itself, and how its rate will go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from nnstudio.engine.augmentation import Augmentation
from nnstudio.engine.class_weights import Given
from nnstudio.engine.plan import TrainingPlan
from nnstudio.engine.plateau import ReduceLROnPlateau
from nnstudio.engine.schedules import SCHEDULES, Constant, CosineDecay, Schedule
from nnstudio.engine.stopping import EarlyStopping
from nnstudio.session import learning_edits
from nnstudio.session.session import Session
from nnstudio.ui.training.plan_panel import PlanPanel
from nnstudio.ui.widgets import scrolled
from tests.ui.acting import tick, type_over

WIDTH_PX = 304


@pytest.fixture
def area(qtbot: QtBot, session: Session) -> Iterator[QScrollArea]:
    area = scrolled(PlanPanel(session))
    qtbot.addWidget(area)
    area.resize(WIDTH_PX, 600)
    area.show()
    qtbot.waitExposed(area)
    yield area


@pytest.fixture
def panel(area: QScrollArea) -> PlanPanel:
    panel = area.widget()
    assert isinstance(panel, PlanPanel)
    return panel


def test_at_first_only_what_everybody_needs_is_there(panel: PlanPanel) -> None:
    shown = [name for name, row in panel.plan.rows.items() if row.isVisible()]
    assert shown == ["epochs", "batch_size", "validation_split", "early_stopping"]
    assert [name for name, row in panel.rate.rows.items() if row.isVisible()] == ["learning_rate", "schedule"]
    assert not panel.preview.isVisible()


def test_early_stopping_is_switched_on_set_and_undone(
    qtbot: QtBot, panel: PlanPanel, session: Session
) -> None:
    document, row = session.document, panel.plan.rows["early_stopping"]
    before = document.study
    tick(qtbot, row.editor.field)  # type: ignore[arg-type]
    assert document.study.plan.early_stopping == EarlyStopping() and row.inner is not None
    qtbot.waitUntil(row.inner.isVisible)
    type_over(qtbot, row.inner.editor("patience").field, "7")
    assert document.study.plan.early_stopping == EarlyStopping(patience=7)
    assert document.undo_stack.count() == 2
    document.undo_stack.setIndex(0)
    assert document.study == before and not row.inner.isVisible()


def test_tab_goes_from_top_to_bottom(qtbot: QtBot, panel: PlanPanel, session: Session) -> None:
    plan = replace(session.document.study.plan, early_stopping=EarlyStopping())
    session.document.edit_plan("stop early", plan)
    qtbot.wait(60)
    panel.plan.editor("epochs").field.setFocus()
    seen: list[QWidget] = []
    while (focus := QApplication.focusWidget()) not in seen and focus is not None:
        seen.append(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    heights = [one.mapTo(panel, one.rect().center()).y() for one in seen]
    assert heights == sorted(heights) and seen[-1] is panel.plan.more.head and len(seen) >= 9


def test_nothing_is_cut_when_everything_is_open(qtbot: QtBot, area: QScrollArea, session: Session) -> None:
    panel = area.widget()
    assert isinstance(panel, PlanPanel)
    plan = TrainingPlan(
        early_stopping=EarlyStopping(),
        reduce_on_plateau=ReduceLROnPlateau(),
        augmentation=Augmentation(),
        class_weight=Given((1.0,) * 10),
    )
    session.document.edit_plan("open all", plan)
    design = session.document.design
    session.document.edit_design(
        "fall", replace(design, optimizer=replace(design.optimizer, schedule=CosineDecay(decay_steps=5)))
    )
    panel.plan.more.head.click()
    QApplication.processEvents()
    qtbot.wait(50)
    for row in (*panel.plan.rows.values(), *panel.rate.rows.values()):
        for field in row.editor.fields:
            assert_inside(field, panel)
    assert panel.width() <= area.viewport().width()
    assert area.verticalScrollBar().maximum() > 0


@pytest.mark.parametrize("kind", SCHEDULES, ids=lambda kind: kind.__name__)
def test_the_rates_of_a_schedule_are_shown_over_the_whole_training(
    panel: PlanPanel, session: Session, kind: type[Schedule]
) -> None:
    optimizer = replace(session.document.design.optimizer, schedule=kind())
    learning_edits.change_optimizer(session.document, optimizer)
    assert panel.preview.isVisible() == (kind is not Constant)
    plan = session.document.study.plan
    training, _ = session.dataset.split(plan.validation_split)
    total = plan.epochs * -(-len(training) // plan.batch_size)
    first, last = (optimizer.learning_rate * kind().factor(step, total) for step in (0, total - 1))
    assert panel.preview.rates[0] == pytest.approx(first)
    assert panel.preview.rates[-1] == pytest.approx(last)
    assert panel.preview.grab().width() > 0


def assert_inside(field: QWidget, panel: QWidget) -> None:
    """Check that a field that can be seen lies within the panel and is wide enough to be read."""
    if field.isVisible():
        left = field.mapTo(panel, field.rect().topLeft()).x()
        assert left >= 0 and left + field.width() <= panel.width()
        assert field.width() >= min(40, field.sizeHint().width())
