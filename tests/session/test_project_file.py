"""A project as a file: what is saved opens again, and it is known what is not saved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from nnstudio.experiments.project import Project
from nnstudio.formats.project import read_project, write_project
from nnstudio.session import design_edits as edits
from nnstudio.session import words
from nnstudio.session.session import Session
from tests.session.projects import open_project, save
from tests.session.small import small_dataset, small_study
from tests.session.test_session import train_to_the_end


def test_all_that_was_done_opens_again_in_another_window(
    qtbot: QtBot, session: Session, other: Session, tmp_path: Path
) -> None:
    train_to_the_end(qtbot, session)
    edits.change_layer(session.document, "dense", "units", 20)
    train_to_the_end(qtbot, session)
    assert session.project.modified
    save(qtbot, session, tmp_path / "digits.nnstudio")
    assert not session.project.modified and session.project.name == "digits"
    session.project.close()
    open_project(qtbot, other, tmp_path / "digits.nnstudio")
    assert other.document.study == session.document.study and not other.project.modified
    assert other.document.undo_stack.count() == 0
    assert [run.key for run in other.runs] == [run.key for run in session.runs]
    run, was = other.run, session.run
    assert run is not None and was is not None and run.snapshot is not None and was.snapshot is not None
    assert np.array_equal(run.snapshot.parameters, was.snapshot.parameters)
    assert words.training_line(other).text == "Trained, 2 epochs" and other.run_is_current
    assert [len(kept.history.steps) for kept in other.runs] == [0, 20]


def test_a_held_training_goes_on_in_another_window_to_the_same_bits(
    qtbot: QtBot, session: Session, other: Session, tmp_path: Path
) -> None:
    for _ in range(13):
        session.step_once()
        qtbot.waitUntil(lambda: not session.running)
    save(qtbot, session, tmp_path / "held.nnstudio")
    session.project.close()
    train_to_the_end(qtbot, session)
    open_project(qtbot, other, tmp_path / "held.nnstudio")
    other.show_dataset(small_dataset())  # the file has no copy of the data, and the fixture's are no file
    assert words.main_verb(other).text == "Resume" and other.run is not None
    other.run.dataset = other.dataset
    train_to_the_end(qtbot, other)
    assert session.run is not None and session.run.snapshot is not None and other.run.snapshot is not None
    assert np.array_equal(session.run.snapshot.parameters, other.run.snapshot.parameters)


def test_modified_is_what_is_not_in_the_file_and_nothing_else(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    project = session.project
    save(qtbot, session, tmp_path / "a.nnstudio")
    edits.change_layer(session.document, "dense", "units", 20)
    assert project.modified
    session.document.undo_stack.undo()
    assert not project.modified
    session.step_once()
    qtbot.waitUntil(lambda: not session.running)
    assert project.modified
    save(qtbot, session)
    assert not project.modified
    session.evaluate()
    session.stop()
    assert not project.modified


def test_an_edit_while_it_is_saved_is_a_change(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    with qtbot.waitSignal(session.project.saved):
        session.project.save(tmp_path / "a.nnstudio")
        edits.change_layer(session.document, "dense", "units", 20)
    assert session.project.modified
    assert read_project(tmp_path / "a.nnstudio").project.study == small_study()


def test_savings_that_overlap_end_with_the_newest(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    for units in (20, 30, 40, 50):
        edits.change_layer(session.document, "dense", "units", units)
        session.project.save(tmp_path / "a.nnstudio")
    qtbot.waitUntil(lambda: not session.project.modified)
    assert read_project(tmp_path / "a.nnstudio").project.study == session.document.study


def test_a_training_that_runs_is_saved_and_goes_on(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    session.document.edit_plan("long", replace(session.document.study.plan, epochs=5000))
    session.train_or_pause()
    qtbot.waitUntil(lambda: session.run is not None and session.run.progress.epoch > 2)
    save(qtbot, session, tmp_path / "a.nnstudio")
    assert session.running
    session.stop()
    kept = read_project(tmp_path / "a.nnstudio").project
    assert kept.run(kept.shown) is not None and kept.runs[-1].state is not None


def test_a_new_project_has_fresh_weights_and_no_name(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    save(qtbot, session, tmp_path / "a.nnstudio")
    with qtbot.waitSignal(session.project.opened):
        session.project.new()
    assert session.project.path is None and session.project.name == "Untitled"
    assert not session.trained and not session.runs and not session.project.modified


def test_a_model_that_is_opened_becomes_a_run_of_the_project(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    with qtbot.waitSignal(session.told):
        session.export_model(tmp_path / "digits.h5")
    train_to_the_end(qtbot, session)
    trained = session.run
    with qtbot.waitSignal(session.told):
        session.open_path(tmp_path / "digits.h5")
    assert trained is not None and session.run is None
    assert [run.name for run in session.runs] == ["Example", "Run 1", "digits"]
    assert session.runs[1].key == trained.key
    project = session.collect()
    assert project.shown == session.runs[2].key


def test_notes_are_something_that_closing_would_lose(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    session.write_notes("try more units")
    assert session.project.modified
    save(qtbot, session, tmp_path / "a.nnstudio")
    assert not session.project.modified
    with qtbot.waitSignal(session.project.saved):
        session.project.save()
        session.write_notes("try fewer")  # while it is saved
    assert session.project.modified
    open_project(qtbot, session, tmp_path / "a.nnstudio")
    assert session.notes == "try more units" and not session.project.modified
    with qtbot.waitSignal(session.project.opened):
        session.project.new()
    assert session.notes == "" and not session.project.modified


def test_notes_stay_with_the_project(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    write_project(tmp_path / "a.nnstudio", Project(small_study(), notes="try more units"))
    open_project(qtbot, session, tmp_path / "a.nnstudio")
    save(qtbot, session, tmp_path / "b.nnstudio")
    assert read_project(tmp_path / "b.nnstudio").project.notes == "try more units"
