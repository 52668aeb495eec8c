"""Rows of two classes and of values go through training, saving, opening and export as images do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnstudio.data.opening import recipe_for
from nnstudio.engine.design import design_of
from nnstudio.engine.layers import Dense
from nnstudio.engine.losses import BinaryCrossentropy, MeanSquaredError
from nnstudio.engine.plan import TrainingPlan
from nnstudio.session.session import Session
from nnstudio.session.words import prediction_line
from nnstudio.task import Task
from tests.session.projects import open_project, save

DESIGNS = {
    Task.TWO_CLASSES: design_of(Dense(1, activation="sigmoid", name=""), loss=BinaryCrossentropy()),
    Task.REGRESSION: design_of(Dense(1, name=""), loss=MeanSquaredError(), metrics=()),
}


def write_table(path: Path, task: Task) -> Path:
    """Write people with a gap here and there; the target is the last column."""
    rng = np.random.default_rng(2)
    lines = ["age,colour,target"]
    for row in range(120):
        age, colour = rng.integers(10, 90), rng.choice(["red", "blue"])
        target = "yes" if age > 50 else "no"
        value = target if task is Task.TWO_CLASSES else f"{age * 1.5 + rng.normal():.2f}"
        lines.append(f"{'' if row % 20 == 3 else age},{colour},{value}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def open_and_train(qtbot: QtBot, session: Session, path: Path, task: Task) -> None:
    with qtbot.waitSignal(session.dataset_changed):
        session.choose_recipe(recipe_for(path))
    assert session.dataset.facts.task is task
    plan = TrainingPlan(epochs=2, batch_size=16, seed=1)
    session.document.edit("build", replace(session.document.study, design=DESIGNS[task], plan=plan))
    assert session.document.report.ready
    session.train_or_pause()
    qtbot.waitUntil(lambda: not session.running and session.has_trained)
    wait_for_evaluation(qtbot, session)


def wait_for_evaluation(qtbot: QtBot, session: Session) -> None:
    def is_there() -> bool:
        found = session.evaluation
        return found is not None and found.epoch == 2.0 and found.facts == session.dataset.facts

    qtbot.waitUntil(is_there)


@pytest.mark.parametrize("task", list(DESIGNS))
def test_a_project_with_a_table_opens_with_the_same_predictions(
    qtbot: QtBot, session: Session, other: Session, tmp_path: Path, task: Task
) -> None:
    open_and_train(qtbot, session, write_table(tmp_path / "people.csv", task), task)
    words = prediction_line(session).text
    assert ("right" in words) == (task is Task.TWO_CLASSES) and ("Loss" in words) == (task is Task.REGRESSION)
    save(qtbot, session, tmp_path / "people.nnstudio")
    open_project(qtbot, other, tmp_path / "people.nnstudio")
    other.evaluate()
    wait_for_evaluation(qtbot, other)
    assert session.evaluation is not None and other.evaluation is not None
    assert np.array_equal(session.evaluation.outputs, other.evaluation.outputs)
    assert np.array_equal(session.evaluation.actual, other.evaluation.actual)
    assert prediction_line(other).text == words


@pytest.mark.parametrize("task", list(DESIGNS))
def test_an_exported_network_predicts_the_same_rows_the_same_way(
    qtbot: QtBot, session: Session, other: Session, tmp_path: Path, task: Task
) -> None:
    path = write_table(tmp_path / "people.csv", task)
    open_and_train(qtbot, session, path, task)
    with qtbot.waitSignal(session.told):
        session.export_model(tmp_path / "people.h5")
    with qtbot.waitSignal(other.dataset_changed):
        other.choose_recipe(recipe_for(path))
    with qtbot.waitSignal(other.told):
        other.open_path(tmp_path / "people.h5")
    wait_for_evaluation(qtbot, other)
    assert session.evaluation is not None and other.evaluation is not None
    assert np.array_equal(session.evaluation.outputs, other.evaluation.outputs)
