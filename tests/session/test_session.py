"""The session: one door to training, data and files, in which nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnstudio.engine.class_weights import Given
from nnstudio.engine.layers import Dense
from nnstudio.engine.stopping import EarlyStopping
from nnstudio.session import design_edits as edits
from nnstudio.session import words
from nnstudio.session.session import Session
from nnstudio.session.training_run import Phase


def train_to_the_end(qtbot: QtBot, session: Session) -> None:
    session.train_or_pause()
    qtbot.waitUntil(lambda: session.run is not None and session.run.phase is Phase.FINISHED)
    qtbot.waitUntil(lambda: not session.running)


def test_training_improves_what_predicts(qtbot: QtBot, session: Session) -> None:
    session.evaluate()
    qtbot.waitUntil(lambda: session.evaluation is not None)
    assert session.evaluation is not None
    before = session.evaluation.accuracy
    with qtbot.waitSignal(session.weights_changed):
        train_to_the_end(qtbot, session)
    qtbot.waitUntil(lambda: session.evaluation is not None and session.evaluation.accuracy > before + 0.2)


def test_an_edit_leaves_the_run_its_own_study_and_a_line_says_so(qtbot: QtBot, session: Session) -> None:
    train_to_the_end(qtbot, session)
    assert words.run_note(session) == ""
    edits.change_layer(session.document, "dense", "units", 20)
    assert session.run is not None
    first = session.run
    assert first.study.design.layers[1] == Dense(16, activation="relu", name="dense")
    assert "new run" in words.run_note(session)
    assert words.main_verb(session).text == "Train"
    train_to_the_end(qtbot, session)
    assert session.run is not first and session.run.study.design.layers[1].units == 20


def test_a_second_press_continues_a_finished_run(qtbot: QtBot, session: Session) -> None:
    train_to_the_end(qtbot, session)
    run = session.run
    assert words.main_verb(session).text == "Continue"
    train_to_the_end(qtbot, session)
    assert session.run is run and run is not None
    qtbot.waitUntil(lambda: run.progress.epoch == 4)


def test_the_main_button_says_what_it_does_in_every_state(qtbot: QtBot, session: Session) -> None:
    plan = session.document.study.plan
    session.document.edit_plan("make it long", replace(plan, epochs=10_000))
    assert words.main_verb(session).text == "Train"
    session.step_once()
    qtbot.waitUntil(lambda: not session.running)
    assert words.main_verb(session).text == "Resume"
    session.train_or_pause()
    assert words.main_verb(session).text == "Pause"
    session.stop()
    qtbot.waitUntil(lambda: not session.running)
    edits.change_layer(session.document, "dense_1", "units", 3)
    verb = words.main_verb(session)
    assert not verb.enabled and "10 classes" in verb.tip


def test_a_plan_that_does_not_fit_the_data_keeps_the_training_from_starting(
    qtbot: QtBot, session: Session
) -> None:
    plan = session.document.study.plan
    session.document.edit_plan("weigh", replace(plan, class_weight=Given((1.0, 2.0))))
    verb = words.main_verb(session)
    assert not verb.enabled and "The plan has a problem: There must be one weight" in verb.tip
    session.train_or_pause()
    session.step_once()
    session.train_more(1)
    assert session.run is None
    session.document.undo_stack.undo()
    assert words.main_verb(session).enabled


def test_an_early_end_is_told_and_the_stage_says_so(qtbot: QtBot, session: Session) -> None:
    plan = replace(session.document.study.plan, epochs=50, early_stopping=EarlyStopping(1, min_delta=1e5))
    session.document.edit_plan("stop early", plan)
    with qtbot.waitSignal(session.told) as caught:
        train_to_the_end(qtbot, session)
    assert "Ended early after epoch 2" in caught.args[0]
    assert words.training_line(session).text == "Ended early, 2 epochs"
    session.train_more(1)
    qtbot.waitUntil(lambda: session.run is not None and len(session.run.history.epochs) == 3)
    qtbot.waitUntil(lambda: not session.running)


def test_reset_gives_the_same_initial_weights_again(qtbot: QtBot, session: Session) -> None:
    session.reset()
    first = session.snapshot
    train_to_the_end(qtbot, session)
    session.reset()
    again = session.snapshot
    assert first is not None and again is not None
    assert np.array_equal(first.parameters, again.parameters)
    assert not session.trained


def test_an_exported_model_opens_again_and_undo_brings_the_old_design_back(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    train_to_the_end(qtbot, session)
    path = tmp_path / "digits.h5"
    assert session.has_trained
    with qtbot.waitSignal(session.told):
        session.export_model(path)
    trained = session.snapshot
    edits.delete_layers(session.document, ["dropout"])
    edited = session.document.design
    with qtbot.waitSignal(session.told):
        session.open_path(path)
    assert "dropout" in session.document.design.names
    assert trained is not None and session.snapshot is not None
    assert np.array_equal(session.snapshot.parameters, trained.parameters)
    session.document.undo_stack.undo()
    assert session.document.design == edited


@pytest.mark.parametrize("name", ["nonsense.h5", "nonsense.gz", "nonsense.npz", "missing.h5"])
def test_a_wrong_file_gives_a_sentence_and_changes_nothing(
    qtbot: QtBot, session: Session, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    if not name.startswith("missing"):
        path.write_bytes(b"this is no such file")
    study, snapshot = session.document.study, session.snapshot
    with qtbot.waitSignal(session.failed) as caught:
        session.open_path(path)
    assert name in caught.args[1]
    assert session.document.study == study and session.snapshot is snapshot
    assert session.document.undo_stack.count() == 0


def test_a_folder_that_is_not_there_keeps_the_export_from_harm(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    with qtbot.waitSignal(session.failed) as caught:
        session.export_model(tmp_path / "nowhere" / "model.h5")
    assert caught.args[1].endswith(".")


def test_closing_while_training_ends_the_thread(qtbot: QtBot, session: Session) -> None:
    session.document.edit_plan("long", type(session.document.study.plan)(epochs=5000, batch_size=8))
    session.train_or_pause()
    assert session.close()
    assert not session.running or session.run is not None and session.run.join(0)
