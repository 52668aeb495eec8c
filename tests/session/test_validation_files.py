"""A file that validates: it is read, trained with, undone, saved, swept with, and told of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnstudio.data.dataset import Dataset
from nnstudio.data.fingerprint import fingerprint
from nnstudio.data.load import load
from nnstudio.engine.plan_checks import plan_problems
from nnstudio.engine.stopping import EarlyStopping
from nnstudio.experiments.part import Part, look_at
from nnstudio.experiments.project import Project
from nnstudio.experiments.sweep.measure import measures_of
from nnstudio.experiments.sweep.sharing import share, shared, training_part
from nnstudio.formats.project import read_project, write_project
from nnstudio.session import validation_edits as edits
from nnstudio.session.session import Session
from nnstudio.ui.data.parts import VALIDATION, parts_of
from tests.data.makers import images, labels, write_npz
from tests.session.projects import open_project, save
from tests.session.small import small_study
from tests.session.test_session import train_to_the_end


def choose(qtbot: QtBot, session: Session, path: Path) -> None:
    with qtbot.waitSignal(session.dataset_changed):
        edits.validate_with_file(session, path)


def apart(tmp_path: Path, **settings: float) -> tuple[Dataset, Project]:
    study = small_study(**settings)
    split = replace(study.recipe.split, validation_path=str(write_npz(tmp_path / "mine.npz")))
    study = replace(study, recipe=replace(study.recipe, split=split))
    dataset = load(study.recipe)
    return dataset, Project(study, facts=dataset.facts, dataset=dataset)


def validation_of(dataset: Dataset) -> tuple[bytes, bytes]:
    assert dataset.validation is not None
    return dataset.validation.x.tobytes(), dataset.validation.y.tobytes()


def test_all_samples_train_and_those_of_the_file_validate(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    before = session.document.study
    choose(qtbot, session, write_npz(tmp_path / "mine.npz"))
    assert session.document.undo_stack.undoText() == "validate with mine.npz"
    train_to_the_end(qtbot, session)
    run = session.run
    assert run is not None and run.dataset.validation is not None
    epochs, snapshot = run.history.epochs, session.snapshot
    assert snapshot is not None
    x = run.dataset.validation.x.astype(np.float32) / 255
    p = snapshot.predictor()(x)
    loss = -np.log(p[np.arange(60), run.dataset.validation.y]).mean()
    assert epochs.column("val_loss")[-1] == pytest.approx(loss, rel=1e-4)
    assert session.document.study.plan == before.plan


def test_undo_redo_and_the_other_choices(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    document, before = session.document, session.document.study
    choose(qtbot, session, write_npz(tmp_path / "mine.npz"))
    chosen = document.study
    document.undo_stack.undo()
    assert document.study == before and session.dataset.validation is None
    document.undo_stack.redo()
    assert document.study == chosen and session.dataset.validation is not None
    edits.validate_with_nothing(session)
    assert not document.study.validates
    edits.validate_with_share(session)
    assert document.study.plan.validation_split == 0.2
    document.undo_stack.setIndex(0)
    assert document.study == before


def test_a_file_that_does_not_fit_is_told_of_and_nothing_changes(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    before = session.document.study
    with qtbot.waitSignal(session.failed) as caught:
        edits.validate_with_file(session, tmp_path / "none.npz")
    assert "none.npz" in caught.args[1]
    assert session.document.study == before and session.recipe == before.recipe


def test_a_project_keeps_the_file_and_with_a_copy_its_samples(
    qtbot: QtBot, session: Session, other: Session, tmp_path: Path
) -> None:
    path = write_npz(tmp_path / "mine.npz")
    choose(qtbot, session, path)
    session.project.with_data = True
    save(qtbot, session, tmp_path / "a.nnstudio")
    session.project.close()
    path.unlink()
    open_project(qtbot, other, tmp_path / "a.nnstudio")
    assert other.document.study == session.document.study
    assert validation_of(other.dataset) == validation_of(session.dataset)
    assert other.dataset.facts.validation_count == 60


def test_a_file_beside_the_data_moves_with_them(
    qtbot: QtBot, session: Session, other: Session, tmp_path: Path
) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    with qtbot.waitSignal(session.dataset_changed):
        session.open_path(write_npz(before / "data.npz"))
    choose(qtbot, session, write_npz(before / "mine.npz", x_train=images(30), y_train=labels(30)))
    save(qtbot, session, before / "a.nnstudio")
    session.project.close()
    before.rename(after)
    open_project(qtbot, other, after / "a.nnstudio")
    assert other.document.study.recipe.split.validation_path == str(after / "mine.npz")
    assert other.dataset.recipe == other.document.study.recipe
    assert validation_of(other.dataset) == validation_of(session.dataset)


def test_the_copy_in_a_project_is_the_same_data(tmp_path: Path) -> None:
    dataset, project = apart(tmp_path)
    write_project(tmp_path / "a.nnstudio", project)
    opened = read_project(tmp_path / "a.nnstudio").project.dataset
    assert opened is not None and opened.facts == dataset.facts
    assert validation_of(opened) == validation_of(dataset) and fingerprint(opened) == fingerprint(dataset)
    assert fingerprint(dataset) != fingerprint(replace(dataset, validation=None))


def test_workers_of_a_sweep_get_the_samples_that_validate(tmp_path: Path) -> None:
    dataset, project = apart(tmp_path, validation_split=0.0)
    folder = tmp_path / "shared"
    folder.mkdir()
    share(dataset, folder)
    for there in (shared(folder), training_part(dataset)):
        training, validation = there.split(0.3)
        assert len(training) == 4000 and validation is not None
        assert validation_of(there) == validation_of(dataset)
        assert np.array_equal(validation.scaler.spread, dataset.scaler.spread)
    assert measures_of(project.study)[0].name == "val_loss"


def test_the_plan_knows_that_something_validates(tmp_path: Path) -> None:
    dataset, project = apart(tmp_path, validation_split=0.0)
    plan = replace(project.study.plan, early_stopping=EarlyStopping())
    assert not plan_problems(plan, dataset.facts)
    assert plan_problems(plan, replace(dataset.facts, validation_count=0))


def test_the_tabs_show_and_number_the_samples_of_the_file(tmp_path: Path) -> None:
    dataset, _ = apart(tmp_path)
    part = parts_of(dataset, 0.2)[VALIDATION]
    assert part.samples is dataset.validation and part.number(7) == 7
    looked = look_at(dataset, Part.VALIDATION, 0.2)
    assert looked is not None and looked.samples.numbers is not None
    assert looked.samples.numbers[:3].tolist() == [0, 1, 2]
