"""Steering a training: every verb from every stand leads where the table says, within one batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnstudio.engine.optimizers import SGD
from nnstudio.engine.schedules import CosineDecay
from nnstudio.errors import DataError
from nnstudio.experiments.marks import MarkKind
from nnstudio.session import training_run
from nnstudio.session.phase import Phase
from nnstudio.session.session import Session
from nnstudio.session.steering_table import AFTER, Stand, Verb, does_something, stand_of
from tests.session.small import small_dataset, small_model

LONG = 100_000


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    session = Session(small_model(), small_dataset())
    session.reset()
    yield session
    assert session.close()


def plan(session: Session, **changes: object) -> None:
    session.document.edit_plan("plan", replace(session.document.study.plan, **changes))  # type: ignore[arg-type]


def set_rate(session: Session, **changes: object) -> None:
    design = session.document.design
    optimizer = replace(design.optimizer, **changes)  # type: ignore[arg-type]
    session.document.edit_design("rate", replace(design, optimizer=optimizer))


def wait_for(qtbot: QtBot, session: Session, stand: Stand) -> None:
    qtbot.waitUntil(lambda: session.stand is stand)


def run_long(qtbot: QtBot, session: Session) -> None:
    plan(session, epochs=LONG)
    session.train()
    qtbot.waitUntil(lambda: len(session.run.history.steps) > 2)  # type: ignore[union-attr]


def diverge(qtbot: QtBot, session: Session) -> None:
    design = session.document.design
    wild = replace(design.with_layer("dense", activation="linear"), optimizer=SGD(1e6))
    session.document.edit_design("wild", wild)
    session.train()
    wait_for(qtbot, session, Stand.DIVERGED)


def bring(qtbot: QtBot, session: Session, stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    if stand in (Stand.RUNNING, Stand.PAUSED, Stand.STOPPED):
        run_long(qtbot, session)
        {Stand.PAUSED: session.pause, Stand.STOPPED: session.stop}.get(stand, session.train)()
    elif stand is Stand.FINISHED:
        session.train()
    elif stand is Stand.FAILED:
        with monkeypatch.context() as patch:
            patch.setattr(training_run, "train", _failing)
            session.train()
            wait_for(qtbot, session, stand)
    elif stand is Stand.DIVERGED:
        diverge(qtbot, session)
    wait_for(qtbot, session, stand)


def _failing(state: object) -> Iterator[None]:
    raise DataError("The disk with the data is gone.")
    yield


VERBS: dict[Verb, Callable[[Session], None]] = {
    Verb.TRAIN: Session.train,
    Verb.PAUSE: Session.pause,
    Verb.STEP: Session.step_once,
    Verb.STOP: Session.stop,
    Verb.RESET: Session.reset,
    Verb.NEW_SEED: Session.new_seed,
    Verb.MORE: lambda session: session.train_more(LONG),
    Verb.RECOVER: Session.recover,
}


@pytest.mark.parametrize("stand", list(Stand))
@pytest.mark.parametrize("verb", list(Verb))
def test_every_verb_leads_from_every_stand_where_the_table_says(
    qtbot: QtBot, session: Session, stand: Stand, verb: Verb, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(qtbot, session, stand, monkeypatch)
    if verb is Verb.TRAIN and stand is not Stand.DIVERGED:
        plan(session, epochs=LONG)  # or it would be over before anybody looks
    if stand is Stand.DIVERGED and verb in (Verb.TRAIN, Verb.STEP, Verb.MORE):
        set_rate(session, learning_rate=1e-6)
        plan(session, epochs=LONG)
    before = len(session.run.history.steps) if session.run else 0
    told: list[str] = []
    if stand is Stand.RUNNING and AFTER[verb][stand] is not Stand.RUNNING:
        assert session.run is not None
        run, at = session.run, session.run.progress.done
        VERBS[verb](session)
        assert run.join(60) and run.progress.done >= at
        rows = run.history.steps.column("iteration")
        assert rows.tolist() == list(range(1, len(rows) + 1)) and len(rows) >= before
    else:
        VERBS[verb](session)
    wait_for(qtbot, session, AFTER[verb][stand])
    qtbot.wait(10)
    assert session.stand is AFTER[verb][stand] and not told


def test_the_table_has_every_pair() -> None:
    assert set(AFTER) == set(Verb) and all(set(row) == set(Stand) for row in AFTER.values())
    assert {stand_of(phase) for phase in (None, *Phase)} | {stand_of(Phase.FAILED, diverged=True)} == set(
        Stand
    )


def test_what_would_change_nothing_is_not_offered() -> None:
    assert not does_something(Verb.STOP, Stand.FINISHED) and not does_something(Verb.PAUSE, Stand.PAUSED)
    assert does_something(Verb.MORE, Stand.RUNNING) and does_something(Verb.RECOVER, Stand.DIVERGED)


def test_more_epochs_asked_for_while_it_runs_are_trained(qtbot: QtBot, session: Session) -> None:
    """Again and again, since the worker may be at its end when it is asked."""
    plan(session, epochs=1)
    session.train()
    for _ in range(20):
        session.train_more(1)
        qtbot.wait(3)
    wait_for(qtbot, session, Stand.FINISHED)
    assert session.run is not None and session.run.progress.epoch == 21
    assert session.run.history.epochs.column("epoch").tolist() == list(range(1, 22))


def test_a_new_seed_is_one_step_to_undo_and_begins_another_run(qtbot: QtBot, session: Session) -> None:
    before = session.document.study.plan.seed
    session.train()
    wait_for(qtbot, session, Stand.FINISHED)
    first = session.run
    session.new_seed()
    assert session.document.study.plan.seed != before and not session.run_is_current
    session.document.undo_stack.undo()
    assert session.document.study.plan.seed == before and session.run_is_current
    session.document.undo_stack.redo()
    session.train()
    assert session.run is not first


def test_a_learning_rate_set_while_it_runs_holds_from_the_next_batch_and_is_marked(
    qtbot: QtBot, session: Session
) -> None:
    run_long(qtbot, session)
    run = session.run
    set_rate(session, learning_rate=0.25)
    assert run is not None
    qtbot.waitUntil(lambda: run.history.steps.last("learning_rate") == 0.25)
    mark = next(mark for mark in run.marks if mark.kind is MarkKind.RATE)
    rates = run.history.steps.column("learning_rate")
    assert mark.iteration == int(np.flatnonzero(rates == np.float64(0.25))[0])
    assert mark.words == "Learning rate 0.001 → 0.25"
    assert session.run is run and session.run_is_current
    session.document.undo_stack.undo()
    qtbot.waitUntil(lambda: run.history.steps.last("learning_rate") == 0.001)
    session.pause()
    wait_for(qtbot, session, Stand.PAUSED)


def test_a_learning_rate_taken_back_before_the_next_start_leaves_no_trace(
    qtbot: QtBot, session: Session
) -> None:
    run_long(qtbot, session)
    session.pause()
    wait_for(qtbot, session, Stand.PAUSED)
    set_rate(session, learning_rate=0.25)
    assert session.run is not None and session.run_is_current
    assert session.run.kept().study.design.optimizer.learning_rate == 0.001
    session.document.undo_stack.undo()
    session.step_once()
    wait_for(qtbot, session, Stand.PAUSED)
    assert not session.run.marks and session.run.history.steps.last("learning_rate") == 0.001


def test_another_schedule_holds_from_the_next_batch(qtbot: QtBot, session: Session) -> None:
    session.step_once()
    wait_for(qtbot, session, Stand.PAUSED)
    set_rate(session, schedule=CosineDecay())
    session.train()
    wait_for(qtbot, session, Stand.FINISHED)
    assert session.run is not None
    rates = session.run.history.steps.column("learning_rate")
    assert rates[0] == 0.001 and (np.diff(rates[2:]) < 0).all()
    assert [mark.words for mark in session.run.marks] == [
        *(mark.words for mark in session.run.marks if mark.kind is MarkKind.PAUSE),
        "Schedule: cosine decay",
    ]


def test_a_run_whose_rate_was_changed_goes_on_from_a_saved_one_to_the_same_bits(qtbot: QtBot) -> None:
    def go(session: Session, stop: int) -> None:
        for _ in range(stop):
            session.step_once()
            qtbot.waitUntil(lambda: not session.running)

    whole = Session(small_model(), small_dataset())
    go(whole, 4)
    set_rate(whole, learning_rate=0.01)
    go(whole, 6)
    halves = Session(small_model(), small_dataset())
    go(halves, 4)
    set_rate(halves, learning_rate=0.01)
    project = halves.collect()  # the new rate has not been trained with yet
    other = Session(small_model(), small_dataset())
    other.show_project(project, small_dataset())
    go(other, 6)
    assert whole.snapshot is not None and other.snapshot is not None
    assert np.array_equal(whole.snapshot.parameters, other.snapshot.parameters)
    assert other.run is not None and [mark.kind for mark in other.run.marks] == [MarkKind.RATE]
    assert all(one.close() for one in (whole, halves, other))


def test_a_rate_set_after_the_end_is_for_a_new_run_or_for_more_epochs(qtbot: QtBot, session: Session) -> None:
    session.train()
    wait_for(qtbot, session, Stand.FINISHED)
    run = session.run
    set_rate(session, learning_rate=0.0001)
    assert not session.run_is_current and session.run_can_go_on
    session.train_more(1)
    wait_for(qtbot, session, Stand.FINISHED)
    assert session.run is run and run is not None
    assert run.history.steps.last("learning_rate") == 0.0001 and len(run.history.epochs) == 3


def test_a_diverged_run_goes_back_to_its_last_good_epoch_with_a_tenth_of_the_rate(
    qtbot: QtBot, session: Session
) -> None:
    design = session.document.design
    session.document.edit_design(
        "sgd", replace(design.with_layer("dense", activation="linear"), optimizer=SGD(0.05))
    )
    session.train()
    wait_for(qtbot, session, Stand.FINISHED)
    run = session.run
    assert run is not None
    weights = run.snapshot.parameters.copy()  # type: ignore[union-attr]
    set_rate(session, learning_rate=1e6)
    session.train_more(3)
    wait_for(qtbot, session, Stand.DIVERGED)
    assert "stopped being a number" in run.failure and "learning rate" in run.failure
    session.recover()
    assert session.stand is Stand.PAUSED and session.run_is_current
    assert session.document.design.optimizer.learning_rate == pytest.approx(1e5)
    assert session.document.undo_stack.undoText() == "go on with a tenth of the learning rate"
    assert session.run is not None and session.run.progress.epoch == 2
    assert np.array_equal(session.run.snapshot.parameters, weights)  # type: ignore[union-attr]
    assert session.run.marks[-1].kind is MarkKind.DIVERGED
    session.document.undo_stack.undo()
    assert session.document.design.optimizer.learning_rate == 1e6


def test_a_run_that_diverges_at_once_goes_back_to_its_beginning(qtbot: QtBot, session: Session) -> None:
    diverge(qtbot, session)
    session.recover()
    assert session.run is not None and session.run.progress.done == 0
    set_rate(session, learning_rate=0.001)
    session.train()
    wait_for(qtbot, session, Stand.FINISHED)
    assert session.run.history.steps.last("learning_rate") == 0.001


def test_marks_come_back_from_a_project_and_nonsense_does_not(qtbot: QtBot) -> None:
    from nnstudio.experiments.marks import Mark
    from nnstudio.formats.mark_json import marks_from_json, marks_to_json

    marks = (Mark(MarkKind.RATE, 7, 0.7, 1.5, "Learning rate 0.1 → 0.01"),)
    found = marks_to_json(marks)
    assert marks_from_json([*found, ["noise", 1, 1, 1, "x"], 3, ["rate", -1, 0, 0, "x"], ["rate"]]) == marks
    assert marks_from_json("none") == ()
