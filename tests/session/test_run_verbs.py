"""Runs that are kept are named, deleted, restored and looked back at, and undo takes it back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnstudio.session.session import Session
from tests.session.projects import open_project, save
from tests.session.small import small_dataset, small_model


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    session = Session(small_model(), small_dataset())
    yield session
    assert session.close()


def train(qtbot: QtBot, session: Session) -> str:
    """Train to the end; return the key of the run."""
    session.train_or_pause()
    qtbot.waitUntil(lambda: session.run is not None and not session.running)
    assert session.run is not None
    return session.run.key


def train_another(qtbot: QtBot, session: Session, seed: int) -> str:
    document = session.document
    document.edit_plan("seed", replace(document.study.plan, seed=seed))
    return train(qtbot, session)


def test_runs_are_numbered_and_coloured_in_their_order(qtbot: QtBot, session: Session) -> None:
    train(qtbot, session)
    train_another(qtbot, session, 5)
    assert [(run.name, run.color) for run in session.all_runs] == [("Example", 0), ("Run 1", 1), ("Run 2", 2)]


@pytest.mark.parametrize("present", [True, False])
def test_renaming_a_run_is_an_undo_step_and_a_change_of_the_project(
    qtbot: QtBot, session: Session, present: bool
) -> None:
    first, second = train(qtbot, session), train_another(qtbot, session, 5)
    key = second if present else first
    before, results = session.verbs.run(key), session.results
    assert before is not None
    session.verbs.relabel(key, "rename", name="wide", tags="good, wide", color=4)
    run = session.verbs.run(key)
    assert run is not None
    assert (run.name, run.tags, run.color) == ("wide", "good, wide", 4)
    assert session.results != results
    session.document.undo_stack.undo()
    after = session.verbs.run(key)
    assert after is not None
    assert (after.name, after.tags, after.color) == (before.name, "", before.color)
    assert session.results == results


def test_a_deleted_run_comes_back_in_its_place_with_its_record(qtbot: QtBot, session: Session) -> None:
    first = train(qtbot, session)
    train_another(qtbot, session, 5)
    keys = [run.key for run in session.all_runs]
    session.verbs.delete([first])
    assert [run.key for run in session.all_runs] == [key for key in keys if key != first]
    session.document.undo_stack.undo()
    assert [run.key for run in session.all_runs] == keys
    run = session.verbs.run(first)
    assert run is not None
    assert len(run.history.epochs) == 2


def test_the_run_that_is_shown_can_be_deleted_and_predicts_again_after_undo(
    qtbot: QtBot, session: Session
) -> None:
    key = train(qtbot, session)
    assert session.snapshot is not None
    weights = session.snapshot.parameters.copy()
    session.verbs.delete([key])
    assert not session.trained
    session.document.undo_stack.undo()
    assert session.snapshot is not None
    assert np.array_equal(session.snapshot.parameters, weights)


def test_restored_weights_predict_and_training_goes_on_as_if_it_had_never_stopped(
    qtbot: QtBot, session: Session
) -> None:
    first = train(qtbot, session)
    assert session.snapshot is not None
    weights = session.snapshot.parameters.copy()
    session.train_more(1)
    qtbot.waitUntil(lambda: not session.running)
    expected = session.snapshot.parameters.copy()
    session.reset()
    first = train(qtbot, session)
    train_another(qtbot, session, 5)
    study = session.document.study
    session.verbs.restore(first)
    assert session.document.study.plan.seed != study.plan.seed
    assert np.array_equal(session.snapshot.parameters, weights)
    session.train_more(1)
    qtbot.waitUntil(lambda: not session.running)
    assert np.array_equal(session.snapshot.parameters, expected)
    session.document.undo_stack.undo()
    assert session.document.study == study


def test_a_checkpoint_predicts_while_it_is_chosen_and_is_what_is_exported(
    qtbot: QtBot, session: Session
) -> None:
    train(qtbot, session)
    newest = session.snapshot
    first = session.timeline.checkpoints[0]
    session.verbs.choose(first)
    assert session.snapshot is not None
    assert np.array_equal(session.snapshot.parameters, first.parameters)
    assert session.snapshot is session.snapshot  # what predicts keeps its predictor
    model = session.model_to_export
    assert model is not None
    assert np.array_equal(model.snapshot.parameters, first.parameters)
    session.verbs.choose(None)
    assert session.snapshot is newest


def test_looking_back_leaves_a_running_training_alone(qtbot: QtBot, session: Session) -> None:
    plan = session.document.study.plan
    session.document.edit_plan("epochs", replace(plan, epochs=500))
    session.train_or_pause()
    qtbot.waitUntil(lambda: len(session.timeline) > 1)
    first = session.timeline.checkpoints[0]
    session.verbs.choose(first)
    assert session.run is not None
    done = session.run.progress.done
    qtbot.waitUntil(lambda: session.run is not None and session.run.progress.done > done)
    assert session.running
    assert session.snapshot is not None
    assert np.array_equal(session.snapshot.parameters, first.parameters)


def test_kept_weights_are_a_run_of_their_own_that_undo_takes_away(qtbot: QtBot, session: Session) -> None:
    train(qtbot, session)
    first = session.timeline.checkpoints[0]
    session.verbs.choose(first)
    count = len(session.all_runs)
    session.verbs.keep_chosen()
    shown = session.shown_run
    assert shown is not None
    assert shown.name == "Run 1, epoch 0"
    assert session.snapshot is not None
    assert np.array_equal(session.snapshot.parameters, first.parameters)
    assert len(session.all_runs) == count + 1
    session.document.undo_stack.undo()
    assert len(session.all_runs) == count


def test_names_tags_notes_and_colours_come_back_with_the_project(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    first, second = train(qtbot, session), train_another(qtbot, session, 5)
    for key, name in ((first, "wide, 1st"), (second, "narrow ü")):
        session.verbs.relabel(key, "rename", name=name, tags="a, b", note="why", color=4)
    save(qtbot, session, tmp_path / "runs.nnstudio")
    assert not session.project.modified
    session.verbs.delete([first])
    assert session.project.modified
    open_project(qtbot, session, tmp_path / "runs.nnstudio")
    found = {run.key: (run.name, run.tags, run.note, run.color) for run in session.all_runs}
    assert found[first] == ("wide, 1st", "a, b", "why", 4)
    assert found[second] == ("narrow ü", "a, b", "why", 4)
