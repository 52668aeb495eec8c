"""BatchNormalization and LayerNormalization against their formulas, written out in float64."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnstudio.engine.design import design_of
from nnstudio.engine.layer import Layer, Weights
from nnstudio.engine.layers import BatchNormalization, Dense, LayerNormalization
from nnstudio.engine.network import Network
from nnstudio.engine.optimizers import SGD
from nnstudio.engine.scratch import Scratch
from nnstudio.engine.training import train
from nnstudio.errors import DivergedError, ShapeError
from nnstudio.task import Shape
from tests.engine.helpers import difference_quotients, numbers, regression, start, value_samples

IMAGES = (6, 5, 4, 3)
shapes = st.lists(st.integers(1, 6), min_size=2, max_size=4).map(tuple)


def normalised(x: np.ndarray, axis: tuple[int, ...], epsilon: float) -> np.ndarray:
    return (x - x.mean(axis=axis, keepdims=True)) / np.sqrt(x.var(axis=axis, keepdims=True) + epsilon)


def at_work(layer: Layer, shape: Shape, dtype: type = np.float64) -> tuple[Weights, Scratch]:
    """Return weights that are no longer as they begin, the variance positive, and a scratch."""
    weights = Network(design_of(layer), shape, dtype=dtype).weights[0]
    for index, weight in enumerate(weights.values()):
        weight[:] = np.abs(numbers(*weight.shape, seed=index)) + 0.1
    return weights, Scratch(np.random.default_rng(0), dtype)


@given(shapes, st.floats(1e-6, 1.0), st.booleans(), st.booleans())
def test_a_batch_is_normalised_by_channel(shape: Shape, epsilon: float, center: bool, scale: bool) -> None:
    layer = BatchNormalization(epsilon=epsilon, center=center, scale=scale)
    weights, scratch = at_work(layer, shape[1:])
    x = 3.0 * numbers(*shape, dtype=np.float64) + 5.0
    expected = normalised(x, tuple(range(x.ndim - 1)), epsilon)
    expected = expected * weights.get("gamma", 1.0) + weights.get("beta", 0.0)
    np.testing.assert_allclose(layer.forward(weights, x, scratch), expected, rtol=1e-9, atol=1e-9)


@given(shapes, st.floats(1e-6, 1.0), st.booleans(), st.booleans())
def test_a_row_is_normalised_alone(shape: Shape, epsilon: float, center: bool, scale: bool) -> None:
    layer = LayerNormalization(epsilon=epsilon, center=center, scale=scale)
    weights, scratch = at_work(layer, shape[1:])
    x = 3.0 * numbers(*shape, dtype=np.float64) + 5.0
    expected = normalised(x, (-1,), epsilon) * weights.get("gamma", 1.0) + weights.get("beta", 0.0)
    np.testing.assert_allclose(layer.forward(weights, x, scratch), expected, rtol=1e-9, atol=1e-9)
    assert layer.predict(weights, x, scratch).tobytes() == layer.forward(weights, x, scratch).tobytes()


@pytest.mark.parametrize("shape", [(7, 3), IMAGES, (1, 2, 2, 3)])
@pytest.mark.parametrize("unbiased", [False, True])
@pytest.mark.parametrize("momentum", [0.0, 0.9, 1.0])
def test_mean_and_variance_move_with_every_batch(shape: Shape, unbiased: bool, momentum: float) -> None:
    layer = BatchNormalization(momentum=momentum, unbiased_variance=unbiased)
    weights, scratch = at_work(layer, shape[1:])
    mean, variance = weights["moving_mean"].copy(), weights["moving_variance"].copy()
    for seed in range(3):
        x = 2.0 * numbers(*shape, seed=seed, dtype=np.float64) - 1.0
        layer.forward(weights, x, scratch)
        rows = x.reshape(-1, shape[-1])
        mean = momentum * mean + (1.0 - momentum) * rows.mean(axis=0)
        variance = momentum * variance + (1.0 - momentum) * rows.var(axis=0, ddof=int(unbiased))
    np.testing.assert_allclose(weights["moving_mean"], mean, rtol=1e-12)
    np.testing.assert_allclose(weights["moving_variance"], variance, rtol=1e-12)


def test_a_single_row_has_no_variance_and_does_no_harm() -> None:
    layer = BatchNormalization(unbiased_variance=True, momentum=0.5)
    weights, scratch = at_work(layer, (3,))
    layer.forward(weights, numbers(1, 3, dtype=np.float64), scratch)
    assert np.isfinite(weights["moving_variance"]).all()


@pytest.mark.parametrize("layer", [BatchNormalization(), BatchNormalization(trainable=False)])
def test_predicting_uses_what_moved_along(layer: BatchNormalization) -> None:
    weights, scratch = at_work(layer, IMAGES[1:])
    x, before = numbers(*IMAGES, dtype=np.float64), {name: w.copy() for name, w in weights.items()}
    deviation = np.sqrt(weights["moving_variance"] + layer.epsilon)
    expected = (x - weights["moving_mean"]) / deviation * weights["gamma"] + weights["beta"]
    np.testing.assert_allclose(layer.predict(weights, x, scratch), expected, rtol=1e-10)
    assert all(np.array_equal(weights[name], before[name]) for name in before)


def test_a_frozen_layer_trains_as_it_predicts_and_moves_nothing() -> None:
    layer = BatchNormalization(trainable=False)
    weights, scratch = at_work(layer, IMAGES[1:])
    x, dy = numbers(*IMAGES, dtype=np.float64), numbers(*IMAGES, seed=1, dtype=np.float64)
    before = {name: w.copy() for name, w in weights.items()}
    y = layer.forward(weights, x, scratch).copy()
    assert y.tobytes() == layer.predict(weights, x, scratch).tobytes()
    dx = layer.backward(weights, {}, dy, scratch).copy()
    expected = difference_quotients(lambda: float(np.sum(layer.forward(weights, x, scratch) * dy)), x)
    np.testing.assert_allclose(dx, expected, rtol=1e-6, atol=1e-8)
    assert all(np.array_equal(weights[name], before[name]) for name in before)


@pytest.mark.parametrize("layer", [BatchNormalization(), LayerNormalization()])
@pytest.mark.parametrize("trainable", [True, False])
@pytest.mark.parametrize("below", [(), (Dense(units=4, activation="tanh"),)])
def test_gradients_above_and_below_a_layer_are_right(
    layer: Layer, trainable: bool, below: tuple[Layer, ...]
) -> None:
    design = regression(SGD(), *below, replace(layer, trainable=trainable), Dense(units=3))
    network = Network(design, (3,), seed=2, dtype=np.float64)
    samples = value_samples(7)
    x = samples.x.astype(np.float64)
    network.backpropagate(x, samples.y)
    found = network.gradients.copy()
    weights = network.parameters[: found.size]
    expected = difference_quotients(lambda: network.backpropagate(x, samples.y), weights, step=1e-5)
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-8)


@pytest.mark.parametrize("count", [1, 31, 96, 128])
@pytest.mark.parametrize("kind", [BatchNormalization, LayerNormalization])
def test_float32_is_as_good_as_float64_for_large_batches_of_every_size(kind: type[Layer], count: int) -> None:
    shape = (count, 13, 13, 16)
    layer, x = kind(), 3.0 * numbers(*shape) + 20.0
    dy, results = numbers(*shape, seed=1), []
    for dtype in (np.float32, np.float64):
        weights, scratch = at_work(layer, shape[1:], dtype)
        grads = {name: np.zeros_like(weight) for name, weight in weights.items()}
        y = layer.forward(weights, x.astype(dtype), scratch)
        dx = layer.backward(weights, grads, dy.astype(dtype), scratch)
        results.append([y, dx, *weights.values(), *(grads[name] / len(x) for name in ("gamma", "beta"))])
    for single, double in zip(*results, strict=True):
        np.testing.assert_allclose(single, double, rtol=2e-5, atol=2e-5)


def test_a_batch_that_went_wrong_leaves_the_moving_statistics_alone() -> None:
    samples = value_samples(20)
    samples.y[13] = np.inf
    state = start(regression(SGD(), BatchNormalization()), samples, batch_size=10, shuffle=False)
    run = train(state)
    next(run)
    before = state.network.parameters.tobytes()
    with pytest.raises(DivergedError):
        next(run)
    assert state.network.parameters.tobytes() == before


@pytest.mark.parametrize("layer", [BatchNormalization(), LayerNormalization()])
def test_the_weights_are_those_of_keras_in_its_order(layer: Layer) -> None:
    names = ("gamma", "beta", "moving_mean", "moving_variance")[: 4 if "Batch" in type(layer).__name__ else 2]
    assert tuple(spec.name for spec in layer.weight_specs((2, 5))) == names
    assert all(spec.shape == (5,) for spec in layer.weight_specs((2, 5)))
    with pytest.raises(ShapeError, match="without axes"):
        layer.output_shape(())


def test_a_batch_that_drifts_far_has_its_variance_all_the_same() -> None:
    """The first rows, near which the sums are taken, lie nowhere near the others."""
    x = numbers(64, 32, 32, 4) + 100.0 * (np.arange(64) > 3)[:, None, None, None]
    layer = BatchNormalization(momentum=0.0)
    weights, scratch = at_work(layer, x.shape[1:], np.float32)
    layer.forward(weights, x.astype(np.float32), scratch)
    rows = x.reshape(-1, 4).astype(np.float64)
    np.testing.assert_allclose(weights["moving_mean"], rows.mean(axis=0), rtol=1e-5)
    np.testing.assert_allclose(weights["moving_variance"], rows.var(axis=0), rtol=1e-5)
