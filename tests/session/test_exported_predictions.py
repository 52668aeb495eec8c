"""Exported predictions say what the evaluation says, each sample by its row in the data."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnstudio.data.dataset import Dataset
from nnstudio.data.load import load
from nnstudio.data.opening import recipe_for
from nnstudio.engine.design import design_of
from nnstudio.engine.layers import Dense, Flatten
from nnstudio.experiments.part import Part
from nnstudio.session.prediction_files import save_evaluation
from nnstudio.session.session import Session
from tests.data.pictures import write_shapes
from tests.session.small import small_dataset, small_model
from tests.ui.data.people import people
from tests.ui.prediction.conftest import untrained


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    session = Session(small_model(), small_dataset())
    session.evaluate_part(Part.VALIDATION)
    qtbot.waitUntil(lambda: session.evaluation is not None)
    yield session
    assert session.close()


def saved(qtbot: QtBot, session: Session, path: Path) -> Path:
    done: list[Path] = []
    assert session.evaluation is not None
    save_evaluation(session, path, session.evaluation, done.append)
    qtbot.waitUntil(lambda: bool(done))
    return done[0]


def test_a_table_has_rows_classes_all_probabilities_and_losses(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    path = saved(qtbot, session, tmp_path / "predictions")
    assert path.name == "predictions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    evaluation, looked = session.evaluation, session.looked
    assert evaluation is not None and looked is not None
    names = evaluation.facts.class_names
    assert len(rows) == len(looked.samples)
    assert [row["Predicted"] for row in rows] == [names[index] for index in evaluation.predicted]
    assert [row["Actual"] for row in rows] == [names[index] for index in looked.samples.y]
    shares = [[float(row[f"P({name})"]) for name in names] for row in rows]
    np.testing.assert_allclose(shares, evaluation.outputs, rtol=1e-7)
    np.testing.assert_allclose([float(row["Loss"]) for row in rows], evaluation.losses, rtol=1e-7)
    numbers = looked.samples.numbers
    expected = np.arange(len(rows)) if numbers is None else numbers
    assert [int(row["Row"]) - 1 for row in rows] == expected.tolist()


def test_arrays_are_those_of_the_evaluation_bit_for_bit(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    path = saved(qtbot, session, tmp_path / "predictions.npz")
    evaluation = session.evaluation
    assert evaluation is not None
    with np.load(path, allow_pickle=False) as arrays:
        np.testing.assert_array_equal(arrays["outputs"], evaluation.outputs)
        np.testing.assert_array_equal(arrays["predicted"], evaluation.predicted)
        assert tuple(arrays["class_names"]) == evaluation.facts.class_names
        assert str(arrays["set"]).endswith("validation")


def test_images_of_a_folder_are_named_by_their_files(qtbot: QtBot, tmp_path: Path) -> None:
    folder = write_shapes(tmp_path / "shapes")
    session = opened(load(recipe_for(folder)))
    for part in (Part.TEST, Part.VALIDATION):
        session.evaluate_part(part)
        qtbot.waitUntil(lambda part=part: fits(session, part))
        path = saved(qtbot, session, tmp_path / f"{part}.csv")
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert rows and all((folder / row["File"]).is_file() for row in rows)
        assert [Path(row["File"]).parts[-2] for row in rows] == [row["Actual"] for row in rows]
        assert len({row["File"] for row in rows}) == len(rows)
        arrays = np.load(saved(qtbot, session, tmp_path / f"{part}.npz"), allow_pickle=False)
        assert arrays["file_name"].tolist() == [row["File"] for row in rows]
    assert session.close()


def test_columns_of_a_table_that_are_no_inputs_name_its_rows(qtbot: QtBot, tmp_path: Path) -> None:
    session = opened(people())
    session.evaluate_part(Part.TEST)
    qtbot.waitUntil(lambda: fits(session, Part.TEST))
    with saved(qtbot, session, tmp_path / "people.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["name"] for row in rows] == [f"person {int(row['Row']) - 1}" for row in rows]
    assert session.close()


def opened(dataset: Dataset) -> Session:
    """Open data with a network for them that has learnt nothing."""
    last = Dense(units=dataset.facts.classes, activation="softmax")
    return Session(untrained(design_of(Flatten(), last), dataset), dataset)


def fits(session: Session, part: Part) -> bool:
    """Whether the part of the data of now was evaluated."""
    evaluation, looked = session.evaluation, session.looked
    return (
        evaluation is not None
        and looked is not None
        and looked.part is part
        and (evaluation.facts == session.dataset.facts)
    )
