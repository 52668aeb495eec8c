"""What every layer promises, tested over the registry."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnstudio.engine.design import design_of
from nnstudio.engine.layer import Layer, size_of
from nnstudio.engine.layers import LAYERS, Activation, Dense, Dropout, Flatten
from nnstudio.engine.layout import lay_out
from nnstudio.engine.network import Network
from nnstudio.engine.scratch import Scratch
from nnstudio.errors import ShapeError
from nnstudio.task import Shape
from tests.engine.helpers import (
    SHAPES,
    difference_quotients,
    inputs_of,
    modest,
    numbers,
    shapes_of,
    variants,
)

EXAMPLES = [(layer, shape) for kind in LAYERS for layer in variants(kind) for shape in shapes_of(layer)]
of_every_layer = pytest.mark.parametrize("kind", LAYERS)
of_every_example = pytest.mark.parametrize(
    ("layer", "shape"), EXAMPLES, ids=[f"{layer}-{shape}" for layer, shape in EXAMPLES]
)
lengths = st.integers(1, 5)
shapes = st.lists(lengths, min_size=1, max_size=4).map(tuple)


class Bench:
    """One layer with weights and scratch of its own, to be called directly."""

    def __init__(self, layer: Layer, shape: Shape, dtype: type = np.float64) -> None:
        self.layer = layer
        network = Network(design_of(layer), shape, seed=3, dtype=dtype)
        self.weights = network.weights[0]
        self.trainable = [spec.name for spec in network.layout.specs[0] if spec.trainable]
        for index, name in enumerate(self.trainable):
            self.weights[name][...] = 0.5 * numbers(*self.weights[name].shape, seed=index)
        self.grads = {name: np.zeros_like(weight) for name, weight in self.weights.items()}
        self.rng = np.random.default_rng(5)
        self._first = self.rng.bit_generator.state
        self.scratch = Scratch(self.rng, dtype)

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Run the layer as in training, always with the same random numbers."""
        self.rng.bit_generator.state = self._first
        return self.layer.forward(self.weights, x, self.scratch)

    def backward(self, dy: np.ndarray) -> np.ndarray:
        return self.layer.backward(self.weights, self.grads, dy, self.scratch)


@of_every_layer
def test_a_layer_takes_at_least_one_of_the_shapes_that_are_tried(kind: type[Layer]) -> None:
    assert shapes_of(modest(kind))


@of_every_layer
def test_a_layer_takes_a_shape_or_raises_a_shape_error_that_is_a_sentence(kind: type[Layer]) -> None:
    for shape in ((), *SHAPES):
        try:
            modest(kind).output_shape(shape)
        except ShapeError as error:
            assert str(error).endswith(".")


@of_every_example
def test_outputs_have_the_promised_shape(layer: Layer, shape: Shape) -> None:
    bench = Bench(layer, shape)
    for batch in (1, 4, 2):
        x = inputs_of(layer, batch, shape, dtype=np.float64)
        assert bench.forward(x).shape == (batch, *layer.output_shape(shape))
        assert bench.backward(np.ones((batch, *layer.output_shape(shape)))).shape == x.shape
        assert layer.predict(bench.weights, x, bench.scratch).shape == (batch, *layer.output_shape(shape))


@of_every_example
def test_float32_stays_float32(layer: Layer, shape: Shape) -> None:
    bench = Bench(layer, shape, np.float32)
    x = inputs_of(layer, 2, shape)
    y = bench.forward(x)
    assert y.dtype == bench.backward(np.ones_like(y)).dtype == np.float32
    assert layer.predict(bench.weights, x, bench.scratch).dtype == np.float32
    assert all(array.dtype == np.float32 for array in (*bench.weights.values(), *bench.grads.values()))


@of_every_example
def test_the_gradients_are_those_of_difference_quotients(layer: Layer, shape: Shape) -> None:
    bench = Bench(layer, shape)
    x = inputs_of(layer, 3, shape, seed=7, dtype=np.float64)
    dy = numbers(3, *layer.output_shape(shape), seed=8, dtype=np.float64)

    def value() -> float:
        return float(np.sum(bench.forward(x) * dy))

    value()
    dx = bench.backward(dy.copy()).copy()
    grads = {name: bench.grads[name].copy() for name in bench.trainable}
    if not layer.takes_indices:
        np.testing.assert_allclose(dx, difference_quotients(value, x), rtol=1e-6, atol=1e-7)
    for name in bench.trainable:
        expected = difference_quotients(value, bench.weights[name])
        np.testing.assert_allclose(grads[name], expected, rtol=1e-6, atol=1e-7, err_msg=name)


