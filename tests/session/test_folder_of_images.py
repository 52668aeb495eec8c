"""A folder of colour images goes through the whole session: opened, learnt, saved, moved and found again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from nnstudio.data.sources.image_folder import ImageFolder
from nnstudio.engine.design import design_of
from nnstudio.engine.layers import Conv2D, Dense, Flatten, MaxPooling2D
from nnstudio.engine.optimizers import Adam
from nnstudio.engine.plan import TrainingPlan
from nnstudio.session.session import Session
from tests.data.pictures import write_shapes
from tests.session.projects import open_project, save
from tests.session.test_session import train_to_the_end


def open_shapes(qtbot: QtBot, session: Session, folder: Path) -> ImageFolder:
    with qtbot.waitSignal(session.dataset_changed):
        session.open_path(write_shapes(folder))
    source = session.dataset.recipe.source
    assert isinstance(source, ImageFolder) and source.colour == "colour"
    return source


def test_a_small_convolution_learns_a_folder_of_colour_images(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    open_shapes(qtbot, session, tmp_path / "shapes")
    layers = (
        Conv2D(8, (3, 3), activation="relu"),
        MaxPooling2D((2, 2)),
        Flatten(),
        Dense(2, activation="softmax"),
    )
    design = replace(design_of(*layers), optimizer=Adam(learning_rate=0.005))
    session.document.edit_design("take a convolution", design)
    session.document.edit_plan("train longer", TrainingPlan(epochs=12, batch_size=16))
    assert session.document.report.ready
    train_to_the_end(qtbot, session)
    qtbot.waitUntil(
        lambda: (
            session.evaluation is not None
            and session.evaluation.epoch == 12
            and session.evaluation.accuracy > 0.9
        ),
    )
    assert session.evaluation is not None and session.evaluation.facts.class_names == ("lying", "standing")


def test_a_folder_gives_the_same_bits_after_save_and_open(
    qtbot: QtBot, session: Session, other: Session, tmp_path: Path
) -> None:
    source = open_shapes(qtbot, session, tmp_path / "shapes")
    recipe = replace(session.dataset.recipe, source=replace(source, size=(12, 10), fit="crop"))
    with qtbot.waitSignal(session.dataset_changed):
        session.choose_recipe(recipe)
    save(qtbot, session, tmp_path / "a.nnstudio")
    session.project.close()
    open_project(qtbot, other, tmp_path / "a.nnstudio")
    assert other.dataset.recipe == recipe and other.dataset.facts.sample_shape == (12, 10, 3)
    for before, after in zip(
        (session.dataset.training, session.dataset.test),
        (other.dataset.training, other.dataset.test),
        strict=True,
    ):
        assert np.array_equal(before.x, after.x) and np.array_equal(before.y, after.y)


def test_a_folder_that_was_moved_is_found_and_read_as_a_person_had_set_it(
    qtbot: QtBot, session: Session, other: Session, tmp_path: Path
) -> None:
    source = open_shapes(qtbot, session, tmp_path / "shapes")
    with qtbot.waitSignal(session.dataset_changed):
        session.choose_recipe(replace(session.dataset.recipe, source=replace(source, size=(9, 7))))
    save(qtbot, session, tmp_path / "a.nnstudio")
    session.project.close()
    (tmp_path / "shapes").rename(tmp_path / "moved")
    with qtbot.waitSignal(other.project.data_missing):
        other.open_path(tmp_path / "a.nnstudio")
    with qtbot.waitSignal(other.project.opened):
        other.project.find_data(tmp_path / "moved")
    assert other.dataset.facts.sample_shape == (9, 7, 3)
    assert other.dataset.recipe.source.place == str(tmp_path / "moved")
