"""Rows of another file are scored as the network learnt: nothing is fitted to them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nnstudio.data.dataset import Dataset
from nnstudio.data.fitted import Fitted
from nnstudio.data.load import load
from nnstudio.data.opening import recipe_for
from nnstudio.data.preparation import MEAN, STANDARD, Preparation
from nnstudio.data.scored_rows import ScoredRows, scored_rows
from nnstudio.data.sources.table import Table
from nnstudio.errors import DataError

HEADER = "age,kind,dose,outcome\n"
KINDS, ANSWERS = ("red", "blue", "green"), ("no", "yes")
ROWS = [f"{20 + i % 50},{KINDS[i % 3]},{i % 7 + 0.5},{ANSWERS[i % 2]}" for i in range(200)]


def learnt(folder: Path, rows: list[str] = ROWS, missing: str = "drop rows", **table: object) -> Dataset:
    """Return the data of a table, scaled to mean 0 and standard deviation 1."""
    path = folder / "learnt.csv"
    path.write_text(HEADER + "\n".join(rows), encoding="utf-8")
    recipe = recipe_for(path)
    source = replace(recipe.source, **table)
    return load(replace(recipe, source=source, preparation=Preparation(STANDARD, missing)))


def scored(dataset: Dataset, path: Path) -> ScoredRows:
    source = dataset.recipe.source
    assert isinstance(source, Table)
    return scored_rows(source, Fitted.of(dataset), dataset.facts.class_names, path)


def written(folder: Path, text: str) -> Path:
    path = folder / "other.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_same_rows_in_another_order_of_columns_give_the_same_samples(tmp_path: Path) -> None:
    dataset = learnt(tmp_path)
    shuffled = [";".join(reversed(row.split(","))) for row in ROWS]
    found = scored(dataset, written(tmp_path, "outcome;dose;kind;age\n" + "\n".join(shuffled))).samples
    both = dataset.training, dataset.test
    parts = np.concatenate([part.numbers if part.numbers is not None else [] for part in both]).astype(int)
    assert sorted(parts) == list(range(len(ROWS)))
    assert np.array_equal(found.x[parts], np.concatenate([part.x for part in both]))
    assert np.array_equal(found.y[parts], np.concatenate([part.y for part in both]))
    assert found.scaler is dataset.scaler


def test_other_values_are_scaled_as_those_that_were_learnt_from(tmp_path: Path) -> None:
    dataset = learnt(tmp_path)
    old = [row for row in ROWS if row.startswith("69")]
    found = scored(dataset, written(tmp_path, HEADER + "\n".join(old))).samples
    x = found.x_rows(np.arange(len(found)), np.empty((len(found), 5), np.float32))
    ages = np.array([int(row.split(",")[0]) for row in ROWS])[dataset.training.numbers]
    assert np.allclose(x[:, 0], (69 - ages.mean()) / ages.std(), rtol=1e-5)


@pytest.mark.parametrize(("missing", "count"), [("drop rows", 1), (MEAN, 2)])
def test_rows_with_gaps_are_filled_as_in_training_or_left_out_and_counted(
    tmp_path: Path, missing: str, count: int
) -> None:
    dataset = learnt(tmp_path, missing=missing)
    rows = ("30,red,1.5,yes", ",blue,2.5,no", "40,green,3.5,?")
    found = scored(dataset, written(tmp_path, HEADER + "\n".join(rows)))
    assert (len(found.samples), found.left_out) == (count, 3 - count)
    assert found.samples.y.tolist() == [1, 0][:count]


def test_values_to_predict_are_numbers(tmp_path: Path) -> None:
    dataset = learnt(tmp_path, targets=("dose",), task="regression", ignored=("outcome",))
    found = scored(dataset, written(tmp_path, "dose;age;kind\n1,25;30;red\n9,5;31;blue\n")).samples
    assert found.y.tolist() == [[1.25], [9.5]] and found.y.dtype == np.float32


def test_classes_that_a_person_renamed_are_found_in_the_order_of_their_values(tmp_path: Path) -> None:
    dataset = learnt(tmp_path, class_names=("Healthy", "Ill"))
    found = scored(dataset, written(tmp_path, HEADER + "30,red,1.5,yes\n31,red,1.5,no\n")).samples
    assert dataset.facts.class_names == ("Healthy", "Ill") and found.y.tolist() == [1, 0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEADER + "30,red,1.5,perhaps\n", "Expected the classes no, yes in outcome"),
        ("age,kind,dose\n30,red,1.5\n", "Expected a column outcome in other.csv"),
        (HEADER + "30,pink,1.5,yes\n", "found pink"),
        (HEADER + ",red,1.5,yes\n", "Expected whole rows in other.csv"),
    ],
)
def test_what_the_network_does_not_know_is_a_sentence(tmp_path: Path, text: str, words: str) -> None:
    dataset = learnt(tmp_path)
    with pytest.raises(DataError, match=words):
        scored(dataset, written(tmp_path, text))
