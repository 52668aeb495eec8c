"""Samples of a file of their own validate, prepared as those that train, or a sentence says why not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnstudio.data.dataset import Dataset
from nnstudio.data.load import load
from nnstudio.data.opening import recipe_for
from nnstudio.data.preparation import MIN_MAX
from nnstudio.data.recipe import Recipe
from nnstudio.data.split import Split
from nnstudio.engine.plan import TrainingPlan
from nnstudio.errors import UserError
from nnstudio.experiments.study import Study
from nnstudio.formats.recipe_json import recipe_from_json, recipe_to_json
from tests.data.makers import images, labels, write_npz

TRAINING = ("20,red,no", "30,blue,yes", "40,red,yes", "50,blue,no", "60,red,no", "70,blue,yes")


def write_table(path: Path, *rows: str, head: str = "age,colour,ill") -> Path:
    path.write_text("\n".join((head, *rows)) + "\n")
    return path


def validated(recipe: Recipe, path: Path) -> Recipe:
    return replace(recipe, split=replace(recipe.split, validation_path=str(path)))


def read(tmp_path: Path, *rows: str, head: str = "age,colour,ill", **table: Any) -> Dataset:
    recipe = recipe_for(write_table(tmp_path / "patients.csv", *TRAINING * 4))
    recipe = replace(recipe, source=replace(recipe.source, **table))
    return load(validated(recipe, write_table(tmp_path / "others.csv", *rows, head=head)))


def values(dataset: Dataset) -> Any:
    samples = dataset.validation
    assert samples is not None
    return samples.x_rows(np.arange(len(samples)), np.empty((len(samples), *samples.shape), np.float32))


def test_rows_of_another_file_validate_with_the_scaling_of_those_that_train(tmp_path: Path) -> None:
    data = read(tmp_path, "45,blue,yes", "1000,red,no")
    alone = load(replace(data.recipe, split=Split()))
    training, validation = data.split(0.5)
    assert validation is data.validation and training is data.training  # the share is not taken as well
    assert np.array_equal(training.x, alone.training.x) and np.array_equal(data.test.x, alone.test.x)
    mean, deviation = training.x[:, 0].mean(), training.x[:, 0].std()
    assert np.allclose(values(data)[:, 0], (np.array([45, 1000]) - mean) / deviation, rtol=1e-5)
    colours = data.columns[1].categories
    assert [colours[place] for place in values(data)[:, 1:].argmax(1)] == ["blue", "red"]
    assert [data.class_names[place] for place in validation.y] == ["yes", "no"]
    assert data.facts.validation_count == 2


def test_it_follows_another_scaling(tmp_path: Path) -> None:
    data = read(tmp_path, "45,blue,yes").scaled(MIN_MAX)
    assert data.validation is not None and data.validation.scaler is data.training.scaler
    assert values(data)[0, 0] == pytest.approx(0.5)


def test_classes_keep_the_names_that_a_person_gave_them(tmp_path: Path) -> None:
    data = read(tmp_path, "45,blue,yes", class_names=("well", "sick"))
    assert data.validation is not None and data.class_names[data.validation.y[0]] == "sick"


def test_rows_with_gaps_are_dropped_and_told_by_their_numbers(tmp_path: Path) -> None:
    data = read(tmp_path, ",blue,yes", "45,blue,yes", "46,red,no")
    assert data.validation is not None and data.validation.numbers is not None
    assert data.validation.numbers.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("rows", "head", "sentence"),
    [
        (("45,green,yes",), "age,colour,ill", "others.csv: expected blue, red in colour, found green."),
        (("45,red,perhaps",), "age,colour,ill", "others.csv: expected the classes no, yes, found perhaps."),
        (("45,yes",), "age,ill", "others.csv: expected the columns of patients.csv, found 2 columns."),
        ((",red,yes",), "age,colour,ill", "samples to validate with in others.csv, found none"),
    ],
)
def test_a_table_that_does_not_fit_is_refused(
    tmp_path: Path, rows: tuple[str, ...], head: str, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence.replace(".", r"\.")):
        read(tmp_path, *rows, head=head)


def test_what_trains_or_tests_cannot_validate(tmp_path: Path) -> None:
    recipe = recipe_for(write_table(tmp_path / "patients.csv", *TRAINING))
    test = write_table(tmp_path / "test.csv", *TRAINING)
    recipe = replace(recipe, source=replace(recipe.source, test_path=str(test)))
    for path, verb in ((tmp_path / "patients.csv", "train"), (test, "test")):
        with pytest.raises(UserError, match=f"expected samples of their own .* found those that {verb}"):
            load(validated(recipe, path))


def test_arrays_validate_by_the_names_of_their_classes(tmp_path: Path) -> None:
    recipe = recipe_for(write_npz(tmp_path / "all.npz"))
    some = write_npz(tmp_path / "some.npz", x_train=images(6), y_train=labels(60)[2:8])
    data = load(validated(recipe, some))
    assert data.validation is not None and np.array_equal(data.validation.x, images(6))
    assert [data.class_names[place] for place in data.validation.y] == list("234567")


def test_a_file_validates_data_that_have_no_file_themselves(tmp_path: Path) -> None:
    data = load(validated(Recipe(), write_npz(tmp_path / "mine.npz")))
    assert data.validation is not None and len(data.validation) == 60 and len(data.training) == 4000


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"x_train": images(60)[:, :20], "x_test": None, "y_test": None}, "expected samples of 28 x 28"),
        ({"x_train": images(60) / 255.0, "x_test": None, "y_test": None}, "whole numbers of 0 to 255"),
        ({"y_train": labels(60) + 1}, "expected the classes 0, 1, .* found 10"),
        ({"y_train": labels(60) + 0.5, "x_test": None, "y_test": None}, "expected labels of classes"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(tmp_path: Path, changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        load(validated(Recipe(), write_npz(tmp_path / "mine.npz", **changes)))


def test_a_table_does_not_validate_pictures(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="found a table"):
        load(validated(Recipe(), write_table(tmp_path / "rows.csv", *TRAINING)))


def test_classes_left_out_of_training_do_not_validate(tmp_path: Path) -> None:
    recipe = Recipe(split=Split(left_out=("3", "4")))
    data = load(validated(recipe, write_npz(tmp_path / "mine.npz")))
    assert data.validation is not None and set(data.validation.y.tolist()) == {0, 1, 2, 5, 6, 7, 8, 9}


def test_the_recipe_is_saved_and_older_ones_open_without_a_file() -> None:
    recipe = validated(Recipe(), Path("mine.npz"))
    config = recipe_to_json(recipe)
    assert recipe_from_json(config) == recipe
    del config["split"]["config"]["validation_path"]
    assert recipe_from_json(config) == Recipe()


def test_a_study_validates_with_a_share_or_a_file_or_not_at_all() -> None:
    none = TrainingPlan(validation_split=0.0)
    assert Study().validates and not Study(plan=none).validates
    assert Study(plan=none, recipe=validated(Recipe(), Path("mine.npz"))).validates
