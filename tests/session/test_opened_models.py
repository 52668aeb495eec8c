"""The session trains on from the weights of an opened file, and from what its optimizer remembered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnstudio.data.dataset import Dataset, Samples
from nnstudio.engine.layers import Dense
from nnstudio.formats.project import read_project
from nnstudio.session import design_edits as edits
from nnstudio.session.session import Session
from nnstudio.session.training_run import Phase
from nnstudio.task import DataFacts, Task
from tests.formats.keras_index import FIXTURES, FOLDER, arrays_of

OF_KERAS = ("nested_sequential__k3t", "keras_v3_zip__k3t", "keras_v3_zip__tfk", "lazy_build__tfk")


def show_data_of(session: Session, name: str) -> dict[str, Any]:
    """Let the session have the data that Keras trained on with."""
    arrays = arrays_of(name)
    training = Samples(arrays["x_train"], arrays["y_train"].astype(np.int64))
    classes = tuple(f"class {index}" for index in range(arrays["y_pred"].shape[1]))
    task = Task.MANY_CLASSES if len(classes) > 2 else Task.TWO_CLASSES
    facts = DataFacts(name, training.shape, task, classes, training_count=len(training))
    session.show_dataset(Dataset(session.document.study.recipe, training, training.part(0, 0), facts))
    return arrays


def open_model(qtbot: QtBot, session: Session, path: Path) -> str:
    with qtbot.waitSignal(session.told) as told:
        session.open_path(path)
    return str(told.args[0])


def train(qtbot: QtBot, session: Session, epochs: int = 3) -> list[float]:
    """Train as Keras did when it trained on; return the losses."""
    plan = replace(
        session.document.study.plan, epochs=epochs, batch_size=8, shuffle=False, validation_split=0.0
    )
    session.document.edit_plan("as Keras", plan)
    session.train_or_pause()
    qtbot.waitUntil(lambda: session.run is not None and session.run.phase is Phase.FINISHED)
    assert session.history is not None
    return [float(loss) for loss in session.history.epochs.column("loss")]


@pytest.mark.parametrize("name", OF_KERAS)
def test_training_goes_on_with_the_next_losses_of_keras(qtbot: QtBot, session: Session, name: str) -> None:
    show_data_of(session, name)
    told = open_model(qtbot, session, FOLDER / FIXTURES[name]["file"])
    assert told.endswith("Training goes on from its weights.")
    wanted = FIXTURES[name]["resume"]["history"]["loss"]
    assert train(qtbot, session) == pytest.approx(wanted, abs=2e-5)


def test_stopped_in_the_middle_and_saved_it_goes_on_all_the_same(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    name = OF_KERAS[0]
    show_data_of(session, name)
    open_model(qtbot, session, FOLDER / FIXTURES[name]["file"])
    wanted = FIXTURES[name]["resume"]["history"]["loss"]
    assert train(qtbot, session, 1) == pytest.approx(wanted[:1], abs=2e-5)
    with qtbot.waitSignal(session.project.saved):
        session.project.save(tmp_path / "a.nnstudio")
    kept = read_project(tmp_path / "a.nnstudio").project
    assert [run.optimizer_state is not None for run in kept.runs] == [False, True, False]
    opened = kept.runs[1].optimizer_state
    assert opened is not None and opened.iteration > 0 and set(opened.vectors) == {"momentum", "velocity"}
    assert kept.runs[2].state is not None and kept.runs[2].state.numbers["before"] == opened.iteration
    assert train(qtbot, session, 3) == pytest.approx(wanted, abs=2e-5)


def first_weights(session: Session) -> Any:
    assert session.run is not None
    return session.run.kept().timeline.checkpoints[0].parameters


def test_a_design_with_other_weights_begins_anew(qtbot: QtBot, session: Session) -> None:
    name = OF_KERAS[1]
    show_data_of(session, name)
    open_model(qtbot, session, FOLDER / FIXTURES[name]["file"])
    edits.change_layer(session.document, "dense", "units", 7)
    train(qtbot, session, 1)
    layer = session.document.design.layer("dense")
    assert isinstance(layer, Dense) and layer.units == 7
    assert session.run is not None and session.run.kept().optimizer_state is None


def test_a_layer_that_is_frozen_keeps_its_weights(qtbot: QtBot, session: Session) -> None:
    name = OF_KERAS[1]
    show_data_of(session, name)
    open_model(qtbot, session, FOLDER / FIXTURES[name]["file"])
    assert session.snapshot is not None
    before = session.snapshot.weights()
    edits.change_layer(session.document, "dense", "trainable", False)
    train(qtbot, session, 1)
    after = session.snapshot.weights()
    np.testing.assert_array_equal(after["dense"]["kernel"], before["dense"]["kernel"])
    assert np.abs(after["dense_1"]["kernel"] - before["dense_1"]["kernel"]).max() > 0


def test_reset_begins_with_fresh_weights(qtbot: QtBot, session: Session) -> None:
    name = OF_KERAS[1]
    show_data_of(session, name)
    open_model(qtbot, session, FOLDER / FIXTURES[name]["file"])
    assert session.snapshot is not None
    opened = session.snapshot.parameters
    session.reset()
    train(qtbot, session, 1)
    assert np.abs(first_weights(session) - opened).max() > 0.01


def test_weights_alone_come_into_the_open_design(qtbot: QtBot, session: Session) -> None:
    name = OF_KERAS[1]
    show_data_of(session, name)
    open_model(qtbot, session, FOLDER / FIXTURES[name]["file"])
    design = session.document.design
    alone = "weights_only_v3__k3t"
    told = open_model(qtbot, session, FOLDER / FIXTURES[alone]["file"])
    assert "they are now those of the design that was open" in told
    assert session.document.design == design and session.snapshot is not None
    arrays = arrays_of(alone)
    found = session.snapshot.predictor()(arrays["x_pred"])
    np.testing.assert_allclose(found, arrays["y_pred"], rtol=0, atol=1e-5)


def test_weights_of_another_design_are_told_and_change_nothing(qtbot: QtBot, session: Session) -> None:
    study, snapshot = session.document.study, session.snapshot
    with qtbot.waitSignal(session.failed) as failed:
        session.open_path(FOLDER / FIXTURES["weights_only_legacy__tfk"]["file"])
    assert "not those of the design that is open" in failed.args[1]
    assert session.document.study == study and session.snapshot is snapshot
