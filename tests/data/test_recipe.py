"""A recipe parts, fills and scales samples as it says, learning only from the part that trains."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest

from nnstudio.data.columns import Column
from nnstudio.data.load import load
from nnstudio.data.preparation import DROP, MEAN, MEDIAN, MIN_MAX, MOST_FREQUENT, STANDARD, Preparation
from nnstudio.data.raw import Raw
from nnstudio.data.recipe import Recipe
from nnstudio.data.source import Source
from nnstudio.data.split import Split
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.errors import Cancelled, DataError
from nnstudio.task import Task

AGE, COLOUR = Column("age"), Column("colour", ("blue", "red"))
COUNT = 400


@dataclass(frozen=True)
class People(Source):
    """Ages, some of them missing, and colours of three classes of people."""

    gaps: int = 0
    classes: int = 3

    def read(self, watch: Watch = UNWATCHED) -> Raw:
        rng = np.random.default_rng(1)
        x = np.empty((COUNT, 3), np.float32)
        x[:, 0] = rng.integers(10, 90, COUNT)
        x[:, 1] = rng.random(COUNT) < 0.3
        x[:, 2] = 1 - x[:, 1]
        x[rng.choice(COUNT, self.gaps, replace=False), 0] = np.nan
        y = np.sort(rng.integers(0, self.classes, COUNT))
        names = tuple(f"class {index}" for index in range(self.classes))
        return Raw("people", Task.MANY_CLASSES, x, y, names, columns=(AGE, COLOUR))


def test_each_sample_trains_or_tests_and_keeps_its_number() -> None:
    data = load(Recipe(People()))
    x = People().read().x
    numbers = np.concatenate((data.training.numbers, data.test.numbers))
    assert sorted(numbers) == list(range(COUNT)) and len(data.test) == 80
    assert np.array_equal(data.test.x, x[data.test.numbers])


@pytest.mark.parametrize("share", [0.1, 0.2, 0.5])
def test_a_stratified_split_gives_every_part_the_same_share_of_each_class(share: float) -> None:
    data = load(Recipe(People(), Split(test_share=share)))
    training, validation = data.split(0.25)
    shares = np.bincount(People().read().y) / COUNT
    for samples in (training, validation, data.test):
        assert samples is not None
        assert np.abs(np.bincount(samples.y) / len(samples) - shares).max() <= 1.5 / len(samples)


def test_another_seed_is_another_split_and_the_same_is_the_same() -> None:
    first, again = load(Recipe(People())), load(Recipe(People()))
    other = load(Recipe(People(), Split(seed=1)))
    assert np.array_equal(first.training.x, again.training.x)
    assert not np.array_equal(first.test.x, other.test.x)


def test_without_mixing_the_last_rows_test() -> None:
    data = load(Recipe(People(), Split(shuffled=False)))
    assert list(data.test.numbers) == list(range(320, 400))


def test_a_class_left_out_still_tests() -> None:
    data = load(Recipe(People(), Split(left_out=("class 1", "of other data"))))
    assert 1 not in data.training.y and 1 in data.test.y and data.facts.classes == 3


def test_all_classes_left_out_leave_nothing_to_train_with() -> None:
    names = People().read().class_names
    with pytest.raises(DataError, match="found none"):
        load(Recipe(People(), Split(left_out=names)))


def test_standard_scaling_is_learnt_from_the_training_part_and_leaves_categories_alone() -> None:
    data = load(Recipe(People(), preparation=Preparation(STANDARD)))
    ages = data.training.x[:, 0].astype(np.float64)
    out = np.empty((len(data.test), 3), np.float32)
    scaled = data.test.x_rows(np.arange(len(data.test)), out)
    expected = (data.test.x[:, 0] - ages.mean()) / ages.std()
    assert np.allclose(scaled[:, 0], expected, atol=1e-6)
    assert np.array_equal(scaled[:, 1:], data.test.x[:, 1:])


def test_min_max_scaling_runs_from_0_to_1_in_the_training_part() -> None:
    data = load(Recipe(People(), preparation=Preparation(MIN_MAX)))
    scaled = data.scaler.apply(data.training.x)
    assert scaled.min() == 0 and scaled.max() == 1


def test_a_constant_input_is_not_divided_by_zero() -> None:
    x = np.full((5, 2), 7, np.float32)
    for scaling in (STANDARD, MIN_MAX):
        assert np.array_equal(Preparation(scaling).fitted(x).apply(x), np.zeros((5, 2)))


def test_rows_with_gaps_are_dropped_and_counted() -> None:
    data = load(Recipe(People(gaps=40), preparation=Preparation(missing=DROP)))
    assert len(data.training) + len(data.test) == COUNT - 40
    assert "40 rows were dropped" in data.notes


@pytest.mark.parametrize("missing", [MEAN, MEDIAN, MOST_FREQUENT])
def test_gaps_are_filled_with_what_the_training_part_has(missing: str) -> None:
    recipe = Recipe(People(gaps=40), preparation=Preparation(missing=missing))
    data, raw = load(recipe), People(gaps=40).read().x
    ages = raw[data.training.numbers, 0].astype(np.float64)
    ages = ages[~np.isnan(ages)]
    expected = {
        MEAN: ages.mean(),
        MEDIAN: np.median(ages),
        MOST_FREQUENT: np.bincount(ages.astype(int)).argmax(),
    }[missing]
    filled = data.test.x[np.isnan(raw[data.test.numbers, 0]), 0]
    assert len(filled) and np.allclose(filled, expected)
    assert data.columns[0].fill == pytest.approx(expected)


def test_another_scaling_copies_nothing_and_equals_a_new_reading() -> None:
    data = load(Recipe(People()))
    scaled = data.scaled(STANDARD)
    again = load(replace(data.recipe, preparation=Preparation(STANDARD)))
    assert scaled.training.x is data.training.x and scaled.recipe == again.recipe
    assert np.array_equal(scaled.scaler.apply(scaled.test.x), again.scaler.apply(again.test.x))


def test_loading_can_be_stopped() -> None:
    class Stopped(Watch):
        def cancelled(self) -> bool:
            return True

    with pytest.raises(Cancelled):
        load(Recipe(People()), Stopped())
