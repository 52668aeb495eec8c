"""What loads, from which files, and into what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnstudio.data.load import load
from nnstudio.data.opening import recipe_for
from nnstudio.data.recipe import Recipe
from nnstudio.data.sources import SOURCES
from nnstudio.data.sources.array_file import ArrayFile
from nnstudio.errors import DataError
from nnstudio.settings import problems_with, settings_of
from nnstudio.task import Task
from tests.data.makers import (
    TEST_IMAGES,
    TEST_LABELS,
    TRAIN_IMAGES,
    TRAIN_LABELS,
    complete_mnist,
    images,
    labels,
    write_idx_set,
    write_npz,
)

DIGITS = tuple("0123456789")


def test_the_sources_are_the_choices_of_a_recipe() -> None:
    source = next(declared for declared in settings_of(Recipe) if declared.name == "source")
    assert source.choices == tuple(SOURCES)
    assert not problems_with(Recipe())


def test_the_sample_has_400_digits_of_each_class_to_train_and_100_to_test() -> None:
    data = load(Recipe())
    assert (np.bincount(data.training.y) == 400).all() and (np.bincount(data.test.y) == 100).all()
    assert data.facts.sample_shape == (28, 28) and data.facts.task is Task.MANY_CLASSES
    assert (data.facts.training_count, data.facts.test_count) == (4000, 1000)
    assert data.class_names == DIGITS and data.name == "MNIST sample"


def test_no_digit_of_the_sample_trains_and_tests() -> None:
    data = load(Recipe())
    training = {image.tobytes() for image in data.training.x}
    assert len(training) == 4000 and training.isdisjoint(image.tobytes() for image in data.test.x)


def test_the_tail_of_the_sample_is_fair() -> None:
    _, validation = load(Recipe()).split(0.2)
    assert validation is not None and len(validation) == 800
    assert np.bincount(validation.y).min() > 50


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("name", ["", TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS])
def test_a_set_of_idx_files_opens_by_any_of_them_or_their_folder(
    tmp_path: Path, name: str, packed: bool
) -> None:
    write_idx_set(tmp_path, packed=packed)
    recipe = recipe_for(tmp_path / (name + ".gz" if name and packed else name))
    assert Path(recipe.source.place).name.startswith(TRAIN_IMAGES)
    data = load(recipe)
    assert np.array_equal(data.training.x, images(120)) and np.array_equal(data.test.y, labels(40))
    assert data.name == tmp_path.name and not data.notes


def test_idx_files_open_under_their_other_names(tmp_path: Path) -> None:
    write_idx_set(tmp_path)
    for file in list(tmp_path.iterdir()):
        file.rename(tmp_path / file.name.replace("-idx", ".idx").upper())
    data = load(recipe_for(tmp_path))
    assert (len(data.training), len(data.test)) == (120, 40)


def test_gzip_is_known_by_its_content(tmp_path: Path) -> None:
    write_idx_set(tmp_path, packed=True)
    for file in list(tmp_path.iterdir()):
        file.rename(file.with_name(file.name.removesuffix(".gz")))
    assert len(load(recipe_for(tmp_path)).training) == 120


@pytest.mark.parametrize("kept", ["train", "t10k"])
def test_without_test_files_a_fifth_of_each_class_tests(tmp_path: Path, kept: str) -> None:
    write_idx_set(tmp_path, training=120, test=120)
    for file in list(tmp_path.iterdir()):
        if not file.name.startswith(kept):
            file.unlink()
    data = load(recipe_for(tmp_path))
    assert len(data.test) == 24 and set(np.bincount(data.test.y)) <= {2, 3}


def test_the_complete_mnist_opens() -> None:
    data = load(recipe_for(complete_mnist()))
    assert (len(data.training), len(data.test)) == (60000, 10000)
    assert data.training.y[:5].tolist() == [5, 0, 4, 1, 9] and data.test.y[:5].tolist() == [7, 2, 1, 0, 4]
    assert data.class_names == DIGITS and data.facts.sample_shape == (28, 28)


@pytest.mark.parametrize("by_folder", [False, True])
def test_an_npz_file_like_keras_own_opens(tmp_path: Path, by_folder: bool) -> None:
    path = write_npz(tmp_path / "mnist.npz")
    data = load(recipe_for(tmp_path if by_folder else path))
    assert np.array_equal(data.training.x, images(60)) and data.training.x.dtype == np.uint8
    assert np.array_equal(data.test.y, labels(20)) and data.test.y.dtype == np.int64
    assert data.name == "mnist" and data.recipe.preparation.scaling == "0 to 1"


CHANGES: dict[str, dict[str, Any]] = {
    "labels in a column": {"y_train": labels(60)[:, None]},
    "another byte order": {"y_train": labels(60).astype(">i8")},
    "columns first in memory": {"x_train": np.asfortranarray(images(60))},
    "pixels as int64": {"x_train": images(60).astype(np.int64)},
    "one more array": {"notes": labels(3)},
}


@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES)
def test_an_npz_file_may_write_the_same_data_in_other_ways(tmp_path: Path, changes: dict[str, Any]) -> None:
    data = load(recipe_for(write_npz(tmp_path / "mnist.npz", **changes)))
    assert np.array_equal(data.training.x, images(60)) and np.array_equal(data.training.y, labels(60))
    assert data.training.x.dtype == np.uint8 and data.training.x.flags.c_contiguous


def test_fractions_in_an_npz_file_become_float32_and_are_not_scaled(tmp_path: Path) -> None:
    x = {"x_train": images(60) / 255, "x_test": images(20) / 255}
    data = load(recipe_for(write_npz(tmp_path / "mnist.npz", **x)))
    assert data.training.x.dtype == np.float32 and data.recipe.preparation.scaling == "none"


def test_two_classes_are_a_task_of_their_own(tmp_path: Path) -> None:
    y = {"y_train": labels(60) % 2, "y_test": labels(20) % 2}
    assert load(recipe_for(write_npz(tmp_path / "two.npz", **y))).facts.task is Task.TWO_CLASSES


def test_a_file_sorted_by_class_is_mixed_so_that_its_tail_is_fair(tmp_path: Path) -> None:
    path = write_npz(tmp_path / "sorted.npz", y_train=np.sort(labels(60)))
    first, second = load(recipe_for(path)), load(recipe_for(path))
    assert not np.array_equal(first.training.y, np.sort(labels(60)))
    assert np.array_equal(first.training.x, second.training.x)
    label_of = dict(zip(map(bytes, images(60)), np.sort(labels(60)), strict=True))
    assert [label_of[bytes(image)] for image in first.training.x] == first.training.y.tolist()


def test_a_path_that_no_system_takes_is_told_in_a_sentence() -> None:
    with pytest.raises(DataError, match="zero byte"):
        load(Recipe(ArrayFile("a\0b")))
