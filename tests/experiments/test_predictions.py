"""Scores of values and tables of predictions agree with the engine's metrics and with plain arithmetic."""

from __future__ import annotations

import numpy as np
import pytest

from nnstudio.engine.metrics import MeanAbsoluteError, R2Score, RootMeanSquaredError
from nnstudio.experiments.evaluation import Evaluation
from nnstudio.experiments.predictions import class_shares, columns_of
from nnstudio.experiments.regression import value_scores
from nnstudio.experiments.suspects import MOST_SUSPECTS, suspect_notes, suspects
from nnstudio.task import DataFacts, Task

RNG = np.random.default_rng(5)


@pytest.mark.parametrize("outputs", [1, 3])
def test_scores_are_those_of_the_metrics(outputs: int) -> None:
    y = RNG.normal(3, 2, (200, outputs)).astype(np.float32)
    p = y + RNG.normal(0, 1, y.shape).astype(np.float32)
    found = value_scores(y, p)
    metrics = {"mae": MeanAbsoluteError(), "r2": R2Score()}
    if outputs == 1:
        metrics["rmse"] = RootMeanSquaredError()
    for name, metric in metrics.items():
        assert getattr(found, name) == pytest.approx(metric.value(metric.tally(y, p)), rel=1e-5)


def test_equal_values_explain_nothing() -> None:
    y = np.ones((4, 1))
    assert np.isnan(value_scores(y, y).r2) and value_scores(y, y).mae == 0


def evaluation(outputs: np.ndarray, actual: np.ndarray, names: tuple[str, ...]) -> Evaluation:  # type: ignore[type-arg]
    task = Task.REGRESSION if not names else Task.TWO_CLASSES
    facts = DataFacts("made up", (1,), task, names, outputs.shape[1])
    return Evaluation("test", facts, outputs, actual, np.zeros(len(outputs)), 1.0, 0.1)


def test_one_output_is_the_share_of_the_second_class() -> None:
    outputs = np.array([[0.25], [0.75]])
    assert class_shares(outputs).tolist() == [[0.75, 0.25], [0.25, 0.75]]
    columns = columns_of(evaluation(outputs, np.array([0, 0]), ("no", "yes")))
    assert [one.name for one in columns] == ["Predicted", "Actual", "P(no)", "P(yes)"]
    assert [one.text(1) for one in columns] == ["yes", "no", "0.250", "0.750"]


def test_several_values_have_columns_of_their_own() -> None:
    outputs = np.array([[1.0, 2.0], [3.0, -4.0]])
    columns = columns_of(evaluation(outputs, outputs + 1, ()), ("left", "right"))
    assert [one.name for one in columns][:3] == ["Predicted left", "Actual left", "Error left"]
    assert columns[3].text(1) == "\N{MINUS SIGN}4" and columns[3].exact(1) == "-4"
    assert set(columns[5].values) == {-1.0}


def test_the_surest_mistakes_come_first() -> None:
    outputs = RNG.random((1000, 1))
    actual = RNG.integers(0, 2, 1000)
    judged = evaluation(outputs, actual, ("no", "yes"))
    found = suspects(judged)
    assert len(found) == MOST_SUSPECTS and not judged.right[found].any()
    others = np.setdiff1d(np.flatnonzero(~judged.right), found)
    assert judged.sureness[found].min() >= judged.sureness[others].max()
    assert (np.diff(judged.sureness[found]) <= 0).all()
    note = suspect_notes(judged, found)[int(found[0])]
    assert note.startswith(f"read as {'yes' if actual[found[0]] == 0 else 'no'}, ")
