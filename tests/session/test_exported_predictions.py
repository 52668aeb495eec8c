"""Exported predictions say what the evaluation says, each sample by its row in the data."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnstudio.experiments.part import Part
from nnstudio.session.prediction_files import save_evaluation
from nnstudio.session.session import Session
from tests.session.small import small_dataset, small_model


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    session = Session(small_model(), small_dataset())
    session.evaluate_part(Part.VALIDATION)
    qtbot.waitUntil(lambda: session.evaluation is not None, timeout=10_000)
    yield session
    assert session.close()


def saved(qtbot: QtBot, session: Session, path: Path) -> Path:
    done: list[Path] = []
    assert session.evaluation is not None
    save_evaluation(session, path, session.evaluation, done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=10_000)
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
