"""Editing a trained network: layers that still fit keep their weights, the others begin anew."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnstudio.engine.layers import Dense
from nnstudio.engine.optimizers import SGD
from nnstudio.session import design_edits as edits
from nnstudio.session import words
from nnstudio.session.learning_edits import change_optimizer
from nnstudio.session.session import Session
from nnstudio.session.training_run import Phase
from tests.session.small import small_dataset, small_model


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    """A session with a network that learnt for two epochs."""
    session = Session(small_model(), small_dataset())
    session.reset()
    session.train_or_pause()
    assert session.run is not None
    qtbot.waitUntil(lambda: session.run.phase is Phase.FINISHED)
    yield session
    assert session.close()


def one_step(qtbot: QtBot, session: Session) -> dict[str, dict[str, np.ndarray]]:
    """Begin to train with steps so small that the weights stay, and return these."""

    change_optimizer(session.document, SGD(learning_rate=1e-30))
    session.step_once()
    run = session.run
    assert run is not None
    qtbot.waitUntil(lambda: run.phase is Phase.PAUSED and run.snapshot is not None)
    assert run.snapshot is not None
    return run.snapshot.weights()


def weights(session: Session) -> dict[str, dict[str, np.ndarray]]:
    assert session.snapshot is not None
    return session.snapshot.weights()


def test_layers_that_fit_keep_their_weights(qtbot: QtBot, session: Session) -> None:
    before = weights(session)
    edits.add_layer(session.document, Dense(16, activation="relu", name="extra"), 2)
    assert "dense and dense_1 keep their weights; extra begins anew." in words.run_note(session)
    after = one_step(qtbot, session)
    for name in ("dense", "dense_1"):
        assert np.array_equal(after[name]["kernel"], before[name]["kernel"])
    assert after["extra"]["kernel"].shape == (16, 16) and after["extra"]["kernel"].std() > 0


def test_layers_that_changed_their_shapes_begin_anew(qtbot: QtBot, session: Session) -> None:
    before = weights(session)
    edits.change_layer(session.document, "dense", "units", 20)
    assert "All layers begin anew." in words.run_note(session)
    assert not session.start.has_choice
    after = one_step(qtbot, session)
    assert after["dense"]["kernel"].shape == (784, 20) and before["dense"]["kernel"].shape == (784, 16)


def test_a_frozen_layer_keeps_its_weights(qtbot: QtBot, session: Session) -> None:
    before = weights(session)
    edits.freeze_layers(session.document, ["dense"], frozen=True)
    after = one_step(qtbot, session)
    assert np.array_equal(after["dense"]["kernel"], before["dense"]["kernel"])
    assert np.array_equal(after["dense_1"]["bias"], before["dense_1"]["bias"])


def test_all_begin_anew_where_a_person_wants_that(qtbot: QtBot, session: Session) -> None:
    before = weights(session)
    edits.change_layer(session.document, "dropout", "rate", 0.5)
    assert session.start.has_choice
    session.start.keep(False)
    assert "All layers begin anew." in words.run_note(session)
    after = one_step(qtbot, session)
    assert not np.array_equal(after["dense"]["kernel"], before["dense"]["kernel"])


def test_to_keep_nothing_is_a_choice_for_one_training(qtbot: QtBot, session: Session) -> None:
    edits.change_layer(session.document, "dropout", "rate", 0.5)
    session.start.keep(False)
    one_step(qtbot, session)
    assert session.start.keeps and not session.start.is_edited


def test_undo_brings_the_trained_stack_back(qtbot: QtBot, session: Session) -> None:
    run = session.run
    edits.delete_layers(session.document, ["dropout"])
    assert session.start.is_edited and not session.run_is_current
    session.document.undo_stack.undo()
    assert not session.start.is_edited and session.run_is_current and session.run is run


def test_another_plan_alone_begins_anew(qtbot: QtBot, session: Session) -> None:
    before = weights(session)
    after = one_step(qtbot, session)  # with another optimizer
    assert not np.array_equal(after["dense"]["kernel"], before["dense"]["kernel"])
