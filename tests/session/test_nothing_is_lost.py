"""Nothing is lost: closing, stopping, opening and exporting at the wrong moment."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nnstudio.data.preparation import NO_SCALING, Preparation
from nnstudio.engine.layers import Dense
from nnstudio.formats.keras_h5 import read_model, write_model
from nnstudio.session import design_edits as edits
from nnstudio.session.autosave import Autosave
from nnstudio.session.job import Job
from nnstudio.session.session import Session
from nnstudio.session.training_run import Phase
from tests.session.small import small_dataset, small_model, small_study


def hold_after_one_batch(qtbot: QtBot, session: Session) -> None:
    session.step_once()
    qtbot.waitUntil(lambda: session.run is not None and session.run.phase is Phase.PAUSED)


def test_closing_waits_for_an_export(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "model.h5"
    session.export_model(path)
    assert session.close()
    assert read_model(path).study.design == session.document.design
    assert {file.name for file in tmp_path.iterdir()} == {"model.h5", "model.json"}


def test_even_one_batch_is_something_that_closing_would_lose(qtbot: QtBot, session: Session) -> None:
    assert not session.project.modified
    hold_after_one_batch(qtbot, session)
    assert session.project.modified


def test_looking_at_a_model_loses_nothing(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    write_model(tmp_path / "other.h5", small_model())
    with qtbot.waitSignal(session.told):
        session.open_path(tmp_path / "other.h5")
    assert not session.project.modified


def test_a_model_brings_the_preparation_that_it_learnt_with(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    unscaled = Preparation(NO_SCALING)
    study = small_study()
    study = replace(study, recipe=replace(study.recipe, preparation=unscaled))
    write_model(tmp_path / "raw.h5", replace(small_model(study), class_names=tuple("0123456789")))
    with qtbot.waitSignal(session.told):
        session.open_path(tmp_path / "raw.h5")
    assert session.dataset.recipe.preparation == unscaled
    assert session.document.study.recipe.preparation == unscaled


def test_without_a_network_there_is_no_evaluation(qtbot: QtBot, session: Session) -> None:
    with qtbot.waitSignal(session.evaluated):
        session.evaluate()
    edits.change_layer(session.document, "dense_1", "units", 3)
    session.reset()
    assert session.snapshot is None and session.evaluation is None


def test_fresh_weights_are_evaluated_anew_after_an_edit(qtbot: QtBot, session: Session) -> None:
    session.reset()
    qtbot.waitUntil(lambda: session.evaluation is not None)
    first = session.evaluation
    edits.change_layer(session.document, "dense", "units", 20)
    qtbot.waitUntil(lambda: session.evaluation is not first)
    layer = session.document.design.layer("dense")
    assert isinstance(layer, Dense) and layer.units == 20


@pytest.mark.parametrize(("epochs", "expected"), [(1, 1), (3, 3)])
def test_a_held_run_follows_the_epochs_that_a_person_sets(
    qtbot: QtBot, session: Session, epochs: int, expected: int
) -> None:
    hold_after_one_batch(qtbot, session)
    session.document.edit_plan("fewer", replace(session.document.study.plan, epochs=epochs))
    session.train_or_pause()
    qtbot.waitUntil(lambda: session.run is not None and session.run.phase is Phase.FINISHED)
    assert session.run is not None and session.run.progress.epoch == expected


def test_more_epochs_stay_wanted_after_a_pause(qtbot: QtBot, session: Session) -> None:
    hold_after_one_batch(qtbot, session)
    session.train_more(2)
    session.train_or_pause()
    qtbot.waitUntil(lambda: not session.running)
    session.train_or_pause()
    qtbot.waitUntil(lambda: session.run is not None and session.run.phase is Phase.FINISHED)
    assert session.run is not None and session.run.progress.epoch == 4


def test_a_cancelled_job_delivers_nothing(qtbot: QtBot, session: Session) -> None:
    job = Job("work", lambda watch: 1)
    results: list[object] = []
    job.succeeded.connect(results.append)
    job.start()
    assert job.join(60)  # its result is on the way to this thread
    job.cancel()
    qtbot.wait(50)
    assert results == []


def test_the_file_opened_last_is_the_one_that_stays(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    study = small_study()
    wide = replace(study, design=study.design.with_layer("dense", units=99))
    write_model(tmp_path / "first.h5", small_model(wide))
    write_model(tmp_path / "second.h5", small_model(study))
    with qtbot.waitSignal(session.told):
        session.open_path(tmp_path / "first.h5")
        session.open_path(tmp_path / "second.h5")
    qtbot.wait(200)
    assert session.document.design == study.design
    assert session.document.undo_stack.count() <= 1


def used_and_closed(qtbot: QtBot, folder: Path) -> weakref.ref[Session]:
    session = Session(small_model(), small_dataset())
    Autosave(session, folder / "recovery")
    session.step_once()
    qtbot.waitUntil(lambda: not session.running)
    session.project.save(folder / "a.nnstudio")
    assert session.close()
    qtbot.wait(50)
    return weakref.ref(session)


def test_a_session_ends_without_the_garbage_collector(qtbot: QtBot, tmp_path: Path) -> None:
    # The collector runs in whatever thread allocates, and a training's thread must not destroy Qt's objects.
    assert not gc.isenabled()
    assert used_and_closed(qtbot, tmp_path)() is None
