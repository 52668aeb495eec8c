"""Steps: every change of a setting has a name, and changes that belong together are one step."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from nnstudio.engine.class_weights import Given
from nnstudio.engine.initializers import HeNormal
from nnstudio.engine.metrics import Accuracy, MeanAbsoluteError
from nnstudio.engine.optimizers import SGD, Adam
from nnstudio.engine.regularizers import L1L2, L2
from nnstudio.engine.schedules import CosineDecay
from nnstudio.engine.stopping import EarlyStopping
from nnstudio.session import design_edits, learning_edits
from nnstudio.session.document import Document
from tests.session.small import small_dataset, small_study


@pytest.fixture
def document(qtbot: QtBot) -> Document:
    return Document(small_study(), small_dataset().facts)


def texts(document: Document) -> list[str]:
    return [document.undo_stack.text(index) for index in range(document.undo_stack.count())]


def test_a_value_with_settings_is_named_by_its_class_and_then_by_what_changed_in_it(
    document: Document,
) -> None:
    for value in (L2(), L2(0.02), L2(0.03), L1L2(), L1L2(l1=0.5), None):
        design_edits.change_layer(document, "dense", "kernel_regularizer", value)
    assert texts(document) == [
        "set kernel regularizer to L2",
        "set L2 of kernel regularizer to 0.03",
        "set kernel regularizer to L1L2",
        "set L1 of kernel regularizer to 0.5",
        "set kernel regularizer to none",
    ]
    document.undo_stack.setIndex(2)
    assert document.design.layer("dense").kernel_regularizer == L2(0.03)  # type: ignore[attr-defined]


def test_choices_that_follow_each_other_are_one_step(document: Document) -> None:
    before = document.study
    design_edits.change_layer(document, "dense", "kernel_initializer", HeNormal())
    design_edits.change_layer(document, "dense", "activation", "tanh")
    design_edits.change_layer(document, "dense", "activation", "elu")
    assert texts(document) == ["set kernel initializer to He normal", "set activation to elu"]
    document.undo_stack.setIndex(0)
    assert document.study == before


def test_an_optimizer_and_what_is_within_its_settings_are_told_apart(document: Document) -> None:
    rest = SGD(schedule=CosineDecay(), learning_rate=0.5)
    for optimizer in (SGD(), SGD(learning_rate=0.5), rest, replace(rest, schedule=CosineDecay(alpha=0.1))):
        learning_edits.change_optimizer(document, optimizer)
    assert texts(document) == [
        "use SGD",
        "set learning rate to 0.5",
        "set schedule to Cosine decay",
        "set alpha of schedule to 0.1",
    ]


def test_what_may_be_left_out_is_told_as_such(document: Document) -> None:
    learning_edits.change_optimizer(document, Adam(clipnorm=1.0))
    learning_edits.change_optimizer(document, Adam(weight_decay=0.1))  # two settings at once
    learning_edits.change_optimizer(document, Adam())
    assert texts(document) == ["set clip norm to 1", "use Adam", "set weight decay to none"]


def test_a_part_of_the_plan_is_switched_on_changed_and_switched_off(document: Document) -> None:
    before = document.study
    for value in (EarlyStopping(), EarlyStopping(patience=4), EarlyStopping(patience=44), None):
        learning_edits.change_plan(document, "early_stopping", value)
    assert texts(document) == [
        "switch early stopping on",
        "set patience of early stopping to 44",
        "switch early stopping off",
    ]
    document.undo_stack.setIndex(0)
    assert document.study == before


def test_given_weights_begin_with_one_for_each_class(document: Document) -> None:
    learning_edits.change_plan(document, "class_weight", Given())
    assert document.study.plan.class_weight == Given((1.0,) * 10) and document.plan_problems == ()


def test_metrics_are_added_and_removed_by_name(document: Document) -> None:
    learning_edits.change_metrics(document, (Accuracy(), MeanAbsoluteError()))
    learning_edits.change_metrics(document, (MeanAbsoluteError(),))
    assert texts(document) == ["add metric Mean absolute error", "remove metric Accuracy"]
