"""Settings of every kind, changed with the real mouse and keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nnstudio.engine.metrics import Accuracy, Precision
from nnstudio.engine.regularizers import L2
from nnstudio.engine.stopping import EarlyStopping
from nnstudio.ui.workbench import Workbench
from tests.stories.hand import Hand

pytestmark = pytest.mark.x11
MODEL, TRAINING = 1, 2


def go_to(hand: Hand, workbench: Workbench, stage: int) -> None:
    bar = workbench.window.stages
    hand.click(bar, bar.tabRect(stage).center())


def mark(box: QWidget) -> QPoint:
    """Return where the mark of a box to tick is."""
    return QPoint(9, box.height() // 2)


def test_a_regularizer_is_chosen_set_and_taken_back(qtbot: QtBot, workbench: Workbench, hand: Hand) -> None:
    go_to(hand, workbench, MODEL)
    tab, document = workbench.model_tab, workbench.session.document
    before = document.design
    card = tab.stack.card(tab.model.row("hidden_1"))
    assert card is not None
    hand.click(tab.stack.viewport(), card.type.center())
    form = tab.layer_panel.form
    hand.click(form.more.head)
    row = form.rows["kernel_regularizer"]
    qtbot.waitUntil(row.editor.field.isVisible)
    hand.click(row.editor.field)
    hand.press("Down", "Return")
    assert row.inner is not None
    qtbot.waitUntil(row.inner.isVisible)
    hand.press("Tab", "Tab")  # over the way back to the default
    hand.press("ctrl+a")
    hand.type("0.02")
    assert document.design.layer("hidden_1").kernel_regularizer == L2(0.02)  # type: ignore[attr-defined]
    assert document.undo_stack.undoText() == "set L2 of kernel regularizer to 0.02"
    hand.click(tab.stack.viewport(), card.type.center())
    hand.press("ctrl+z")
    assert document.design.layer("hidden_1").kernel_regularizer == L2()  # type: ignore[attr-defined]
    hand.press("ctrl+z")
    assert document.design == before and not row.inner.isVisible()


def test_metrics_are_ticked_and_early_stopping_is_switched_on(
    qtbot: QtBot, workbench: Workbench, hand: Hand
) -> None:
    go_to(hand, workbench, MODEL)
    document, metrics = workbench.session.document, workbench.model_tab.compile_panel.metrics
    hand.click(metrics.head)
    tick = metrics.boxes[Precision].tick
    qtbot.waitUntil(tick.isVisible)
    hand.click(tick, mark(tick))
    assert document.design.metrics == (Accuracy(), Precision())
    go_to(hand, workbench, TRAINING)
    row = workbench.training_tab.plan.plan.rows["early_stopping"]
    hand.click(row.editor.field, mark(row.editor.field))
    assert row.inner is not None
    qtbot.waitUntil(row.inner.isVisible)
    hand.click(row.inner.editor("patience").field, QPoint(20, 14))
    hand.press("ctrl+a")
    hand.type("5")
    assert document.study.plan.early_stopping == EarlyStopping(patience=5)
    hand.click(row.reset)
    assert document.study.plan.early_stopping is None and not row.inner.isVisible()
