"""HealthMonitor: it looks at the run that trains, at a bounded cost, and keeps what it saw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layers import GRU, Conv2D, Dense, Embedding, Flatten, MaxPooling2D, Reshape
from nnstudio.engine.network import Network
from nnstudio.engine.optimizers import SGD
from nnstudio.experiments.history import History
from nnstudio.experiments.study import Study
from nnstudio.experiments.trained import TrainedModel
from nnstudio.session.health_monitor import MOST_SHARE
from nnstudio.session.session import Session
from tests.session.small import small_dataset, small_model

DESIGNS = {
    "dense": design_of(Flatten(), Dense(8, activation="relu"), Dense(10, activation="softmax")),
    "images": design_of(
        Reshape((28, 28, 1)),
        Conv2D(4, activation="relu"),
        MaxPooling2D(),
        Flatten(),
        Dense(10, activation="softmax"),
    ),
    "rows": design_of(GRU(6), Dense(10, activation="softmax")),
    "masked": design_of(
        Flatten(), Embedding(256, 3, mask_zero=True), GRU(4), Dense(10, activation="softmax")
    ),
}


def session_of(design: Design) -> Session:
    dataset, model = small_dataset(), small_model()
    study = Study(design, replace(model.study.plan, epochs=10_000), dataset.recipe)
    snapshot = Network(design, dataset.facts.sample_shape).snapshot()
    return Session(TrainedModel(study, snapshot, History.of(design)), dataset)


@pytest.fixture(params=DESIGNS)
def session(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[Session]:
    session = session_of(DESIGNS[request.param])
    yield session
    assert session.close()


def look(qtbot: QtBot, session: Session, count: int = 1) -> None:
    """Look until ``count`` looks are done."""

    def looked() -> bool:
        session.health.look()
        return session.health.looks >= count

    qtbot.waitUntil(looked)


def test_every_layer_that_learns_is_looked_at_and_the_figures_stay_when_it_holds(
    qtbot: QtBot, session: Session
) -> None:
    session.train()
    look(qtbot, session)
    session.pause()
    qtbot.waitUntil(lambda: not session.running)
    record = session.health.record
    layers = session.document.design.layers
    assert [layer.name for layer in record.layers] == [
        layer.name for layer in layers if not isinstance(layer, (Flatten, Reshape, MaxPooling2D))
    ]
    assert all(layer.update is not None and layer.newest.gradient >= 0.0 for layer in record.layers)
    look(qtbot, session, session.health.looks + 1)  # the weights at rest, which change no more
    assert [layer.update for layer in session.health.record.layers] == [one.update for one in record.layers]


def test_the_change_is_that_of_one_batch(qtbot: QtBot) -> None:
    session = session_of(replace(DESIGNS["dense"], optimizer=SGD(1e-7)))
    session.train()
    look(qtbot, session)
    assert all((layer.update or 1.0) < 1e-6 for layer in session.health.record.layers)
    assert session.health.record.layers[-1].advice.startswith("Hardly learns")
    assert session.close()


def test_it_rests_so_long_that_its_share_of_the_time_stays_small(qtbot: QtBot) -> None:
    session = session_of(DESIGNS["images"])
    session.train()
    look(qtbot, session, 2)
    rest = session.health._rest.interval() / 1000
    took = session.health.seconds / session.health.looks
    assert rest >= 0.5 and rest >= 0.3 * took / MOST_SHARE
    assert session.close()


def test_another_run_begins_another_record(qtbot: QtBot) -> None:
    session = session_of(DESIGNS["dense"])
    session.train()
    look(qtbot, session)
    key = session.health.record.key
    session.pause()
    qtbot.waitUntil(lambda: not session.running)
    session.document.edit("other", replace(session.document.study, design=DESIGNS["rows"]))
    session.train()
    qtbot.waitUntil(lambda: session.run is not None and session.run.key != key)
    look(qtbot, session, session.health.looks + 2)
    record = session.health.record
    assert record.key != key and [layer.name for layer in record.layers] == ["gru", "dense"]
    assert session.close()


def test_looking_changes_nothing_of_the_training(qtbot: QtBot) -> None:
    ends = []
    for watched in (False, True):
        session = session_of(DESIGNS["dense"])
        plan = replace(session.document.study.plan, epochs=30)
        session.document.edit("fewer", replace(session.document.study, plan=plan))
        session.train()
        if watched:
            look(qtbot, session)
        qtbot.waitUntil(lambda s=session: not s.running)
        assert session.snapshot is not None
        ends.append(session.snapshot.parameters)
        assert session.close()
    assert np.array_equal(*ends)
