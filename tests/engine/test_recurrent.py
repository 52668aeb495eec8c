"""Tests of SimpleRNN, LSTM, GRU against plain loops, and of what they promise beyond every layer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nnstudio.engine.design import design_of
from nnstudio.engine.layers import GRU, LSTM, Dense, SimpleRNN, recurrent
from nnstudio.engine.losses import CategoricalCrossentropy
from nnstudio.engine.network import Network
from nnstudio.engine.peeling import peel
from tests.engine.helpers import difference_quotients, modest, numbers, variants
from tests.engine.recurrences import recurrence
from tests.engine.test_layers import Bench

KINDS = (SimpleRNN, LSTM, GRU)
SHAPE = (5, 4)
RATES = ((0.4, 0.0), (0.0, 0.4), (0.4, 0.3))
LAYERS = [layer for kind in KINDS for layer in variants(kind)]
of_every_kind = pytest.mark.parametrize("kind", KINDS)
of_every_layer = pytest.mark.parametrize("layer", LAYERS, ids=str)
DROPPING = [
    kind(units=3, dropout=dropout, recurrent_dropout=recurrent, **options)
    for kind in KINDS
    for dropout, recurrent in RATES
    for options in ({}, {"go_backwards": True, "return_sequences": True}, {"use_bias": False})
] + [GRU(units=3, reset_after=False, dropout=dropout, recurrent_dropout=rate) for dropout, rate in RATES]
of_every_dropping_layer = pytest.mark.parametrize("layer", DROPPING, ids=str)


def masks_of(bench: Bench, batch: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the masks of the last forward pass, one for each gate in Keras' order."""
    layer: Any = bench.layer
    masks = bench.scratch["masks"]
    whole = np.broadcast_to(masks, (layer.gates, *masks.shape[1:]))[list(layer.order)].swapaxes(1, 2)
    return whole[..., : SHAPE[1]], whole[..., -layer.units :]


@of_every_layer
def test_outputs_are_those_of_the_formulas(layer: Any) -> None:
    bench, x = Bench(layer, SHAPE), numbers(3, *SHAPE, dtype=np.float64)
    for weight in bench.weights.values():
        weight *= 0.3  # small, because a state may go through an exponential at every step
    expected = recurrence(layer, bench.weights, x)
    np.testing.assert_allclose(bench.forward(x), expected, rtol=1e-12, atol=1e-13)
    predicted = layer.predict(bench.weights, x, bench.scratch)
    np.testing.assert_allclose(predicted, expected, rtol=1e-12, atol=1e-13)


@of_every_dropping_layer
def test_dropout_goes_to_the_inputs_and_to_the_state_of_each_gate(layer: Any) -> None:
    bench, x = Bench(layer, SHAPE), numbers(3, *SHAPE, dtype=np.float64)
    y = bench.forward(x)
    expected = recurrence(layer, bench.weights, x, *masks_of(bench, 3))
    np.testing.assert_allclose(y, expected, rtol=0, atol=1e-13)


@of_every_dropping_layer
def test_gradients_with_dropout_are_those_of_difference_quotients(layer: Any) -> None:
    bench = Bench(layer, SHAPE)
    x = numbers(3, *SHAPE, seed=7, dtype=np.float64)
    dy = numbers(3, *layer.output_shape(SHAPE), seed=8, dtype=np.float64)

    def value() -> float:
        return float(np.sum(bench.forward(x) * dy))

    value()
    dx = bench.backward(dy.copy()).copy()
    grads = {name: bench.grads[name].copy() for name in bench.trainable}
    np.testing.assert_allclose(dx, difference_quotients(value, x), rtol=1e-6, atol=1e-7)
    for name in bench.trainable:
        expected = difference_quotients(value, bench.weights[name])
        np.testing.assert_allclose(grads[name], expected, rtol=1e-6, atol=1e-7, err_msg=name)


@of_every_dropping_layer
def test_predicting_drops_nothing(layer: Any) -> None:
    bench, x = Bench(layer, SHAPE), numbers(3, *SHAPE, dtype=np.float64)
    y = layer.predict(bench.weights, x, bench.scratch)
    np.testing.assert_allclose(y, recurrence(layer, bench.weights, x), rtol=0, atol=1e-13)


@of_every_kind
@pytest.mark.parametrize(("dropout", "recurrent_dropout"), RATES)
def test_masks_have_their_rates_and_are_shared_as_in_keras(
    kind: Any, dropout: float, recurrent_dropout: float
) -> None:
    layer = kind(units=60, dropout=dropout, recurrent_dropout=recurrent_dropout)
    bench = Bench(layer, (2, 50))
    bench.forward(numbers(200, 2, 50, dtype=np.float64))
    masks = bench.scratch["masks"]
    assert len(masks) == (layer.gates if recurrent_dropout else 1)
    for mask, rate in ((masks[:, :50], dropout), (masks[:, -60:], recurrent_dropout)):
        assert np.mean(mask == 0.0) == pytest.approx(rate, abs=0.02)
        assert mask[mask > 0.0] == pytest.approx(1.0 / (1.0 - rate), rel=1e-4)
        assert rate == 0.0 or len({part.tobytes() for part in mask}) == len(masks)
    assert (masks[:, 50:-60] == 1.0).all()


@of_every_kind
def test_every_batch_drops_something_else(kind: Any) -> None:
    bench, x = Bench(kind(units=3, dropout=0.5), SHAPE), numbers(8, *SHAPE, dtype=np.float64)
    first = bench.layer.forward(bench.weights, x, bench.scratch).copy()
    assert (bench.layer.forward(bench.weights, x, bench.scratch) != first).any()


