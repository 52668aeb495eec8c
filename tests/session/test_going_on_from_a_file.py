"""An exported file alone is enough to go on: to the bits of a training that never stopped."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnstudio.formats.keras_h5 import read_model
from nnstudio.session.session import Session
from tests.session.small import small_dataset, small_model, small_study


def new_session(qtbot: QtBot) -> Session:
    study = small_study(epochs=3)
    return Session(small_model(study), small_dataset())


def finish(qtbot: QtBot, session: Session) -> np.ndarray:
    """Train to the end; return the weights."""
    session.train_or_pause()
    qtbot.waitUntil(lambda: not session.running)
    assert session.run is not None and session.run.snapshot is not None
    return session.run.snapshot.parameters


def export(qtbot: QtBot, session: Session, path: Path) -> None:
    with qtbot.waitSignal(session.exporter.written):
        session.export_model(path)


@pytest.mark.parametrize("ending", [".h5", ".keras"])
@pytest.mark.parametrize("steps", [1, 7, 10, 13])
def test_it_ends_with_the_same_bits(qtbot: QtBot, tmp_path: Path, ending: str, steps: int) -> None:
    whole, halves, other = (new_session(qtbot) for _ in range(3))
    expected = finish(qtbot, whole)
    for _ in range(steps):
        halves.step_once()
        qtbot.waitUntil(lambda: not halves.running)
    path = tmp_path / f"half{ending}"
    export(qtbot, halves, path)
    with qtbot.waitSignal(other.library.model_ready):
        other.open_path(path)
    assert other.run is not None and other.run.progress.done == steps
    assert np.array_equal(finish(qtbot, other), expected)
    for session in (whole, halves, other):
        session.close()


def test_a_finished_run_is_exported_with_its_state(qtbot: QtBot, tmp_path: Path) -> None:
    session = new_session(qtbot)
    finish(qtbot, session)
    export(qtbot, session, tmp_path / "done.h5")
    model = read_model(tmp_path / "done.h5")
    assert model.run_state is not None and model.optimizer_state is not None
    assert model.optimizer_state.iteration == model.run_state.numbers["iteration"] == 30
    session.close()


def test_a_damaged_state_leaves_the_weights(qtbot: QtBot, tmp_path: Path) -> None:
    import h5py

    session = new_session(qtbot)
    session.step_once()
    qtbot.waitUntil(lambda: not session.running)
    export(qtbot, session, tmp_path / "half.h5")
    with h5py.File(tmp_path / "half.h5", "r+") as file:
        file["nnstudio/state"].attrs["numbers"] = "{"
    model = read_model(tmp_path / "half.h5")
    assert model.run_state is None and any("exactly where it was" in note for note in model.notes)
    session.close()
