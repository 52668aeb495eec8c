"""What every loss promises, tested over the registry; and their values, written out."""

from __future__ import annotations

import numpy as np
import pytest

from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layer import Array
from nnstudio.engine.layers import Activation, Dense
from nnstudio.engine.losses import (
    LOSSES,
    BinaryCrossentropy,
    CategoricalCrossentropy,
    Loss,
    MeanSquaredError,
    SparseCategoricalCrossentropy,
)
from nnstudio.engine.network import Network
from nnstudio.errors import DataError
from tests.engine.helpers import difference_quotients, numbers

CLASSES = np.array([2, 0, 1, 2, 2])
TARGETS = {
    "class numbers": (3, CLASSES),
    "small class numbers": (3, CLASSES.astype(np.uint8)),
    "one-hot rows": (3, np.eye(3)[CLASSES]),
    "soft rows": (3, np.array([[0.2, 0.3, 0.5], [1, 0, 0], [0, 0.9, 0.1], [0.5, 0.5, 0], [0.1, 0.1, 0.8]])),
    "yes or no": (1, np.array([1, 0, 0, 1, 1])),
    "one value": (1, np.array([[0.3], [1.0], [0.0], [0.8], [0.1]])),
}


def takes(loss: Loss, outputs: int, y: Array) -> bool:
    try:
        loss.encode(y, outputs, np.float64)
    except DataError:
        return False
    return outputs > 1 or loss.fuses != "softmax"


CASES = [(loss, kind) for loss in LOSSES for kind, target in TARGETS.items() if takes(loss(), *target)]
of_every_loss = pytest.mark.parametrize("loss", LOSSES)
of_every_case = pytest.mark.parametrize(("loss", "kind"), CASES)


def design_with(loss: type[Loss], outputs: int, *, fused: bool) -> Design:
    """Return a small stack; a linear layer at the end keeps loss and activation apart."""
    last = loss.fuses or "sigmoid"
    stack = (Dense(units=4, activation="tanh"), Dense(units=outputs, activation=last))
    return design_of(*(stack if fused else (*stack, Activation(activation="linear"))), loss=loss())


def gradient_error(network: Network, x: Array, y: Array) -> float:
    """Return how far the gradients are from difference quotients of the loss, as a share of their size."""
    network.backpropagate(x, y)
    found = network.gradients.copy()
    expected = difference_quotients(
        lambda: network.backpropagate(x, y), network.parameters[: found.size], step=1e-5
    )
    return float(np.abs(found - expected).max() / np.abs(expected).max())


@of_every_loss
def test_a_loss_takes_some_kind_of_target(loss: type[Loss]) -> None:
    assert any(kind for tried, kind in CASES if tried is loss)


@of_every_case
@pytest.mark.parametrize("fused", [True, False])
def test_the_gradients_are_those_of_difference_quotients(loss: type[Loss], kind: str, fused: bool) -> None:
    outputs, y = TARGETS[kind]
    network = Network(design_with(loss, outputs, fused=fused), (3,), seed=2, dtype=np.float64)
    assert gradient_error(network, numbers(5, 3, dtype=np.float64), y) < 1e-7


@of_every_case
def test_the_gradient_by_any_outputs_is_that_of_difference_quotients(loss: type[Loss], kind: str) -> None:
    outputs, y = TARGETS[kind]
    p = np.random.default_rng(1).uniform(0.1, 0.9, (5, outputs))  # rows that do not add up to 1
    targets = loss().encode(y, outputs, np.float64)
    expected = difference_quotients(lambda: float(np.mean(loss().per_sample(targets, p))), p)
    np.testing.assert_allclose(loss().gradient(targets, p), expected, rtol=1e-6, atol=1e-9)


@of_every_case
def test_fused_and_apart_a_loss_is_the_same(loss: type[Loss], kind: str) -> None:
    outputs, y = TARGETS[kind]
    x = numbers(5, 3, dtype=np.float64)
    one, two = (
        Network(design_with(loss, outputs, fused=fused), (3,), dtype=np.float64) for fused in (True, False)
    )
    two.parameters[:] = one.parameters
    assert one.backpropagate(x, y) == pytest.approx(two.backpropagate(x, y), rel=1e-12)
    np.testing.assert_allclose(one.gradients, two.gradients, atol=1e-12)
    np.testing.assert_allclose(one.outputs, two.outputs, atol=1e-15)


