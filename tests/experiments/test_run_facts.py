"""Runs as rows of a table, and what two of them set differently."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import replace

import pytest

from nnstudio.engine.design import design_of
from nnstudio.engine.layers import Dense, Flatten
from nnstudio.engine.optimizers import SGD
from nnstudio.experiments.history import History
from nnstudio.experiments.run import Run, run_of
from nnstudio.experiments.run_difference import compare
from nnstudio.experiments.run_facts import COLUMNS, runs_csv, sorted_runs
from tests.session.small import small_model, small_study


def made(name: str, losses: list[float]) -> Run:
    history = History(("loss", "accuracy"))
    for epoch, loss in enumerate(losses, 1):
        values = {"loss": 2.0, "accuracy": 0.1, "val_loss": loss, "val_accuracy": loss / 10}
        history.add_epoch(epoch, 10 * epoch, 1.0 * epoch, values)
    return replace(run_of(small_model(), name), history=history)


RUNS = (made("b", [0.5, 0.25, 0.75]), made("a", []), made("C, 2", [0.125]))


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
@pytest.mark.parametrize("descending", [False, True])
def test_every_column_sorts_all_runs_and_writes_words(column, descending: bool) -> None:
    found = sorted_runs(RUNS, column, descending=descending)
    assert sorted(run.key for run in found) == sorted(run.key for run in RUNS)
    assert all(isinstance(column.words(run, column.fact(run)), str) for run in RUNS)


def test_runs_without_a_value_come_last_either_way() -> None:
    column = next(column for column in COLUMNS if column.name == "best_val_loss")
    assert [run.name for run in sorted_runs(RUNS, column, descending=False)] == ["C, 2", "b", "a"]
    assert [run.name for run in sorted_runs(RUNS, column, descending=True)] == ["b", "C, 2", "a"]


def test_the_best_values_are_those_of_the_best_epoch_as_csv_has_them() -> None:
    rows = list(csv.DictReader(io.StringIO(runs_csv(RUNS, COLUMNS))))
    assert [row["name"] for row in rows] == ["b", "a", "C, 2"]
    assert float(rows[0]["best_val_loss"]) == 0.25
    assert math.isclose(float(rows[0]["best_val_metric"]), 0.025)
    assert rows[1]["best_val_loss"] == ""


def test_a_study_does_not_differ_from_itself() -> None:
    rows = compare(small_study(), small_study())
    assert not [row for row in rows if row.differs]
    assert {row.part for row in rows} == {"Model", "Optimizer", "Plan", "Data"}


def test_what_differs_is_named_by_layer_and_setting() -> None:
    left = small_study()
    layers = (Flatten(), Dense(32, activation="relu"), Dense(10, activation="softmax"))
    right = replace(
        left,
        design=replace(design_of(*layers), optimizer=SGD(learning_rate=0.5)),
        plan=replace(left.plan, seed=8),
    )
    found = {(row.part, row.title): (row.left, row.right) for row in compare(left, right) if row.differs}
    assert found["Model", "dense, units"] == ("16", "32")
    assert found["Model", "dropout"] == ("Dropout", "–")
    assert found["Optimizer", "Optimizer"][1] == "SGD"
    assert found["Plan", "Seed"][1] == "8"
    assert not [title for part, title in found if part == "Data"]