@of_every_kind
def test_going_backwards_is_reading_the_steps_in_reverse(kind: Any) -> None:
    forwards = Bench(kind(units=3, return_sequences=True), SHAPE)
    backwards = Bench(kind(units=3, return_sequences=True, go_backwards=True), SHAPE)
    x, dy = numbers(2, *SHAPE, dtype=np.float64), numbers(2, 5, 3, seed=1, dtype=np.float64)
    assert backwards.forward(x).tobytes() == forwards.forward(x[:, ::-1]).tobytes()
    assert backwards.backward(dy).tobytes() == forwards.backward(dy)[:, ::-1].tobytes()


@of_every_kind
def test_the_last_of_all_states_is_the_one_that_is_given_alone(kind: Any) -> None:
    every, last = Bench(kind(units=3, return_sequences=True), SHAPE), Bench(kind(units=3), SHAPE)
    x = numbers(2, *SHAPE, dtype=np.float64)
    assert every.forward(x)[:, -1].tobytes() == last.forward(x).tobytes()


@of_every_kind
@pytest.mark.parametrize("numbers_at_once", [2**24, 1000, 1])
def test_many_samples_are_predicted_as_few_are(
    kind: Any, numbers_at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recurrent, "_PREDICT_NUMBERS", numbers_at_once)
    network = Network(design_of(kind(units=4, return_sequences=True)), SHAPE)
    x = numbers(700, *SHAPE)
    whole = network.predictor(x).copy()
    assert whole.shape == (700, 5, 4)
    for start in (0, 255, 256, 600):
        few = network.predictor(x[start : start + 3])
        np.testing.assert_allclose(whole[start : start + 3], few, rtol=0, atol=1e-6)


@of_every_kind
def test_a_frozen_layer_passes_gradients_on_without_filling_its_own(kind: Any) -> None:
    free, frozen = Bench(kind(units=3), SHAPE), Bench(kind(units=3, trainable=False), SHAPE)
    x, dy = numbers(2, *SHAPE, dtype=np.float64), numbers(2, 3, seed=1, dtype=np.float64)
    for name, weight in frozen.weights.items():
        weight[...] = free.weights[name]
    for bench in (free, frozen):
        bench.forward(x)
    assert frozen.backward(dy).tobytes() == free.backward(dy).tobytes()
    assert not any(grad.any() for grad in frozen.grads.values())
    assert all(grad.any() for grad in free.grads.values())


@of_every_kind
def test_the_first_layer_learns_without_the_gradient_of_its_inputs(kind: Any) -> None:
    needing, first = Bench(kind(units=3), SHAPE), Bench(kind(units=3), SHAPE)
    first.scratch.needs_dx = False
    x, dy = numbers(2, *SHAPE, dtype=np.float64), numbers(2, 3, seed=1, dtype=np.float64)
    for bench in (needing, first):
        bench.forward(x)
        bench.backward(dy)
    for name, grad in needing.grads.items():
        np.testing.assert_allclose(first.grads[name], grad, rtol=0, atol=1e-14)


@pytest.mark.parametrize("unit_forget_bias", [True, False])
def test_constants_of_the_forget_gate_start_at_one_if_wanted(unit_forget_bias: bool) -> None:
    network = Network(design_of(LSTM(units=3, unit_forget_bias=unit_forget_bias)), SHAPE)
    forget = 1.0 if unit_forget_bias else 0.0
    assert network.weights[0]["bias"].tolist() == [0.0] * 3 + [forget] * 3 + [0.0] * 6


@of_every_kind
def test_recurrent_kernels_start_with_rows_at_right_angles(kind: Any) -> None:
    kernel = Network(design_of(kind(units=6)), SHAPE).weights[0]["recurrent_kernel"]
    np.testing.assert_allclose(kernel @ kernel.T, np.eye(6), rtol=0, atol=1e-6)


@of_every_kind
def test_weights_have_the_shapes_of_keras(kind: Any) -> None:
    gates = {"SimpleRNN": 1, "LSTM": 4, "GRU": 3}[kind.__name__]
    shapes = {spec.name: spec.shape for spec in kind(units=5).weight_specs((7, 2))}
    bias = (2, 15) if kind is GRU else (5 * gates,)
    assert shapes == {"kernel": (2, 5 * gates), "recurrent_kernel": (5, 5 * gates), "bias": bias}


def test_without_reset_after_a_gru_has_one_row_of_constants() -> None:
    assert GRU(units=5, reset_after=False).weight_specs((7, 2))[-1].shape == (15,)


@of_every_kind
def test_a_softmax_inside_the_last_layer_is_not_left_to_the_loss(kind: Any) -> None:
    design = design_of(kind(units=3, activation="softmax"), loss=CategoricalCrossentropy())
    assert design.layers[-1].last_function == "softmax"
    assert peel(design) == (design.layers, "")


def test_steps_of_sequences_stack() -> None:
    layers = (LSTM(units=4, return_sequences=True), GRU(units=3, return_sequences=True), SimpleRNN(units=2))
    network = Network(design_of(*layers, Dense(units=2)), SHAPE, dtype=np.float64)
    x = numbers(3, *SHAPE, dtype=np.float64)
    y = x
    for layer, weights in zip(layers, network.weights, strict=False):
        y = recurrence(layer, weights, y)
    expected = y @ network.weights[3]["kernel"] + network.weights[3]["bias"]
    np.testing.assert_allclose(network.predictor(x), expected, rtol=0, atol=1e-13)


@of_every_kind
def test_an_image_is_as_many_steps_as_it_has_rows(kind: Any) -> None:
    assert modest(kind).output_shape((28, 28)) == (3,)
