"""The compile panel: what fits the data comes first, and metrics are ticked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from nnstudio.engine.fit_choices import fitting_losses, fitting_metrics
from nnstudio.engine.losses import BinaryCrossentropy, CategoricalCrossentropy, Huber, MeanSquaredError
from nnstudio.engine.metrics import Accuracy, MeanAbsoluteError, Precision, R2Score, TopKCategoricalAccuracy
from nnstudio.session.session import Session
from nnstudio.task import Task
from nnstudio.ui.model.compile_panel import CompilePanel
from tests.ui.acting import LEFT, tick, type_over


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> CompilePanel:
    panel = CompilePanel(session.document)
    qtbot.addWidget(panel)
    panel.resize(352, 900)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def test_losses_that_fit_come_first_and_all_can_be_chosen(panel: CompilePanel, session: Session) -> None:
    combo = panel.loss.editor.field
    assert isinstance(combo, QComboBox)
    texts = [combo.itemText(index) for index in range(combo.count())]
    line = texts.index("")
    assert texts[0] == "Categorical crossentropy" and "Mean squared error" in texts[line:]
    for index in range(combo.count()):
        if index != line:
            combo.setCurrentIndex(index)
            combo.activated.emit(index)
            assert combo.currentText() == texts[index]
    assert session.document.undo_stack.undoText() == f"use {type(session.document.design.loss).__name__}"


def test_other_data_put_other_losses_first(panel: CompilePanel, session: Session) -> None:
    session.document.show_facts(
        replace(session.document.facts, task=Task.REGRESSION, class_names=(), outputs=1)
    )
    combo = panel.loss.editor.field
    assert isinstance(combo, QComboBox)
    assert combo.itemText(0) == "Mean squared error"
    assert combo.currentText() == "Categorical crossentropy"


@pytest.mark.parametrize(
    ("task", "fits", "does_not"),
    [
        (Task.REGRESSION, (MeanSquaredError, Huber), (CategoricalCrossentropy, BinaryCrossentropy)),
        (Task.TWO_CLASSES, (BinaryCrossentropy,), (CategoricalCrossentropy,)),
        (Task.MANY_CLASSES, (CategoricalCrossentropy,), (Huber, BinaryCrossentropy)),
    ],
)
def test_the_list_begins_with_what_nothing_speaks_against(
    session: Session, task: Task, fits: tuple[type, ...], does_not: tuple[type, ...]
) -> None:
    document = session.document
    names = {Task.REGRESSION: 0, Task.TWO_CLASSES: 2, Task.MANY_CLASSES: 10}[task]
    facts = replace(document.facts, task=task, class_names=tuple("0123456789"[:names]), outputs=1)
    document.edit_design("empty", replace(document.design, layers=()))
    losses = fitting_losses(document.report, facts)
    assert set(fits) <= set(losses) and not set(does_not) & set(losses)
    metrics = fitting_metrics(replace(document.design, loss=losses[0]()), document.report, facts)
    assert (Accuracy in metrics) == (names > 0) and (R2Score in metrics) == (names == 0)


def test_several_metrics_are_ticked_set_and_undone(
    qtbot: QtBot, panel: CompilePanel, session: Session
) -> None:
    document, box = session.document, panel.metrics
    assert box.head.text() == "Metrics: Accuracy" and not box.boxes[Precision].isVisible()
    qtbot.mouseClick(box.head, LEFT)
    tick(qtbot, box.boxes[TopKCategoricalAccuracy].tick)
    tick(qtbot, box.boxes[Precision].tick)
    assert document.design.metrics == (Accuracy(), TopKCategoricalAccuracy(), Precision())
    form = box.boxes[TopKCategoricalAccuracy].form
    assert form is not None
    qtbot.waitUntil(form.isVisible)
    type_over(qtbot, form.editor("k").field, "3")
    assert document.design.metrics == (Accuracy(), TopKCategoricalAccuracy(k=3), Precision())
    assert document.undo_stack.undoText() == "set K of Top-k accuracy to 3"
    tick(qtbot, box.boxes[Accuracy].tick)
    assert document.undo_stack.undoText() == "remove metric Accuracy"
    for _ in range(4):
        document.undo_stack.undo()
    assert document.design.metrics == (Accuracy(),)
    assert [kind for kind, one in box.boxes.items() if one.tick.isChecked()] == [Accuracy]
    assert not form.isVisible()


def test_without_a_metric_the_loss_alone_is_read(qtbot: QtBot, panel: CompilePanel, session: Session) -> None:
    qtbot.mouseClick(panel.metrics.head, LEFT)
    tick(qtbot, panel.metrics.boxes[Accuracy].tick)
    assert session.document.design.metrics == () and panel.metrics.head.text() == "Metrics: none"
    assert session.document.report.ready


def test_metrics_for_other_data_stand_below_those_that_fit(
    qtbot: QtBot, panel: CompilePanel, session: Session
) -> None:
    qtbot.mouseClick(panel.metrics.head, LEFT)
    qtbot.waitUntil(panel.metrics.boxes[R2Score].isVisible)
    above, below = panel.metrics.boxes[Accuracy], panel.metrics.boxes[R2Score]
    assert above.y() < below.y()
    facts = replace(session.document.facts, task=Task.REGRESSION, class_names=(), outputs=1)
    session.document.show_facts(facts)
    qtbot.waitUntil(lambda: above.y() > below.y())
    tick(qtbot, panel.metrics.boxes[MeanAbsoluteError].tick)
    assert MeanAbsoluteError() in session.document.design.metrics
