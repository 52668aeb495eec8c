"""The error of one weight is the parabola of paper and pencil, and trails tell how it was gone down."""

from __future__ import annotations

import numpy as np
import pytest

from nnstudio.data.load import load
from nnstudio.data.recipe import Recipe, recipe_of
from nnstudio.data.sources.formulas import Sine
from nnstudio.data.sources.one_weight import OneWeight
from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layers import Dense
from nnstudio.engine.losses import MeanSquaredError
from nnstudio.engine.network import Network, Snapshot
from nnstudio.engine.optimizers import SGD, Guess, Optimizer
from nnstudio.engine.plan import TrainingPlan
from nnstudio.experiments.history import History
from nnstudio.experiments.run import Run
from nnstudio.experiments.study import Study
from nnstudio.experiments.timeline import Checkpoint, Timeline
from nnstudio.experiments.weight_search import (
    has_one_weight,
    search_weights,
    trail_of,
    trails_of,
    tries_until_near,
)

RECIPE = recipe_of(OneWeight())
DATA = load(RECIPE)


def design(optimizer: Optimizer = SGD(1e-6)) -> Design:  # noqa: B008
    return design_of(Dense(1, use_bias=False), loss=MeanSquaredError(), optimizer=optimizer, metrics=())


def at(weight: float) -> Snapshot:
    return Snapshot(design(), (1,), np.array([weight], np.float32))


def run(optimizer: Optimizer, weights: list[float], iterations: list[int], recipe: Recipe = RECIPE) -> Run:
    points = [
        Checkpoint(iteration, float(iteration), np.array([weight], np.float32))
        for iteration, weight in zip(iterations, weights, strict=True)
    ]
    study = Study(design(optimizer), TrainingPlan(), recipe)
    return Run("key", study, (1,), (), History(("loss",)), Timeline(points))


def test_the_curve_is_the_squared_error() -> None:
    search = search_weights(at(0.3), DATA, ())
    assert search.errors == pytest.approx((420 * search.weights - 425) ** 2, rel=1e-3, abs=1.0)
    assert search.best == pytest.approx(425 / 420) and search.weight == pytest.approx(0.3)
    assert search.error == pytest.approx((420 * 0.3 - 425) ** 2, rel=1e-4)
    assert search.weights[0] < 0.3 and search.weights[-1] > 425 / 420


def test_of_many_samples_the_curve_is_the_mean_error() -> None:
    data = load(recipe_of(Sine(count=500)))
    search = search_weights(at(0.5), data, ())
    x, y = data.training.x[:, 0].astype(float), data.training.y[:, 0].astype(float)
    expected = [np.square(weight * x - y).mean() for weight in search.weights]
    assert search.errors == pytest.approx(expected, rel=1e-4)
    assert search.best == pytest.approx(x @ y / (x @ x), rel=1e-5)


def test_a_run_that_flew_away_does_not_flatten_the_curve() -> None:
    trail = trail_of(run(SGD(1.0), [0.5, 100.0, 1e9, np.inf], [0, 1, 2, 3]), current=True)
    assert trail is not None
    search = search_weights(at(np.nan), DATA, (trail,))
    assert np.isfinite(search.errors).all() and search.weights[-1] < 10


def test_tries_are_the_weights_that_were_looked_at() -> None:
    up = trail_of(run(Guess(0.25), [0.0, 0.25, 0.5, 0.5], [0, 1, 2, 5]), current=True)
    down = trail_of(run(Guess(0.25), [1.0, 0.5], [0, 2]), current=True)
    steps = trail_of(run(SGD(0.1), [0.0, 0.9], [0, 7]), current=True)
    assert up is not None and down is not None and steps is not None
    assert up.tries.tolist() == [
        0,
        1,
        2,
        2 + 3 * 2,
    ]  # each step up at the first try; then up and down in vain
    assert down.tries[-1] == 2 * 2 and steps.tries[-1] == 7


def test_tries_agree_with_a_count_of_the_losses() -> None:
    optimizer, losses = Guess(0.02), 0
    network = Network(design(optimizer), (1,), seed=3)
    x, y = DATA.training.x, DATA.training.y
    slots, weights, real = optimizer.slots_for(network), [float(network.parameters[0])], network.loss

    def counted(*batch: np.ndarray) -> float:
        nonlocal losses
        losses += 1
        return real(*batch)

    network.loss = counted  # type: ignore[method-assign, assignment]
    for _ in range(120):
        optimizer.train_batch(network, x, y, slots)
        weights.append(float(network.parameters[0]))
    trail = trail_of(run(optimizer, weights, list(range(121))), current=True)
    assert (
        trail is not None and trail.tries[-1] == losses - 120
    )  # each step begins with a look at where it is


def test_the_newest_trail_of_each_way_is_shown() -> None:
    other = recipe_of(OneWeight(target=1.0))
    kept = [
        run(SGD(1e-6), [0.1], [0]),
        run(SGD(1e-6), [0.2], [0]),
        run(Guess(), [0.3], [0]),
        run(Guess(), [0.4], [0], other),
    ]
    trails = trails_of(kept, run(SGD(1e-6), [0.5], [0]), DATA)
    assert [(trail.title, float(trail.weights[0]), trail.current) for trail in trails] == [
        ("SGD", pytest.approx(0.5), True),
        ("Guess", pytest.approx(0.3), False),
    ]


def test_a_network_with_more_than_one_number_is_none_of_one_weight() -> None:
    assert has_one_weight(at(1.0))
    for layers in ((Dense(1),), (Dense(1, use_bias=False), Dense(1, use_bias=False))):
        snapshot = Network(design_of(*layers, loss=MeanSquaredError()), (1,)).snapshot()
        assert not has_one_weight(snapshot)
    assert not has_one_weight(Network(design(), (2,)).snapshot())


def test_a_trail_is_near_when_a_hundredth_of_the_error_is_left() -> None:
    trail = trail_of(run(SGD(0.1), [3.0, 2.0, 1.3, 1.1], [0, 1, 2, 3]), current=True)
    assert trail is not None
    search = search_weights(at(1.1), DATA, (trail,))
    errors = search.trails[0][1]  # best is near 1.01: a tenth of the way is a hundredth of the error
    assert search.lowest == pytest.approx(0.0, abs=1e-3)
    assert tries_until_near(trail, errors, search.lowest) == 3
    assert tries_until_near(trail, errors[:3], search.lowest) is None
