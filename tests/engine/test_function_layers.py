"""The layers that hold one function, and those that add noise or learn their slopes."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnstudio.engine.activations.rectifiers import elu_of, leaky_relu_of
from nnstudio.engine.design import design_of
from nnstudio.engine.layer import Layer
from nnstudio.engine.layers import ELU, Activation, Dense, GaussianNoise, LeakyReLU, PReLU, ReLU, Softmax
from nnstudio.engine.losses import CategoricalCrossentropy
from nnstudio.engine.network import Network
from nnstudio.engine.scratch import Scratch
from nnstudio.errors import ShapeError
from tests.engine.helpers import difference_quotients, numbers

POINTS = np.linspace(-3.0, 3.0, 61)


def scratch() -> Scratch:
    return Scratch(np.random.default_rng(0), np.float64)


def keras_relu(x: float, max_value: float | None, slope: float, threshold: float) -> float:
    """Keras' definition for one number."""
    if max_value is not None and x >= max(max_value, threshold + 1e-12):
        return max_value
    if x > threshold:
        return x if max_value is None else min(x, max_value)
    return slope * (x - threshold)


@given(
    st.none() | st.floats(0.0, 3.0),
    st.sampled_from([0.0, 0.2, 1.0, 1.7]),
    st.sampled_from([0.0, 0.5, 1.3]),
)
def test_relu_is_that_of_keras_for_all_its_settings(
    max_value: float | None, slope: float, threshold: float
) -> None:
    layer, x, here = ReLU(max_value, slope, threshold), POINTS.reshape(1, -1), scratch()
    expected = [keras_relu(number, max_value, slope, threshold) for number in POINTS]
    np.testing.assert_allclose(layer.forward({}, x, here)[0], expected, atol=1e-12)
    dx = layer.backward({}, {}, np.ones_like(x), here)[0]
    corners = np.array([threshold, np.inf if max_value is None else max_value])
    smooth = np.abs(POINTS[:, None] - corners).min(axis=1) > 1e-3
    found = difference_quotients(lambda: float(layer.forward({}, x, scratch()).sum()), x)[0]
    np.testing.assert_allclose(dx[smooth], found[smooth], atol=1e-6)


@given(st.floats(0.0, 5.0), st.floats(-20.0, 20.0))
def test_a_leaky_relu_has_the_slope_that_is_set(slope: float, number: float) -> None:
    x, function = np.array([number]), leaky_relu_of(slope)
    y = function.forward(x, np.empty(1))
    assert y[0] == pytest.approx(max(number, 0.0) + slope * min(number, 0.0))
    if abs(number) > 1e-9:
        dx = function.backward(x, y, np.ones(1), np.empty(1))
        assert dx[0] == pytest.approx(1.0 if number > 0.0 or slope == 1.0 else slope)


@given(st.floats(0.0, 5.0), st.floats(0.1, 3.0), st.floats(-20.0, 20.0))
def test_an_elu_has_the_depth_and_the_scale_that_are_set(alpha: float, scale: float, number: float) -> None:
    x, function = np.array([number]), elu_of(alpha, scale)
    y = function.forward(x, np.empty(1))
    assert y[0] == pytest.approx(scale * (max(number, 0.0) + alpha * math.expm1(min(number, 0.0))))
    if abs(number) > 1e-9 and (alpha == 0.0 or alpha > 1e-9):
        dx = function.backward(x, y, np.ones(1), np.empty(1))
        slope = 1.0 if number > 0.0 else alpha * math.exp(number)
        assert dx[0] == pytest.approx(scale * slope, abs=1e-12)


def test_leaky_relu_and_elu_have_keras_defaults() -> None:
    x = np.array([[-2.0, 3.0]])
    np.testing.assert_allclose(LeakyReLU().forward({}, x, scratch()), [[-0.6, 3.0]])
    np.testing.assert_allclose(ELU().forward({}, x, scratch()), [[np.expm1(-2.0), 3.0]])
    np.testing.assert_allclose(ELU(alpha=0.5).forward({}, x, scratch()), [[0.5 * np.expm1(-2.0), 3.0]])


@pytest.mark.parametrize(
    ("layer", "function"),
    [
        (ReLU(), "relu"),
        (ReLU(negative_slope=0.1), "leaky_relu"),
        (ReLU(max_value=6.0), ""),
        (ReLU(threshold=1.0), ""),
        (LeakyReLU(), "leaky_relu"),
        (ELU(), "elu"),
        (Softmax(), "softmax"),
        (Activation(activation="gelu"), "gelu"),
        (PReLU(), ""),
        (GaussianNoise(), ""),
    ],
)
def test_a_layer_tells_which_function_its_outputs_went_through(layer: Layer, function: str) -> None:
    assert layer.last_function == function


