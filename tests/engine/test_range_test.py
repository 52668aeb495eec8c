"""The learning-rate range test: it tells what a rate does, and suggests one that trains well."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layers import Dense
from nnstudio.engine.losses import SparseCategoricalCrossentropy
from nnstudio.engine.optimizers import SGD, Adam, Optimizer
from nnstudio.engine.plan import TrainingPlan
from nnstudio.engine.progress import Epoch
from nnstudio.engine.range_test import RangePoint, range_test, suggested_rate
from nnstudio.engine.schedules import LinearWarmup
from nnstudio.engine.training import train
from tests.engine.helpers import ArraySamples, numbers, regression, start, value_samples

PLAN = TrainingPlan(batch_size=10)


def classifier(optimizer: Optimizer) -> Design:
    return design_of(
        Dense(units=16, activation="tanh"),
        Dense(units=3, activation="softmax"),
        loss=SparseCategoricalCrossentropy(),
        optimizer=optimizer,
        metrics=(),
    )


def class_samples(count: int = 300) -> ArraySamples:
    x = numbers(count, 4)
    return ArraySamples(x, x[:, :3].argmax(axis=1))


def points_of(design: Design, samples: ArraySamples, **limits: Any) -> list[RangePoint]:
    return list(range_test(design, PLAN, samples.x.shape[1:], samples, **limits))


def final_loss(optimizer: Optimizer) -> float:
    *_, epoch = train(start(classifier(optimizer), class_samples(), epochs=3, batch_size=10))
    assert isinstance(epoch, Epoch)
    return epoch.values["loss"]


@pytest.mark.parametrize("kind", [SGD, Adam])
def test_the_suggested_rate_trains_well(kind: type[Optimizer]) -> None:
    rate = suggested_rate(points_of(classifier(kind()), class_samples()))
    assert rate is not None
    losses = {factor: final_loss(kind(learning_rate=factor * rate)) for factor in (0.01, 0.1, 1.0)}
    assert losses[1.0] < min(0.3, losses[0.1]) and losses[0.1] < losses[0.01]


def test_rates_grow_by_the_same_factor_from_the_lowest_to_the_highest() -> None:
    points = points_of(regression(), value_samples(25), lowest=1e-5, highest=1e-2, steps=7)
    assert [point.rate for point in points] == pytest.approx(
        [10**exponent for exponent in np.arange(-5, -1.9, 0.5)]
    )


def test_each_batch_is_learnt_with_its_rate() -> None:
    samples = value_samples(25)
    points = points_of(regression(SGD()), samples, lowest=1e-3, highest=1e-1, steps=5)
    state = start(regression(SGD()), samples, epochs=2, batch_size=10)
    run = (event for event in train(state) if not isinstance(event, Epoch))
    for point in points:
        state.slots.learning_rate = point.rate
        assert next(run).values["loss"] == point.loss  # type: ignore[union-attr]


def test_the_smoothed_loss_is_a_mean_that_forgets() -> None:
    points = points_of(regression(), value_samples(40), steps=12)
    for count, point in enumerate(points, start=1):
        shares = 0.9 ** np.arange(count)[::-1]
        losses = [earlier.loss for earlier in points[:count]]
        assert point.smoothed == pytest.approx(np.average(losses, weights=shares))


def test_it_ends_where_the_loss_has_grown_far_beyond_its_best() -> None:
    points = points_of(regression(SGD()), value_samples(40), lowest=0.1, highest=100.0)
    assert len(points) < 100
    *before, last = (point.smoothed for point in points)
    assert last > 4.0 * min(before)
    assert all(loss <= 4.0 * min(before[: count + 1]) for count, loss in enumerate(before))


def test_it_ends_before_a_loss_that_is_no_number() -> None:
    samples = value_samples(40)
    samples.x[35] = np.inf
    points = list(range_test(regression(), replace(PLAN, shuffle=False), (3,), samples))
    assert len(points) == 3
    assert all(math.isfinite(point.smoothed) for point in points)


def test_nothing_at_all_can_be_learnt_from() -> None:
    samples = value_samples(40)
    samples.x[:] = np.nan
    assert points_of(regression(), samples) == []


def test_it_neither_follows_the_schedule_nor_changes_what_it_is_given() -> None:
    design, samples = regression(), value_samples(30)
    scheduled = replace(design, optimizer=SGD(schedule=LinearWarmup()))
    before = samples.x.tobytes()
    assert points_of(scheduled, samples) == points_of(design, samples) == points_of(design, samples)
    assert samples.x.tobytes() == before


def curve(*losses: float) -> list[RangePoint]:
    return [RangePoint(10.0**index, math.nan, loss) for index, loss in enumerate(losses)]


def test_the_rate_where_the_loss_falls_fastest_is_suggested() -> None:
    smoothed = [
        *20 * [5.0],
        *np.linspace(5.0, 1.0, 11),
        *np.linspace(1.0, 0.5, 20),
        *np.linspace(0.5, 4.0, 5),
    ]
    assert suggested_rate(curve(*smoothed)) == 10.0**25


@pytest.mark.parametrize(
    "losses",
    [
        (),
        (1.0,),
        tuple(np.linspace(5.0, 0.5, 20)),
        tuple(np.linspace(1.0, 4.0, 50)),
        tuple(np.linspace(1.0, 0.95, 50)),
        30 * (1.0,),
    ],
    ids=["nothing", "one batch", "too short", "only growing", "hardly falling", "flat"],
)
def test_nothing_is_suggested_where_nothing_can_be_told(losses: tuple[float, ...]) -> None:
    assert suggested_rate(curve(*losses)) is None
