"""Every setting of every layer, loss, optimizer, metric and plan: changed by hand, and taken back by undo."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from nnstudio.engine.layer import Layer
from nnstudio.engine.layers import LAYERS
from nnstudio.engine.losses import LOSSES, Loss
from nnstudio.engine.metrics import METRICS, Metric
from nnstudio.engine.optimizers import OPTIMIZERS, Optimizer
from nnstudio.session.document import Document
from nnstudio.session.session import Session
from nnstudio.settings import settings_of
from nnstudio.ui.model.model_tab import ModelTab
from nnstudio.ui.setting_row import SettingRow
from nnstudio.ui.settings_form import SettingsForm
from nnstudio.ui.training.training_tab import TrainingTab
from tests.ui.acting import change, shown, tick


@pytest.fixture
def tab(qtbot: QtBot, session: Session) -> Iterator[ModelTab]:
    tab = ModelTab(session)
    qtbot.addWidget(tab)
    tab.resize(1280, 760)
    tab.show()
    qtbot.waitExposed(tab)
    yield tab


def named(owner: object) -> str:
    return getattr(owner, "__name__", str(owner))


@pytest.mark.parametrize("kind", LAYERS, ids=named)
def test_every_setting_of_a_layer(qtbot: QtBot, tab: ModelTab, session: Session, kind: type[Layer]) -> None:
    tab.verbs.add(kind.__name__)
    form = tab.layer_panel.form
    assert set(form.rows) == {declared.name for declared in settings_of(kind)}
    change_all(qtbot, form, session.document)


@pytest.mark.parametrize("kind", OPTIMIZERS, ids=named)
def test_every_setting_of_an_optimizer(
    qtbot: QtBot, tab: ModelTab, session: Session, kind: type[Optimizer]
) -> None:
    session.document.edit_design("use it", replace(session.document.design, optimizer=kind()))
    form = tab.compile_panel.optimizer.inner
    assert form is not None and set(form.rows) == {declared.name for declared in settings_of(kind)}
    change_all(qtbot, form, session.document)


@pytest.mark.parametrize("kind", LOSSES, ids=named)
def test_every_setting_of_a_loss(qtbot: QtBot, tab: ModelTab, session: Session, kind: type[Loss]) -> None:
    session.document.edit_design("use it", replace(session.document.design, loss=kind()))
    form = tab.compile_panel.loss.inner
    if settings_of(kind):
        assert form is not None and form.isVisible()
        change_all(qtbot, form, session.document)
    else:
        assert form is None or not form.isVisible()


@pytest.mark.parametrize("kind", METRICS, ids=named)
def test_every_setting_of_a_metric(qtbot: QtBot, tab: ModelTab, session: Session, kind: type[Metric]) -> None:
    document, box = session.document, tab.compile_panel.metrics
    document.edit_design("start", replace(document.design, metrics=()))
    box.head.click()
    before = document.study
    tick(qtbot, box.boxes[kind].tick)
    assert document.design.metrics == (kind(),)
    form = box.boxes[kind].form
    assert (form is not None) == bool(settings_of(kind))
    if form is not None:
        change_all(qtbot, form, document)
    document.undo_stack.undo()
    assert document.study == before and not box.boxes[kind].tick.isChecked()


def test_every_setting_of_the_plan_and_of_the_schedule(qtbot: QtBot, session: Session) -> None:
    training = TrainingTab(session, QAction("Train"))
    qtbot.addWidget(training)
    training.resize(1280, 700)
    training.show()
    qtbot.waitExposed(training)
    change_all(qtbot, training.plan.plan, session.document)
    change_all(qtbot, training.plan.rate, session.document)
    training.hide()


def change_all(qtbot: QtBot, form: SettingsForm, document: Document) -> None:
    """Change each setting of a form, and those of its value whatever it is, and take everything back.

    What values of several settings have in common, as initializers do, is changed in the first of them.
    """
    seen = set()
    form.more.show_open(True)
    QApplication.processEvents()  # new rows show when the form lays itself out
    for name in list(form.rows):
        row = form.rows[name]
        change_and_undo(qtbot, row, document)
        if row.declared.choices in seen:
            continue
        seen.add(row.declared.choices)
        if isinstance(row.editor.field, QComboBox):
            change_inner_ones(qtbot, row, document)
        elif row.declared.is_switch:
            change_inner_of_switch(qtbot, row, document)


def change_and_undo(qtbot: QtBot, row: SettingRow, document: Document) -> None:
    """Change a setting, and take that back as one step with a name."""
    before, fields, steps = document.study, shown(row.editor), document.undo_stack.index()
    change(qtbot, row.editor)
    assert document.study != before, f"{row.declared.name} did not change"
    assert document.undo_stack.index() == steps + 1
    assert document.undo_stack.undoText().startswith(("set ", "switch "))
    assert row.declared.title.lower() in document.undo_stack.undoText().lower()
    document.undo_stack.undo()
    assert document.study == before
    assert shown(row.editor) == fields and row.problem == ""


def change_inner_ones(qtbot: QtBot, row: SettingRow, document: Document) -> None:
    """Take each choice of a row in turn, and change what that has to set."""
    combo = row.editor.field
    assert isinstance(combo, QComboBox)
    for index in range(combo.count()):
        before, start = document.study, document.undo_stack.index()
        combo.setCurrentIndex(index)
        combo.activated.emit(index)
        if row.inner is not None and row.inner.isVisible():
            change_all(qtbot, row.inner, document)
        document.undo_stack.setIndex(start)
        assert document.study == before


def change_inner_of_switch(qtbot: QtBot, row: SettingRow, document: Document) -> None:
    change(qtbot, row.editor)
    assert row.inner is not None and row.inner.isVisible()
    change_all(qtbot, row.inner, document)
    document.undo_stack.undo()
    assert not row.inner.isVisible()
