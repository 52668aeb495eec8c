"""The data of a project: a copy in its file, or where they were, or asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from nnstudio.data.recipe import Recipe
from nnstudio.data.sources.array_file import ArrayFile
from nnstudio.experiments.project import Project
from nnstudio.formats.project import read_project, write_project
from nnstudio.session import design_edits as edits
from nnstudio.session import words
from nnstudio.session.session import Session
from nnstudio.session.training_run import Phase
from tests.session.projects import npz_of, open_project, save
from tests.session.small import small_study
from tests.session.test_session import train_to_the_end


def test_with_a_copy_of_the_data_a_project_needs_nothing_else(
    qtbot: QtBot, session: Session, other: Session, tmp_path: Path
) -> None:
    data = npz_of(tmp_path / "data.npz")
    with qtbot.waitSignal(session.dataset_changed):
        session.open_path(data)
    session.project.with_data = True
    save(qtbot, session, tmp_path / "a.nnstudio")
    session.project.close()
    data.unlink()
    missing: list[str] = []
    other.project.data_missing.connect(missing.append)
    open_project(qtbot, other, tmp_path / "a.nnstudio")
    assert not missing and other.project.with_data
    assert np.array_equal(other.dataset.training.x, session.dataset.training.x)
    assert other.dataset.recipe == other.document.study.recipe


def saved_with_data_elsewhere(qtbot: QtBot, session: Session, folder: Path) -> Path:
    """Save a project trained on data that are moved away afterwards."""
    with qtbot.waitSignal(session.dataset_changed):
        session.open_path(npz_of(folder / "data.npz"))
    edits.change_layer(session.document, "dense_1", "units", 3)
    train_to_the_end(qtbot, session)
    save(qtbot, session, folder / "a.nnstudio")
    session.project.close()
    (folder / "data.npz").rename(folder / "moved.npz")
    return folder / "a.nnstudio"


def test_data_that_are_missing_are_asked_for_and_found(
    qtbot: QtBot, session: Session, other: Session, tmp_path: Path
) -> None:
    path = saved_with_data_elsewhere(qtbot, session, tmp_path)
    with qtbot.waitSignal(other.project.data_missing) as caught:
        other.open_path(path)
    assert "data.npz" in caught.args[0]
    with qtbot.waitSignal(other.project.data_missing) as caught:
        other.project.find_data(tmp_path / "nowhere.npz")
    assert "nowhere.npz" in caught.args[0]
    with qtbot.waitSignal(other.project.opened):
        other.project.find_data(tmp_path / "moved.npz")
    assert other.dataset.facts.training_count == 60
    assert other.run_is_current  # the runs know the new place too
    train_to_the_end(qtbot, other)
    qtbot.waitUntil(lambda: other.run is not None and other.run.progress.epoch == 4)


def test_without_its_data_a_project_opens_all_the_same(
    qtbot: QtBot, session: Session, other: Session, tmp_path: Path
) -> None:
    path = saved_with_data_elsewhere(qtbot, session, tmp_path)
    with qtbot.waitSignal(other.project.data_missing):
        other.open_path(path)
    other.project.open_without_data()
    assert other.document.study == session.document.study
    assert other.dataset.facts.sample_shape == (4, 4) and other.dataset.facts.classes == 3
    assert "data.npz" in other.dataset.notes
    fingerprint = read_project(path).project.fingerprint
    save(qtbot, other)
    assert read_project(path).project.fingerprint == fingerprint != ""
    verb = words.main_verb(other)
    assert not verb.enabled and "no samples" in verb.tip
    other.evaluate()
    assert other.evaluation is None and other.snapshot is not None
    with qtbot.waitSignal(other.dataset_changed):
        other.open_path(tmp_path / "moved.npz")
    assert words.main_verb(other).enabled


def moved_together(qtbot: QtBot, session: Session, folder: Path) -> Path:
    """Save a project with its data in a folder beside it, and move both."""
    here = folder / "here"
    (here / "data").mkdir(parents=True)
    with qtbot.waitSignal(session.dataset_changed):
        session.open_path(npz_of(here / "data" / "mine.npz"))
    (here / "project").mkdir()
    save(qtbot, session, here / "project" / "a.nnstudio")
    session.project.close()
    here.rename(folder / "there")
    return folder / "there"


def test_data_that_moved_with_their_project_are_found(
    qtbot: QtBot, session: Session, other: Session, tmp_path: Path
) -> None:
    there = moved_together(qtbot, session, tmp_path)
    open_project(qtbot, other, there / "project" / "a.nnstudio")
    assert other.dataset.recipe.source.place == str(there / "data" / "mine.npz")
    assert other.dataset.recipe == other.document.study.recipe and not other.project.modified
    assert other.dataset.facts.training_count == 60


def test_data_mailed_beside_their_project_are_found_if_they_are_the_same(
    qtbot: QtBot, session: Session, other: Session, tmp_path: Path
) -> None:
    there = moved_together(qtbot, session, tmp_path)
    mailed = (there / "data" / "mine.npz").rename(there / "project" / "mine.npz")
    npz_of(there / "data" / "mine.npz", samples=90)  # others of the same name are none
    open_project(qtbot, other, there / "project" / "a.nnstudio")
    assert other.dataset.recipe.source.place == str(mailed)


def test_other_data_of_the_same_name_near_the_project_are_not_taken(
    qtbot: QtBot, session: Session, other: Session, tmp_path: Path
) -> None:
    there = moved_together(qtbot, session, tmp_path)
    npz_of(there / "data" / "mine.npz", samples=90)
    with qtbot.waitSignal(other.project.data_missing):
        other.open_path(there / "project" / "a.nnstudio")


def test_data_that_changed_are_noticed(
    qtbot: QtBot, session: Session, other: Session, tmp_path: Path
) -> None:
    path = saved_with_data_elsewhere(qtbot, session, tmp_path)
    npz_of(tmp_path / "data.npz", samples=90)
    with qtbot.waitSignal(other.project.told) as caught:
        other.open_path(path)
    assert "not those" in caught.args[0]


def test_data_of_a_project_are_prepared_as_its_study_says(
    qtbot: QtBot, other: Session, tmp_path: Path
) -> None:
    recipe = Recipe(ArrayFile(str(npz_of(tmp_path / "data.npz"))))
    write_project(tmp_path / "a.nnstudio", Project(replace(small_study(), recipe=recipe)))
    open_project(qtbot, other, tmp_path / "a.nnstudio")
    assert other.dataset.recipe == recipe and other.run is None
    assert words.training_line(other).text != "" and phase_of(other) is None


def phase_of(session: Session) -> Phase | None:
    return session.run.phase if session.run is not None else None
