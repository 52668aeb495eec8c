"""Regularizers and constraints, tested over their registries: by themselves, and at work in a network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnstudio.engine.constraints import CONSTRAINTS, Constraint, MaxNorm, MinMaxNorm, NonNeg, UnitNorm
from nnstudio.engine.layer import Layer
from nnstudio.engine.layers import LAYERS, BatchNormalization, Dense, Flatten
from nnstudio.engine.losses import MeanSquaredError
from nnstudio.engine.network import Network
from nnstudio.engine.optimizers import SGD
from nnstudio.engine.regularizers import L1, L1L2, L2, REGULARIZERS, Regularizer
from nnstudio.engine.training import evaluate, train
from nnstudio.settings import settings_of
from tests.engine.helpers import (
    ArraySamples,
    difference_quotients,
    modest,
    numbers,
    regression,
    shapes_of,
    start,
    value_samples,
)

EPSILON = 1e-7
Formula = Callable[[np.ndarray], np.ndarray]
Rule = Callable[[np.ndarray], bool]

# Keras' formulas, for one weight array.
PENALTIES = [
    (L1(0.2), lambda w: 0.2 * np.abs(w).sum()),
    (L2(0.3), lambda w: 0.3 * (w**2).sum()),
    (L1L2(0.2, 0.3), lambda w: 0.2 * np.abs(w).sum() + 0.3 * (w**2).sum()),
    (L1L2(0.0, 0.0), lambda w: 0.0),
]


def norm(w: np.ndarray, axis: tuple[int, ...]) -> np.ndarray:
    return np.sqrt((w**2).sum(axis=axis, keepdims=True))


# What Keras makes of a weight array, and what then holds for it.
CONSTRAINED = [
    (NonNeg(), lambda w: w * (w >= 0.0), lambda w: (w >= 0.0).all()),
    (
        MaxNorm(0.7),
        lambda w: w * np.clip(norm(w, (0,)), 0.0, 0.7) / (EPSILON + norm(w, (0,))),
        lambda w: norm(w, (0,)).max() <= 0.7 + 1e-6,
    ),
    (
        MaxNorm(0.7, (1,)),
        lambda w: w * np.clip(norm(w, (1,)), 0.0, 0.7) / (EPSILON + norm(w, (1,))),
        lambda w: norm(w, (1,)).max() <= 0.7 + 1e-6,
    ),
    (
        UnitNorm(),
        lambda w: w / (EPSILON + norm(w, (0,))),
        lambda w: np.allclose(norm(w, (0,)), 1.0, atol=1e-6),
    ),
    (
        MinMaxNorm(0.5, 0.8),
        lambda w: w * np.clip(norm(w, (0,)), 0.5, 0.8) / (EPSILON + norm(w, (0,))),
        lambda w: norm(w, (0,)).min() >= 0.5 - 1e-6 and norm(w, (0,)).max() <= 0.8 + 1e-6,
    ),
]
of_every_constraint = pytest.mark.parametrize(("constraint", "formula", "holds"), CONSTRAINED)


def test_every_kind_is_tried() -> None:
    assert {type(regularizer) for regularizer, _ in PENALTIES} == set(REGULARIZERS)
    assert {type(constraint) for constraint, _, _ in CONSTRAINED} == set(CONSTRAINTS)


@pytest.mark.parametrize(("regularizer", "formula"), PENALTIES)
def test_a_penalty_and_its_gradient_are_those_of_keras(regularizer: Regularizer, formula: Formula) -> None:
    w, before = numbers(4, 3, dtype=np.float64), numbers(4, 3, seed=1, dtype=np.float64)
    grad = before.copy()
    regularizer.add_gradient(w, grad)
    assert regularizer.penalty(w) == pytest.approx(formula(w))
    expected = difference_quotients(lambda: regularizer.penalty(w), w)
    np.testing.assert_allclose(grad - before, expected, rtol=1e-6, atol=1e-9)


@of_every_constraint
def test_a_constraint_does_what_that_of_keras_does(
    constraint: Constraint, formula: Formula, holds: Rule
) -> None:
    for scale in (0.1, 1.0, 10.0):
        w = scale * numbers(4, 3)
        expected = formula(w.astype(np.float64))
        constraint.apply(w)
        assert w.dtype == np.float32
        np.testing.assert_allclose(w, expected, rtol=1e-6, atol=1e-7)
        assert holds(w)


@given(st.floats(0.0, 1.0), st.floats(0.0, 2.0), st.floats(0.0, 2.0))
def test_min_max_norm_goes_its_part_of_the_way(rate: float, low: float, more: float) -> None:
    constraint, w = MinMaxNorm(low, low + more, rate), 2.0 * numbers(3, 2, dtype=np.float64)
    before = norm(w, (0,))
    constraint.apply(w)
    wanted = rate * np.clip(before, low, low + more) + (1.0 - rate) * before
    np.testing.assert_allclose(norm(w, (0,)), wanted, rtol=1e-6, atol=1e-6)


def test_a_constraint_over_axes_takes_those_that_an_array_has() -> None:
    image, row = numbers(3, 3, 2, 4), numbers(5)
    MaxNorm(0.5, (0, 1, 2)).apply(image)
    assert norm(image, (0, 1, 2)).max() <= 0.5 + 1e-6
    MaxNorm(0.5, (0, 1, 2)).apply(row)
    assert norm(row, (0,)).max() <= 0.5 + 1e-6


@of_every_constraint
def test_what_is_constrained_stays_so_after_every_batch(
    constraint: Constraint, formula: Formula, holds: Rule
) -> None:
    layer = Dense(units=4, activation="tanh", kernel_constraint=constraint)
    state = start(regression(SGD(learning_rate=0.5), layer), value_samples(30), epochs=2, batch_size=10)
    bias = state.network.weights[0]["bias"].tobytes()
    for _ in train(state):
        assert holds(state.network.weights[0]["kernel"])
    assert state.network.weights[0]["bias"].tobytes() != bias


REGULARIZED = [
    replace(modest(kind), **{declared.name: L1L2(0.1, 0.2)})
    for kind in LAYERS
    for declared in settings_of(kind)
    if declared.name.endswith("_regularizer") and not kind.takes_indices
]
of_every_regularized = pytest.mark.parametrize("layer", REGULARIZED, ids=repr)


def without_rules(layer: Layer) -> Layer:
    names = [s.name for s in settings_of(layer) if s.name.endswith("_regularizer")]
    return replace(layer, **dict.fromkeys(names))


def filled(layer: Layer, dtype: type) -> Network:
    """Return a network whose weights are no longer as they begin, the same for the same shapes."""
    design = replace(regression(None, layer, Flatten()), loss=MeanSquaredError())
    network = Network(design, shapes_of(layer)[0], seed=1, dtype=dtype)
    network.parameters[:] = np.abs(numbers(network.parameters.size, seed=2))
    return network


def samples_for(layer: Layer, dtype: type = np.float32) -> ArraySamples:
    return ArraySamples(numbers(5, *shapes_of(layer)[0], dtype=dtype), numbers(5, 2, seed=1, dtype=dtype))


@of_every_regularized
def test_a_penalty_is_in_the_loss_and_in_the_gradients_of_training(layer: Layer) -> None:
    samples, network = samples_for(layer, np.float64), filled(layer, np.float64)
    plain = filled(without_rules(layer), np.float64)
    (name,) = (spec.name for spec in network.layout.specs[0] if spec.regularizer is not None)
    w = network.weights[0][name]
    difference = network.backpropagate(samples.x, samples.y) - plain.backpropagate(samples.x, samples.y)
    assert difference == pytest.approx(0.1 * np.abs(w).sum() + 0.2 * (w**2).sum())
    slopes = network.gradients - plain.gradients
    place = network.layout.places[0][name]
    expected = (0.1 * np.sign(w) + 0.4 * w).ravel()
    np.testing.assert_allclose(slopes[place.start : place.start + w.size], expected, atol=1e-9)
    assert np.count_nonzero(slopes) == np.count_nonzero(expected)


@of_every_regularized
def test_a_penalty_is_in_what_evaluating_tells(layer: Layer) -> None:
    samples = samples_for(layer)
    network, plain = (filled(one, np.float32) for one in (layer, without_rules(layer)))
    found = evaluate(network.predictor, samples)["loss"] - evaluate(plain.predictor, samples)["loss"]
    assert found == pytest.approx(network.penalty(), rel=1e-4) and found > 0.1


@of_every_regularized
def test_frozen_weights_cost_nothing(layer: Layer) -> None:
    samples, frozen = samples_for(layer), replace(layer, trainable=False)
    network, plain = (filled(one, np.float32) for one in (frozen, without_rules(frozen)))
    assert network.penalty() == 0.0
    losses = [one.backpropagate(samples.x, samples.y) for one in (network, plain)]
    assert losses[0] == losses[1] and network.gradients.tobytes() == plain.gradients.tobytes()
    assert evaluate(network.predictor, samples) == evaluate(plain.predictor, samples)


@pytest.mark.parametrize("kind", CONSTRAINTS)
def test_frozen_weights_are_not_constrained(kind: type[Constraint]) -> None:
    layer = BatchNormalization(gamma_constraint=kind(), trainable=False)
    network = Network(regression(None, layer), (3,))
    network.weights[0]["gamma"][:] = [-5.0, 1.0, 5.0]
    network.constrain()
    assert network.weights[0]["gamma"].tolist() == [-5.0, 1.0, 5.0]
