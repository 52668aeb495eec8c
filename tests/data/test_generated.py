"""Generated data: the same settings give the same bits, and each source is what it says."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings

from nnstudio.data.load import load
from nnstudio.data.preparation import NO_SCALING, STANDARD
from nnstudio.data.recipe import recipe_of
from nnstudio.data.source import Source
from nnstudio.data.sources import SOURCES
from nnstudio.data.sources.drug_trial import DrugTrial
from nnstudio.data.sources.formulas import Formula, Plane, Sine
from nnstudio.data.sources.one_weight import OneWeight
from nnstudio.data.sources.toys import Circle, Gaussians, Moons, Spirals, Toy, Xor
from nnstudio.formats.recipe_json import recipe_from_json, recipe_to_json
from nnstudio.settings import problems_with
from nnstudio.task import Task
from tests.strategies import owners

TOYS = tuple(kind for kind in SOURCES if issubclass(kind, Toy))
FORMULAS = tuple(kind for kind in SOURCES if issubclass(kind, Formula))
SEEDED = (DrugTrial, *TOYS, *FORMULAS)
GENERATED = (*SEEDED, OneWeight)


def bits(source: Source) -> str:
    raw = source.read()
    arrays = (raw.x, raw.y, raw.x_test, raw.y_test)
    return hashlib.sha256(b"".join(one.tobytes() for one in arrays if one is not None)).hexdigest()


def test_all_that_the_courses_use_can_be_chosen() -> None:
    assert {*TOYS, *FORMULAS} == {Circle, Xor, Gaussians, Spirals, Moons, Plane, Sine}
    assert set(GENERATED) <= set(SOURCES)


@pytest.mark.parametrize("kind", GENERATED)
def test_a_source_reads_the_same_bits_again_also_after_saving(kind: type[Source]) -> None:
    recipe = recipe_of(kind())
    again = recipe_from_json(json.loads(json.dumps(recipe_to_json(recipe))))
    assert again == recipe
    first, second = load(recipe), load(again)
    for part, other in ((first.training, second.training), (first.test, second.test)):
        assert part.x.tobytes() == other.x.tobytes() and part.y.tobytes() == other.y.tobytes()
        assert part.x.dtype == np.float32 and part.y.dtype in (np.float32, np.int64)


@pytest.mark.parametrize("kind", SEEDED)
def test_another_seed_makes_other_samples(kind: type[Source]) -> None:
    assert bits(kind()) != bits(replace(kind(), seed=1))


@given(owners(*GENERATED))
@hypothesis_settings(max_examples=60, deadline=None)
def test_any_settings_make_data_that_can_be_split_and_learnt(source: Source) -> None:
    data = load(recipe_of(source))
    facts = data.facts
    assert np.isfinite(data.training.x).all() and np.isfinite(data.test.x).all()
    assert len(data.training) >= 1 and len(data.test) >= 1
    assert data.input_names and len(data.input_names) == facts.sample_shape[0]
    assert facts.is_classes == (data.training.y.dtype == np.int64)
    if facts.is_classes:
        assert data.training.y.max() < facts.classes


@pytest.mark.parametrize("kind", TOYS)
def test_a_toy_has_as_many_points_of_each_class_in_each_part(kind: type[Toy]) -> None:
    data = load(recipe_of(kind(count=500)))
    for part in (data.training, data.test):
        counts = np.bincount(part.y)
        assert counts.max() - counts.min() <= 1
    assert data.facts.task is Task.TWO_CLASSES and len(data.training) + len(data.test) == 500


@pytest.mark.parametrize("kind", TOYS)
def test_a_toy_has_points_of_other_places_only_where_noise_moves_them(kind: type[Toy]) -> None:
    still, moved = (kind(noise=noise).read().x.astype(np.float64) for noise in (0.0, 0.1))
    assert 0.05 < (moved - still).std() < 0.15


def test_circle_and_xor_are_what_their_formulas_say() -> None:
    circle, xor = Circle(noise=0.0).read(), Xor(noise=0.0).read()
    radius = np.hypot(*circle.x.T)
    assert np.array_equal(radius > 0.6, circle.y == 1) and radius.max() <= 1.0 + 1e-6
    assert np.array_equal(np.sign(xor.x[:, 0]) != np.sign(xor.x[:, 1]), xor.y == 1)


def test_spirals_go_around_as_often_as_is_said() -> None:
    raw = Spirals(count=4000, noise=0.0, turns=2.5).read()
    arm = raw.x[raw.y == 0].astype(np.float64)
    way = np.hypot(*arm.T)
    angles = np.unwrap(np.arctan2(arm[:, 1], arm[:, 0])[np.argsort(way)])
    assert (angles[-1] - angles[0]) / (2 * math.pi) == pytest.approx(2.5 * (way.max() - way.min()), abs=0.01)


@pytest.mark.parametrize("classes", [2, 3, 4, 5])
def test_gaussians_have_as_many_clouds_as_are_wanted(classes: int) -> None:
    raw = Gaussians(classes=classes, noise=0.05).read()
    centers = np.array([raw.x[raw.y == index].mean(axis=0) for index in range(classes)])
    assert len(raw.class_names) == classes and np.allclose(np.hypot(*centers.T), 0.6, atol=0.02)
    assert raw.task is (Task.TWO_CLASSES if classes == 2 else Task.MANY_CLASSES)


def test_the_drug_trial_has_the_patients_that_the_courses_tell_of() -> None:
    data = load(recipe_of(DrugTrial()))
    assert data.class_names == ("no side effects", "side effects") and data.input_names == ("age",)
    for part, count in ((data.training, 2100), (data.test, 420)):
        ages = part.x[:, 0]
        older = ages >= 65
        assert len(part) == count and (ages.min(), ages.max()) >= (13, 14) and ages.max() <= 100
        assert older.sum() == count // 2 and np.array_equal(ages, np.floor(ages))
        assert part.y[older].mean() == pytest.approx(0.95, abs=0.003)
        assert part.y[~older].mean() == pytest.approx(0.05, abs=0.003)


def test_one_weight_is_one_sample_that_trains_and_tests() -> None:
    data = load(recipe_of(OneWeight()))
    for part in (data.training, data.test):
        assert part.x.tolist() == [[420.0]] and part.y.tolist() == [[425.0]]


def test_plane_and_sine_are_what_their_formulas_say() -> None:
    plane, sine = Plane(noise=0.0).read(), Sine(noise=0.0, periods=2.0).read()
    assert np.allclose(plane.y[:, 0], plane.x.mean(axis=1))
    assert np.allclose(sine.y, np.sin(2 * math.pi * sine.x), atol=1e-5)


@pytest.mark.parametrize("kind", GENERATED)
def test_a_source_proposes_how_it_is_prepared(kind: type[Source]) -> None:
    wanted = STANDARD if kind is DrugTrial else NO_SCALING
    assert recipe_of(kind()).preparation.scaling == wanted


def test_sizes_and_noise_have_bounds() -> None:
    refused = (Circle(count=9), Circle(count=100_001), Moons(noise=-0.1), Moons(noise=1.1), Sine(periods=0.0))
    assert all(problems_with(source) for source in refused)
