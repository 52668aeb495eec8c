"""A project as a file: what is saved opens again, and whatever fails leaves work and old file whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnstudio.data.recipe import NPZ, Recipe
from nnstudio.experiments.project import Project
from nnstudio.formats import project as project_format
from nnstudio.formats.project import read_project, write_project
from nnstudio.session import design_edits as edits
from nnstudio.session import words
from nnstudio.session.session import Session
from nnstudio.session.training_run import Phase
from tests.session.small import small_dataset, small_model, small_study
from tests.session.test_session import train_to_the_end


@pytest.fixture
def other(qtbot: QtBot) -> Iterator[Session]:
    """A second window."""
    session = Session(small_model(), small_dataset())
    yield session
    assert session.close()


def save(qtbot: QtBot, session: Session, path: Path | None = None) -> None:
    with qtbot.waitSignal(session.project.saved, timeout=20_000):
        session.project.save(path)


def open_project(qtbot: QtBot, session: Session, path: Path) -> None:
    with qtbot.waitSignal(session.project.opened, timeout=20_000):
        session.open_path(path)


def npz_of(path: Path, samples: int = 60) -> Path:
    """Write small data of three classes."""
    rng = np.random.default_rng(3)
    x, y = rng.integers(0, 255, (samples, 4, 4)).astype(np.uint8), np.arange(samples) % 3
    np.savez(path, x_train=x, y_train=y, x_test=x[:20], y_test=y[:20])
    return path


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
        qtbot.waitUntil(lambda: not session.running, timeout=10_000)
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
    qtbot.waitUntil(lambda: not session.running, timeout=10_000)
    assert project.modified
    save(qtbot, session)
    assert not project.modified
    session.evaluate()
    session.stop()
    assert not project.modified


def test_an_edit_while_it_is_saved_is_a_change(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    with qtbot.waitSignal(session.project.saved, timeout=20_000):
        session.project.save(tmp_path / "a.nnstudio")
        edits.change_layer(session.document, "dense", "units", 20)
    assert session.project.modified
    assert read_project(tmp_path / "a.nnstudio").project.study == small_study()


def test_savings_that_overlap_end_with_the_newest(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    for units in (20, 30, 40, 50):
        edits.change_layer(session.document, "dense", "units", units)
        session.project.save(tmp_path / "a.nnstudio")
    qtbot.waitUntil(lambda: not session.project.modified, timeout=20_000)
    assert read_project(tmp_path / "a.nnstudio").project.study == session.document.study


def test_a_training_that_runs_is_saved_and_goes_on(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    session.document.edit_plan("long", replace(session.document.study.plan, epochs=5000))
    session.train_or_pause()
    qtbot.waitUntil(lambda: session.run is not None and session.run.progress.epoch > 2, timeout=20_000)
    save(qtbot, session, tmp_path / "a.nnstudio")
    assert session.running
    session.stop()
    kept = read_project(tmp_path / "a.nnstudio").project
    assert kept.run(kept.shown) is not None and kept.runs[-1].state is not None


def test_with_a_copy_of_the_data_a_project_needs_nothing_else(
    qtbot: QtBot, session: Session, other: Session, tmp_path: Path
) -> None:
    data = npz_of(tmp_path / "data.npz")
    with qtbot.waitSignal(session.dataset_changed, timeout=10_000):
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
    with qtbot.waitSignal(session.dataset_changed, timeout=10_000):
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
    with qtbot.waitSignal(other.project.data_missing, timeout=10_000) as caught:
        other.open_path(path)
    assert "data.npz" in caught.args[0]
    with qtbot.waitSignal(other.project.data_missing, timeout=10_000) as caught:
        other.project.find_data(tmp_path / "nowhere.npz")
    assert "nowhere.npz" in caught.args[0]
    with qtbot.waitSignal(other.project.opened, timeout=10_000):
        other.project.find_data(tmp_path / "moved.npz")
    assert other.dataset.facts.training_count == 60
    assert other.run_is_current  # the runs know the new place too
    train_to_the_end(qtbot, other)
    qtbot.waitUntil(lambda: other.run is not None and other.run.progress.epoch == 4, timeout=10_000)


def test_without_its_data_a_project_opens_all_the_same(
    qtbot: QtBot, session: Session, other: Session, tmp_path: Path
) -> None:
    path = saved_with_data_elsewhere(qtbot, session, tmp_path)
    with qtbot.waitSignal(other.project.data_missing, timeout=10_000):
        other.open_path(path)
    other.project.open_without_data()
    assert other.document.study == session.document.study
    assert other.dataset.facts.sample_shape == (4, 4) and other.dataset.facts.classes == 3
    assert "data.npz" in other.dataset.notes
    verb = words.main_verb(other)
    assert not verb.enabled and "no samples" in verb.tip
    other.evaluate()
    assert other.evaluation is None and other.snapshot is not None
    with qtbot.waitSignal(other.dataset_changed, timeout=10_000):
        other.open_path(tmp_path / "moved.npz")
    assert words.main_verb(other).enabled


def test_data_that_changed_are_noticed(
    qtbot: QtBot, session: Session, other: Session, tmp_path: Path
) -> None:
    path = saved_with_data_elsewhere(qtbot, session, tmp_path)
    npz_of(tmp_path / "data.npz", samples=90)
    with qtbot.waitSignal(other.project.told, timeout=10_000) as caught:
        other.open_path(path)
    assert "not those" in caught.args[0]


def test_a_second_window_is_told_and_opens_a_copy(
    qtbot: QtBot, session: Session, other: Session, tmp_path: Path
) -> None:
    path = tmp_path / "a.nnstudio"
    save(qtbot, session, path)
    with qtbot.waitSignal(other.project.told, timeout=10_000) as caught:
        other.open_path(path)
    assert "another window" in caught.args[0]
    assert other.project.path is None and other.project.name == "a (copy)"
    with qtbot.waitSignal(other.failed, timeout=10_000) as caught:
        other.project.save(path)
    assert "another window" in caught.args[1]
    session.project.close()
    save(qtbot, other, path)


def make_read_only(folder: Path) -> None:
    folder.chmod(0o500)


def make_a_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("no folder")


def limit_the_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: object, parts: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(project_format, "write_archive", full)


@pytest.mark.parametrize("harm", [make_read_only, shutil.rmtree, make_a_file])
def test_a_saving_that_fails_is_told_and_the_work_stays_open(
    qtbot: QtBot, session: Session, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    save(qtbot, session, folder / "a.nnstudio")
    edits.change_layer(session.document, "dense", "units", 20)
    harm(folder)
    if harm is make_read_only and os.access(folder, os.W_OK):
        pytest.skip("an administrator may write everywhere")
    with qtbot.waitSignal(session.failed, timeout=10_000) as caught:
        session.project.save()
    assert caught.args[0] == "Saving a.nnstudio" and caught.args[1].endswith(".")
    assert session.project.modified and session.project.path == folder / "a.nnstudio"
    save(qtbot, session, tmp_path / "elsewhere.nnstudio")
    assert not session.project.modified


def test_a_full_disk_leaves_the_old_file_whole(
    qtbot: QtBot, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.nnstudio"
    save(qtbot, session, path)
    before = path.read_bytes()
    edits.change_layer(session.document, "dense", "units", 20)
    with monkeypatch.context() as patch:
        limit_the_disk(tmp_path, patch)
        with qtbot.waitSignal(session.failed, timeout=10_000) as caught:
            session.project.save()
    assert "the disk is full" in caught.args[1]
    assert path.read_bytes() == before and [file.name for file in tmp_path.iterdir()] == ["a.nnstudio"]
    save(qtbot, session)


def test_what_is_no_project_changes_nothing(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    (tmp_path / "a.nnstudio").write_text("Dear network")
    study = session.document.study
    with qtbot.waitSignal(session.failed, timeout=10_000) as caught:
        session.open_path(tmp_path / "a.nnstudio")
    assert "a.nnstudio" in caught.args[1]
    assert session.document.study is study and session.project.path is None


def test_damaged_parts_are_told_and_the_rest_opens(
    qtbot: QtBot, session: Session, other: Session, tmp_path: Path
) -> None:
    train_to_the_end(qtbot, session)
    path = tmp_path / "a.nnstudio"
    save(qtbot, session, path)
    session.project.close()
    assert session.run is not None and session.run.snapshot is not None
    content = bytearray(path.read_bytes())
    content[content.index(session.run.snapshot.parameters.tobytes()) + 3] ^= 1
    path.write_bytes(bytes(content))
    with qtbot.waitSignal(other.project.told, timeout=10_000) as caught:
        other.open_path(path)
    assert "cannot go on exactly" in caught.args[0] or "checkpoints" in caught.args[0]
    assert other.document.study == session.document.study


def test_a_new_project_has_fresh_weights_and_no_name(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    save(qtbot, session, tmp_path / "a.nnstudio")
    with qtbot.waitSignal(session.project.opened, timeout=20_000):
        session.project.new()
    assert session.project.path is None and session.project.name == "Untitled"
    assert not session.trained and not session.runs and not session.project.modified


def test_a_model_that_is_opened_becomes_a_run_of_the_project(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    with qtbot.waitSignal(session.told, timeout=10_000):
        session.export_model(tmp_path / "digits.h5")
    train_to_the_end(qtbot, session)
    trained = session.run
    with qtbot.waitSignal(session.told, timeout=10_000):
        session.open_path(tmp_path / "digits.h5")
    assert trained is not None and session.run is None
    assert [run.name for run in session.runs] == ["Example", "", "digits"]
    assert session.runs[1].key == trained.key
    project = session.collect()
    assert project.shown == session.runs[2].key


def test_data_of_a_project_are_prepared_as_its_study_says(
    qtbot: QtBot, other: Session, tmp_path: Path
) -> None:
    recipe = Recipe(NPZ, str(npz_of(tmp_path / "data.npz")))
    write_project(tmp_path / "a.nnstudio", Project(replace(small_study(), recipe=recipe)))
    open_project(qtbot, other, tmp_path / "a.nnstudio")
    assert other.dataset.recipe == recipe and other.run is None
    assert words.training_line(other).text != "" and phase_of(other) is None


def phase_of(session: Session) -> Phase | None:
    return session.run.phase if session.run is not None else None
