"""The document: every edit is one named step that undo takes back."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from nnstudio.engine.layers import LAYERS, Dense, Flatten
from nnstudio.engine.losses import MeanSquaredError
from nnstudio.engine.optimizers import SGD
from nnstudio.session import design_edits as edits
from nnstudio.session import document as document_module
from nnstudio.session import learning_edits
from nnstudio.session.document import Document
from tests.session.small import small_dataset, small_study


@pytest.fixture
def document(qtbot: QtBot) -> Document:
    return Document(small_study(), small_dataset().facts)


def test_an_edit_is_a_named_step_that_undo_takes_back(document: Document) -> None:
    before = document.study
    edits.add_layer(document, Dense(7), 1)
    assert document.undo_stack.undoText() == "add Dense"
    assert document.design.layers[1] == Dense(7, name="dense_2")
    document.undo_stack.undo()
    assert document.study == before
    document.undo_stack.redo()
    assert document.design.layers[1].name == "dense_2"


def test_edits_of_one_setting_are_one_step(document: Document) -> None:
    before = document.study
    for units in (17, 18, 19):
        edits.change_layer(document, "dense", "units", units)
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.study == before


def test_a_setting_turned_back_leaves_no_step(document: Document) -> None:
    edits.change_layer(document, "dense", "units", 17)
    edits.change_layer(document, "dense", "units", 16)
    assert document.undo_stack.count() == 0
    assert document.undo_stack.isClean()


def test_an_edit_that_changes_nothing_is_no_step(document: Document) -> None:
    edits.change_layer(document, "dense", "units", 16)
    assert document.undo_stack.count() == 0


@pytest.mark.parametrize("name", ["dense_1", "", "has space", "_first", "top_level_model_weights", "a/b"])
def test_a_name_that_files_cannot_have_is_refused_with_a_sentence(document: Document, name: str) -> None:
    refusal = edits.change_layer(document, "dense", "name", name)
    assert refusal and refusal.endswith(".")
    assert document.undo_stack.count() == 0


def test_the_report_follows_edits_and_data(document: Document) -> None:
    edits.change_layer(document, "dense_1", "units", 3)
    assert not document.report.ready
    document.undo_stack.undo()
    assert document.report.ready
    document.show_facts(replace(document.facts, class_names=("a", "b", "c")))
    assert not document.report.ready


def test_a_fix_is_one_step_and_mends(document: Document) -> None:
    edits.change_layer(document, "dense_1", "units", 3)
    (problem,) = document.report.problems
    edits.apply_fix(document, problem.fixes[0])
    assert document.report.ready
    document.undo_stack.undo()
    assert not document.report.ready


def test_loss_and_optimizer_are_steps(document: Document) -> None:
    learning_edits.change_loss(document, MeanSquaredError())
    learning_edits.change_optimizer(document, SGD())
    learning_edits.change_optimizer(document, SGD(momentum=0.9))
    texts = [document.undo_stack.text(index) for index in range(document.undo_stack.count())]
    assert texts == ["use MeanSquaredError", "use SGD", "set momentum to 0.9"]


def test_an_empty_stack_gets_the_output_that_fits(document: Document) -> None:
    edits.delete_layers(document, document.design.names)
    edits.add_output(document)
    output = Dense(10, activation="softmax", name="output")
    assert document.design.layers == (Flatten(name="flatten"), output)


def test_five_hundred_random_edits_undo_to_the_beginning_and_redo_to_the_end(document: Document) -> None:
    rng = random.Random(1)
    before = document.study
    for _ in range(500):
        _random_edit(document, rng)
    after = document.study
    document.undo_stack.setIndex(0)
    assert document.study == before
    document.undo_stack.setIndex(document.undo_stack.count())
    assert document.study == after


def _random_edit(document: Document, rng: random.Random) -> None:
    names = document.design.names
    chosen = tuple(name for name in names if rng.random() < 0.3)
    verb = rng.randrange(5)
    if verb == 0 or len(names) < 2:
        edits.add_layer(document, rng.choice(LAYERS)(), rng.randint(0, len(names)))
    elif verb == 1 and len(chosen) < len(names):
        edits.delete_layers(document, chosen[:1])
    elif verb == 2:
        edits.duplicate_layers(document, chosen[:2])
    elif verb == 3:
        edits.move_layers(document, chosen, rng.randint(0, len(names)))
    else:
        edits.shift_layers(document, chosen[:1], rng.choice((-1, 1)))
    assert len(set(document.design.names)) == len(document.design.names)


def test_an_edit_is_checked_once_and_told_once_when_all_of_it_is_known(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    checks: list[object] = []
    told: list[tuple[object, object]] = []
    check = document_module.check_design
    monkeypatch.setattr(document_module, "check_design", lambda *parts: checks.append(parts) or check(*parts))
    document.settled.connect(lambda: told.append((document.study, document.report)))
    edits.add_layer(document, Dense(7), 1)
    assert len(checks) == 1 and told == [(document.study, document.report)]
    document.undo_stack.undo()
    assert len(checks) == 2 and told[1:] == [(document.study, document.report)]
    document.edit_plan("epochs", replace(document.study.plan, epochs=7))
    assert len(checks) == 2 and len(told) == 3, "another plan leaves the design as it was checked"
    document.show_facts(document.facts)
    assert len(checks) == 2 and len(told) == 3, "the same data are no news"