@of_every_case
def test_float32_stays_float32(loss: type[Loss], kind: str) -> None:
    outputs, y = TARGETS[kind]
    p = np.full((5, outputs), 0.25, np.float32)
    targets = loss().encode(y, outputs, p.dtype)
    found = [loss().per_sample(targets, p), loss().gradient(targets, p)]
    if loss.fuses:
        found += loss().fused(targets, p, np.empty_like(p))
    assert {array.dtype for array in found} == {np.dtype(np.float32)}


@of_every_case
def test_a_loss_has_one_number_per_sample_and_leaves_its_arguments_alone(loss: type[Loss], kind: str) -> None:
    outputs, y = TARGETS[kind]
    p = np.full((5, outputs), 0.25)
    before = y.tobytes(), p.tobytes()
    targets = loss().encode(y, outputs, p.dtype)
    encoded = targets.tobytes()
    assert loss().per_sample(targets, p).shape == (5,)
    assert loss().gradient(targets, p).shape == p.shape
    if loss.fuses:
        assert loss().fused(targets, p, np.empty_like(p))[0].shape == (5,)
    assert (y.tobytes(), p.tobytes(), targets.tobytes()) == (*before, encoded)


@pytest.mark.parametrize(("loss", "kind"), [(loss, kind) for loss, kind in CASES if loss.fuses])
@pytest.mark.filterwarnings("error")
def test_a_fused_loss_is_finite_and_its_gradient_p_minus_y_where_outputs_saturate(
    loss: type[Loss], kind: str
) -> None:
    outputs, y = TARGETS[kind]
    z = np.zeros((5, outputs), np.float32)
    z[:, 0] = (200.0, -200.0, 90.0, -90.0, 1e30)
    targets = loss().encode(y, outputs, z.dtype)
    losses, dz = loss().fused(targets, z, p := np.empty_like(z))
    assert np.isfinite(losses).all() and np.isfinite(p).all()
    rows = targets if targets.ndim == 2 else np.eye(outputs)[targets]
    divisor = len(z) if loss.fuses == "softmax" else z.size
    np.testing.assert_allclose(dz, (p - rows) / divisor, atol=1e-7)


@of_every_loss
def test_targets_that_do_not_fit_are_refused_with_a_sentence(loss: type[Loss]) -> None:
    for y in (np.zeros((4, 5)), np.array([0, 1, 7, 2])):
        with pytest.raises(DataError, match=r"\.$"):
            loss().encode(y, 3, np.float32)


def test_the_message_about_a_negative_class_names_that_class() -> None:
    with pytest.raises(DataError, match="-1"):
        SparseCategoricalCrossentropy().encode(np.array([0, -1, 2]), 3, np.float32)


def test_losses_have_the_values_of_their_formulas() -> None:
    p = np.array([[0.7, 0.2, 0.1], [0.1, 0.1, 0.8]])
    y = np.array([[1.0, 0, 0], [0, 1.0, 0]])
    np.testing.assert_allclose(CategoricalCrossentropy().per_sample(y, p), -np.log([0.7, 0.1]))
    np.testing.assert_allclose(CategoricalCrossentropy().per_sample(y, 5 * p), -np.log([0.7, 0.1]))
    np.testing.assert_allclose(
        SparseCategoricalCrossentropy().per_sample(np.array([0, 1]), p), -np.log([0.7, 0.1])
    )
    np.testing.assert_allclose(MeanSquaredError().per_sample(y, p), [0.14 / 3, 1.46 / 3])
    np.testing.assert_allclose(
        BinaryCrossentropy().per_sample(y, p),
        [-np.log([0.7, 0.8, 0.9]).mean(), -np.log([0.9, 0.1, 0.2]).mean()],
    )


def test_a_probability_of_zero_costs_what_it_costs_in_keras() -> None:
    sure = np.array([[1.0, 0.0]], np.float32)
    assert CategoricalCrossentropy().per_sample(sure[:, ::-1], sure)[0] == pytest.approx(16.118, abs=1e-3)
    assert BinaryCrossentropy().per_sample(sure[:, ::-1], sure)[0] == pytest.approx(16.03, abs=0.01)
