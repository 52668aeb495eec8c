"""What every loss promises, tested over the registry, with its settings changed too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layer import Array
from nnstudio.engine.layers import Activation, Dense
from nnstudio.engine.losses import LOSSES, Aim, Loss
from nnstudio.engine.network import Network
from nnstudio.errors import DataError
from nnstudio.settings import settings_of
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


def variants(kind: type[Loss]) -> Iterator[Loss]:
    """Return the loss with its defaults, and with each setting and with all of them changed."""
    others = {declared.name: True if declared.kind is bool else 0.3 for declared in settings_of(kind)}
    yield kind()
    for name, value in others.items():
        yield replace(kind(), **{name: value})
    if len(others) > 1:
        yield replace(kind(), **others)


def takes(loss: Loss, outputs: int, y: Array) -> bool:
    try:
        loss.encode(y, outputs, np.float64)
    except DataError:
        return False
    return outputs > 1 or loss.aim is not Aim.CLASSES


ALL = [loss for kind in LOSSES for loss in variants(kind)]
CASES = [(loss, kind) for loss in ALL for kind, target in TARGETS.items() if takes(loss, *target)]
FUSED = [(loss, kind) for loss, kind in CASES if loss.fuses]
of_every_loss = pytest.mark.parametrize("loss", ALL, ids=repr)
of_every_case = pytest.mark.parametrize(("loss", "kind"), CASES)
of_every_fused_case = pytest.mark.parametrize(("loss", "kind"), FUSED)


def results(loss: Loss, y: Array, outputs: Array) -> list[Array]:
    """Return losses and gradients, and what comes out fused, for targets as the data give them."""
    targets = loss.encode(y, outputs.shape[-1], outputs.dtype)
    found = [*loss.with_gradient(targets, outputs)]
    return [*found, *loss.fused(targets, outputs, np.empty_like(outputs))] if loss.fuses else found


def design_with(loss: Loss, outputs: int, *, fused: bool) -> Design:
    """Return a small stack; a linear layer at the end keeps loss and activation apart."""
    last = loss.end or "sigmoid"
    stack = (Dense(units=4, activation="tanh"), Dense(units=outputs, activation=last))
    return design_of(*(stack if fused else (*stack, Activation(activation="linear"))), loss=loss)


def gradient_error(network: Network, x: Array, y: Array) -> float:
    """Return how far the gradients are from difference quotients of the loss, as a share of their size."""
    network.backpropagate(x, y)
    found = network.gradients.copy()
    expected = difference_quotients(
        lambda: network.backpropagate(x, y), network.parameters[: found.size], step=1e-5
    )
    return float(np.abs(found - expected).max() / np.abs(expected).max())


@of_every_loss
def test_a_loss_takes_some_kind_of_target(loss: Loss) -> None:
    assert any(kind for tried, kind in CASES if tried == loss)


@of_every_case
@pytest.mark.parametrize("fused", [True, False])
def test_the_gradients_are_those_of_difference_quotients(loss: Loss, kind: str, fused: bool) -> None:
    outputs, y = TARGETS[kind]
    network = Network(design_with(loss, outputs, fused=fused), (3,), seed=2, dtype=np.float64)
    assert gradient_error(network, numbers(5, 3, dtype=np.float64), y) < 1e-7


@of_every_case
def test_the_gradient_by_any_outputs_is_that_of_difference_quotients(loss: Loss, kind: str) -> None:
    outputs, y = TARGETS[kind]
    p = np.random.default_rng(1).uniform(0.1, 0.9, (5, outputs))  # rows that do not add up to 1
    targets = loss.encode(y, outputs, np.float64)
    expected = difference_quotients(lambda: float(np.mean(loss.per_sample(targets, p))), p)
    nothing = 1e-9 * max(1.0, float(np.abs(expected).max()))
    np.testing.assert_allclose(loss.gradient(targets, p), expected, rtol=1e-6, atol=nothing)


@of_every_fused_case
def test_fused_and_apart_a_loss_is_the_same(loss: Loss, kind: str) -> None:
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
def test_float32_stays_float32(loss: Loss, kind: str) -> None:
    outputs, y = TARGETS[kind]
    p = np.full((5, outputs), 0.25, np.float32)
    assert {array.dtype for array in results(loss, y, p)} == {np.dtype(np.float32)}


@of_every_case
def test_a_loss_has_one_number_per_sample_and_leaves_its_arguments_alone(loss: Loss, kind: str) -> None:
    outputs, y = TARGETS[kind]
    p = np.full((5, outputs), 0.25)
    before = y.tobytes(), p.tobytes()
    targets = loss.encode(y, outputs, p.dtype)
    encoded = targets.tobytes()
    found = [*loss.with_gradient(targets, p)]
    found += loss.fused(targets, p, np.empty_like(p)) if loss.fuses else []
    assert [array.shape for array in found] == [(5,), p.shape] * (len(found) // 2)
    assert (y.tobytes(), p.tobytes(), targets.tobytes()) == (*before, encoded)


@of_every_case
def test_a_sample_has_the_same_loss_in_every_batch_and_its_share_of_the_gradient(
    loss: Loss, kind: str
) -> None:
    outputs, y = TARGETS[kind]
    p = np.random.default_rng(1).uniform(0.1, 0.9, (5, outputs))
    targets = loss.encode(y, outputs, p.dtype)
    losses, gradient = loss.with_gradient(targets, p)
    alone = [loss.with_gradient(targets[row : row + 1], p[row : row + 1]) for row in range(5)]
    np.testing.assert_allclose(losses, np.concatenate([one for one, _ in alone]), rtol=1e-12)
    np.testing.assert_allclose(gradient, np.concatenate([slope for _, slope in alone]) / 5, rtol=1e-12)


@of_every_fused_case
@pytest.mark.filterwarnings("error")
def test_a_fused_loss_is_finite_and_its_gradient_p_minus_y_where_outputs_saturate(
    loss: Loss, kind: str
) -> None:
    outputs, y = TARGETS[kind]
    z = np.zeros((5, outputs), np.float32)
    z[:, 0] = (200.0, -200.0, 90.0, -90.0, 1e30)
    targets = loss.encode(y, outputs, z.dtype)
    losses, dz = loss.fused(targets, z, p := np.empty_like(z))
    assert np.isfinite(losses).all() and np.isfinite(p).all()
    rows = targets if targets.ndim == 2 else np.eye(outputs)[targets]
    divisor = len(z) if loss.fuses == "softmax" else z.size
    np.testing.assert_allclose(dz, (p - rows) / divisor, atol=1e-7)


@of_every_case
@pytest.mark.filterwarnings("error")
def test_outputs_at_the_ends_of_what_the_last_activation_gives_are_no_trouble(loss: Loss, kind: str) -> None:
    outputs, y = TARGETS[kind]
    ends = (200.0, -200.0, 90.0, -90.0, 1e4) if loss.end == "linear" else (1.0, 0.0, 1e-38, 1.0 - 6e-8, 0.5)
    p = np.zeros((5, outputs), np.float32)
    p[:, 0] = ends
    if loss.aim is Aim.CLASSES and loss.end != "linear":
        p[:, -1] = 1.0 - p[:, 0]
    assert all(np.isfinite(array).all() for array in results(loss, y, p))


@of_every_loss
def test_targets_that_do_not_fit_are_refused_with_a_sentence(loss: Loss) -> None:
    for y in (np.zeros((4, 5)), np.array([0, 1, 7, 2])):
        with pytest.raises(DataError, match=r"\.$"):
            loss.encode(y, 3, np.float32)


@of_every_loss
def test_a_batch_without_samples_can_be_encoded(loss: Loss) -> None:
    assert len(loss.encode(np.empty(0, np.int64), 3, np.float32)) == 0


def test_the_names_are_keras_long_ones_and_differ() -> None:
    names = [loss.keras_name for loss in LOSSES]
    assert len(set(names)) == len(names)
    assert not {"mse", "mae", "mape", "msle", "logcosh"} & set(names)  # Keras 3 cannot load files with these