@pytest.mark.parametrize("end", [Softmax(), Activation(activation="softmax")])
def test_a_last_softmax_layer_is_left_to_the_loss(end: Layer) -> None:
    """However sure and wrong an output is, its gradient stays that of the logits."""
    inside, behind = (
        Network(design_of(*layers, loss=CategoricalCrossentropy()), (4,), seed=3)
        for layers in ((Dense(units=3, activation="softmax"),), (Dense(units=3), end))
    )
    x, y = 1000.0 * numbers(5, 4), np.array([0, 1, 2, 0, 1])
    assert inside.backpropagate(x, y) == behind.backpropagate(x, y) > 20.0
    assert inside.gradients.tobytes() == behind.gradients.tobytes()
    assert inside.predictor(x).tobytes() == behind.predictor(x).tobytes()


def test_a_softmax_without_its_function_does_nothing_and_keeps_its_name() -> None:
    bare = Softmax(name="end", trainable=False).without_last_function()
    assert bare == Activation(activation="linear", name="end", trainable=False)
    x = numbers(2, 3)
    assert bare.forward({}, x, scratch()) is x and bare.backward({}, {}, x, scratch()) is x


@pytest.mark.parametrize("layer", [Softmax(), Activation(activation="log_softmax")])
def test_a_function_of_rows_refuses_a_sample_without_axes(layer: Layer) -> None:
    with pytest.raises(ShapeError, match=r"needs a row of numbers.*\.$"):
        layer.output_shape(())
    assert Activation(activation="tanh").output_shape(()) == ()


@pytest.mark.parametrize("shared", [None, (), (1,), (2,), (1, 2), (3, 1), (1, 2, 3)])
def test_prelu_learns_a_slope_per_place_or_one_for_all_that_share_it(shared: tuple[int, ...] | None) -> None:
    shape, layer = (2, 3, 4), PReLU(shared_axes=shared)
    (spec,) = layer.weight_specs(shape)
    assert spec.shape == tuple(
        1 if axis in (shared or ()) else length for axis, length in enumerate(shape, start=1)
    )
    alpha, x, dy = (
        numbers(*size, seed=seed, dtype=np.float64)
        for seed, size in enumerate((spec.shape, (5, *shape), (5, *shape)))
    )
    weights, grads, here = {"alpha": alpha}, {"alpha": np.full(spec.shape, 7.0)}, scratch()
    y = layer.forward(weights, x, here)
    np.testing.assert_allclose(y, np.where(x > 0.0, x, alpha * x), atol=1e-12)
    dx = layer.backward(weights, grads, dy, here)
    np.testing.assert_allclose(dx, np.where(x > 0.0, dy, alpha * dy), atol=1e-12)
    by_place = (dy * np.minimum(x, 0.0)).sum(axis=0)
    axes = tuple(axis - 1 for axis in shared or ())
    np.testing.assert_allclose(grads["alpha"], by_place.sum(axis=axes, keepdims=True), atol=1e-12)


def test_prelu_refuses_to_share_an_axis_that_is_not_there() -> None:
    with pytest.raises(ShapeError, match=r"shares the axis 3, but a sample has 2\."):
        PReLU(shared_axes=(1, 3)).output_shape((4, 5))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("stddev", [0.0, 0.1, 1.0])
def test_noise_spreads_as_set_and_is_other_every_time(stddev: float, dtype: type) -> None:
    layer, here = GaussianNoise(stddev=stddev), Scratch(np.random.default_rng(0), dtype)
    x = np.full((300, 400), 2.0, dtype)
    first = layer.forward({}, x, here).copy()
    noise = first - 2.0
    assert noise.mean() == pytest.approx(0.0, abs=5.0 * stddev / noise.size**0.5 + 1e-9)
    assert noise.std() == pytest.approx(stddev, rel=0.01)
    assert np.mean(np.abs(noise) > 2.0 * stddev) == pytest.approx(0.0455 if stddev else 0.0, abs=0.003)
    assert (layer.forward({}, x, here) != first).any() == (stddev > 0.0)
    assert layer.predict({}, x, here) is x and layer.backward({}, {}, x, here) is x
