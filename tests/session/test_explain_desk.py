"""Explanations in the background: from the weights of that moment, the newest question wins, and they end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from nnstudio.data.watch import Watch
from nnstudio.experiments.explaining.explanation import Explanation, Subject, Way
from nnstudio.session.explain_desk import ExplainDesk, NeighbourLook
from nnstudio.session.newest import Newest
from nnstudio.session.session import Session
from tests.session.small import small_dataset, small_model, small_study
from tests.ui.data.people import people


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    session = Session(small_model(), small_dataset())
    yield session
    assert session.close()


def subject(session: Session, sample: int = 0) -> Subject:
    test = session.dataset.test
    return Subject(test.x[sample], "a digit", int(test.y[sample]))


def explained(qtbot: QtBot, desk: ExplainDesk, *asked: object) -> Explanation:
    with qtbot.waitSignal(desk.explained) as told:
        desk.explain(*asked)  # type: ignore[arg-type]
    found: Explanation = told.args[0]  # type: ignore[index]
    return found


@pytest.mark.parametrize("way", list(Way))
def test_a_sample_is_explained_from_the_weights_that_predict(
    qtbot: QtBot, session: Session, way: Way
) -> None:
    found = explained(qtbot, ExplainDesk(session, session), subject(session), way)
    assert found.question.snapshot is session.snapshot
    assert found.question.way is way
    assert found.heat is not None and found.heat.shape == (28, 28)
    assert found.shares.sum() == pytest.approx(1.0, abs=1e-5)


def test_it_explains_while_a_training_runs_and_with_weights_on_the_way(qtbot: QtBot) -> None:
    study = small_study(epochs=2_000)
    session = Session(small_model(study), small_dataset())
    desk = ExplainDesk(session, session)
    session.train_or_pause()
    qtbot.waitUntil(lambda: session.snapshot is not None and session.snapshot.epoch > 1)
    assert session.running
    first = explained(qtbot, desk, subject(session), Way.OCCLUSION)
    assert first.question.snapshot.epoch > 0
    session.stop()
    qtbot.waitUntil(lambda: not session.running)
    checkpoint = session.timeline.checkpoints[1]
    session.show_checkpoint(checkpoint)
    back = explained(qtbot, desk, subject(session), Way.OCCLUSION)
    assert back.question.snapshot.epoch == checkpoint.position
    session.show_checkpoint(None)
    last = explained(qtbot, desk, subject(session), Way.OCCLUSION)
    assert not np.array_equal(last.shares, back.shares)
    assert session.close()


def test_of_what_is_asked_meanwhile_only_the_newest_is_answered(qtbot: QtBot) -> None:
    owner = QObject()
    newest, answers, gate = Newest("test", owner), [], threading.Event()
    newest.answered.connect(answers.append)

    def slow(watch: Watch) -> str:
        gate.wait(60)
        watch.go_on()
        return "slow"

    newest.ask(slow)
    for words in ("second", "third"):
        newest.ask(lambda watch, words=words: words)
    gate.set()
    qtbot.waitUntil(lambda: newest.progress is None and bool(answers))
    assert answers == ["third"]


def test_what_is_cancelled_answers_nothing(qtbot: QtBot) -> None:
    owner = QObject()
    newest, answers, gate = Newest("test", owner), [], threading.Event()
    newest.answered.connect(answers.append)
    newest.ask(lambda watch: gate.wait(60))
    newest.cancel()
    gate.set()
    qtbot.waitUntil(lambda: newest.progress is None)
    qtbot.wait(50)
    assert answers == []


@pytest.mark.parametrize("by_hidden", [False, True])
def test_the_nearest_of_a_training_sample_is_itself(qtbot: QtBot, session: Session, by_hidden: bool) -> None:
    desk, training = ExplainDesk(session, session), session.dataset.training
    with qtbot.waitSignal(desk.neighbours_found) as told:
        desk.find_neighbours(Subject(training.x[17], "a digit"), by_hidden)
    look: NeighbourLook = told.args[0]  # type: ignore[index]
    assert look.neighbours is not None and look.predicted is not None
    assert look.neighbours.rows[0] == 17
    assert len(look.neighbours.rows) == len(look.predicted) == 8


def test_a_network_for_other_data_explains_nothing_and_says_why(qtbot: QtBot) -> None:
    session = Session(small_model(), people())
    desk, row = ExplainDesk(session, session), session.dataset.test.x[0]
    with qtbot.waitSignal(desk.refused) as told:
        desk.explain(Subject(row, "a row"), Way.OCCLUSION)
    assert told.args is not None
    assert "Train it with these data first" in told.args[0]
    assert session.close()


def test_a_network_whose_training_went_wrong_explains_nothing(qtbot: QtBot) -> None:
    model = small_model()
    broken = replace(model.snapshot, parameters=np.full_like(model.snapshot.parameters, np.nan))
    session = Session(replace(model, snapshot=broken), small_dataset())
    desk = ExplainDesk(session, session)
    with qtbot.waitSignal(desk.refused) as told:
        desk.explain(subject(session), Way.GRADIENT)
    assert told.args is not None
    assert "training went wrong" in told.args[0]
    assert session.close()