@of_every_example
def test_a_layer_changes_neither_its_input_nor_the_gradient_it_is_given(layer: Layer, shape: Shape) -> None:
    bench = Bench(layer, shape)
    x = inputs_of(layer, 3, shape, dtype=np.float64)
    dy = numbers(3, *layer.output_shape(shape), dtype=np.float64)
    before = x.tobytes(), dy.tobytes()
    bench.forward(x)
    bench.backward(dy)
    layer.predict(bench.weights, x, Scratch(bench.rng, np.float64))
    assert (x.tobytes(), dy.tobytes()) == before


@of_every_example
def test_predicting_draws_no_random_numbers_and_repeats_itself(layer: Layer, shape: Shape) -> None:
    bench = Bench(layer, shape)
    x, state = inputs_of(layer, 3, shape, dtype=np.float64), bench.rng.bit_generator.state
    first = layer.predict(bench.weights, x, bench.scratch).copy()
    assert layer.predict(bench.weights, x, bench.scratch).tobytes() == first.tobytes()
    assert bench.rng.bit_generator.state == state


@of_every_example
def test_the_weights_of_a_layer_have_names_of_their_own_and_known_sizes(layer: Layer, shape: Shape) -> None:
    specs = lay_out((layer,), shape).specs[0]
    assert len({spec.name for spec in specs}) == len(specs)
    assert all(spec.size == size_of(spec.shape) for spec in specs)
    assert layer.multiply_adds(shape) >= 0


@given(shapes, lengths, st.integers(1, 4))
def test_dense_works_over_the_last_axis_of_any_shape(shape: Shape, units: int, batch: int) -> None:
    network = Network(design_of(Dense(units=units)), shape, dtype=np.float64)
    x = numbers(batch, *shape, dtype=np.float64)
    kernel, bias = network.weights[0]["kernel"], network.weights[0]["bias"]
    bias[:] = numbers(units)
    np.testing.assert_allclose(network.predictor(x), x @ kernel + bias, atol=1e-12)
    assert network.layout.shapes[-1] == (*shape[:-1], units)


@given(shapes, st.integers(1, 4))
def test_flatten_keeps_the_numbers_in_their_order(shape: Shape, batch: int) -> None:
    x = numbers(batch, *shape)
    y = Network(design_of(Flatten()), shape).predictor(x)
    assert y.shape == (batch, *Flatten().output_shape(shape))
    assert y.ravel().tolist() == x.ravel().tolist()


@pytest.mark.parametrize("rate", [0.0, 0.2, 0.5, 0.9, 0.999999, 1.0 - 2.0**-40])
def test_dropout_drops_its_share_and_keeps_the_mean(rate: float) -> None:
    x = np.ones((500, 400))
    y = Dropout(rate=rate).forward({}, x, Scratch(np.random.default_rng(0), np.float64))
    assert np.mean(y == 0) == pytest.approx(rate, abs=0.004)
    assert np.mean(y) == pytest.approx(1.0, abs=5.0 * np.sqrt(1.0 / (y.size * max(1.0 - rate, 2.0**-16))))


def test_dropout_of_no_share_drops_nothing() -> None:
    x = numbers(1000, 400)
    assert Dropout(rate=0.0).forward({}, x, Scratch(np.random.default_rng(0))).tobytes() == x.tobytes()


def test_dropout_drops_other_inputs_every_time() -> None:
    scratch = Scratch(np.random.default_rng(0))
    first = Dropout().forward({}, np.ones((9, 9), np.float32), scratch).copy()
    assert (first != Dropout().forward({}, np.ones((9, 9), np.float32), scratch)).any()


@pytest.mark.parametrize("rate", [0.0, 0.2, 0.5])
def test_dropout_drops_by_sixteen_random_bits_for_each_input(rate: float) -> None:
    """So that a run of old can be repeated bit for bit."""
    raw = np.random.default_rng(7).bit_generator.random_raw(25)
    bits = [int(raw[i // 4]) >> 16 * (i % 4) & 0xFFFF for i in range(99)]
    threshold = round(rate * 65_536)
    expected = [np.float32(65_536 / (65_536 - threshold)) if value >= threshold else 0.0 for value in bits]
    layer, scratch = Dropout(rate=rate), Scratch(np.random.default_rng(7))
    assert layer.forward({}, np.ones((3, 33), np.float32), scratch).ravel().tolist() == expected
    assert layer.backward({}, {}, np.ones((3, 33), np.float32), scratch).ravel().tolist() == expected


def test_an_activation_layer_is_the_same_as_an_activation_inside_dense() -> None:
    inside = Network(design_of(Dense(units=3, activation="tanh")), (4,))
    behind = Network(design_of(Dense(units=3), Activation(activation="tanh")), (4,))
    x = numbers(5, 4)
    assert inside.predictor(x).tobytes() == behind.predictor(x).tobytes()
