"""What every optimizer promises, tested over the registry against formulas written out in float64."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nnstudio.engine.design import design_of
from nnstudio.engine.layers import Dense
from nnstudio.engine.losses import MeanSquaredError
from nnstudio.engine.network import Network
from nnstudio.engine.optimizers import OPTIMIZERS, SGD, Optimizer
from nnstudio.engine.slots import PIECE_SIZE
from nnstudio.settings import settings_of
from tests.engine.formulas import FORMULAS
from tests.engine.helpers import numbers, regression, value_samples

OTHER_VALUES: dict[str, Any] = {
    "learning_rate": 0.3,
    "momentum": 0.8,
    "rho": 0.7,
    "beta_1": 0.6,
    "beta_2": 0.9,
    "epsilon": 0.01,
    "weight_decay": 0.2,
    "initial_accumulator_value": 0.4,
}


def variants(kind: type[Optimizer]) -> list[Optimizer]:
    """Return the optimizer as it is, with each setting changed alone, and with all of them changed."""
    changes = {
        declared.name: not declared.default if declared.kind is bool else OTHER_VALUES[declared.name]
        for declared in settings_of(kind)
        if declared.kind is bool or declared.name in OTHER_VALUES
    }
    return [kind(), *(kind(**{name: value}) for name, value in changes.items()), kind(**changes)]


of_every_optimizer = pytest.mark.parametrize("kind", OPTIMIZERS)
of_every_variant = pytest.mark.parametrize(
    "optimizer", [optimizer for kind in OPTIMIZERS for optimizer in variants(kind)], ids=str
)
X, Y = value_samples(7).x, value_samples(7).y


def learn(network: Network, steps: int, x: np.ndarray = X, y: np.ndarray = Y) -> list[np.ndarray]:
    """Learn from the same batch several times; return the gradients of each."""
    optimizer = network.design.optimizer
    slots = optimizer.slots_for(network)
    gradients = []
    for _ in range(steps):
        optimizer.train_batch(network, x, y, slots)
        gradients.append(network.gradients.copy())
    return gradients


def by_formula(optimizer: Optimizer, w: np.ndarray, gradients: list[np.ndarray]) -> np.ndarray:
    """Return the weights that the formula comes to."""
    memory: dict[str, Any] = {}
    for t, gradient in enumerate(gradients, start=1):
        memory["t"] = t
        w = w - w * (getattr(optimizer, "weight_decay", None) or 0.0) * optimizer.learning_rate
        w = FORMULAS[type(optimizer).__name__](optimizer, w, gradient, memory)
    return w


@of_every_variant
def test_the_weights_are_those_of_the_formula(optimizer: Optimizer) -> None:
    network = Network(regression(optimizer), (3,), dtype=np.float64)
    before = network.parameters.copy()
    gradients = learn(network, 6)
    np.testing.assert_allclose(network.parameters, by_formula(optimizer, before, gradients), rtol=1e-10)


@of_every_optimizer
def test_float32_is_as_near_to_the_formula_as_float32_can_be(kind: type[Optimizer]) -> None:
    network = Network(regression(kind()), (3,))
    before = network.parameters.astype(np.float64)
    gradients = [gradient.astype(np.float64) for gradient in learn(network, 20)]
    np.testing.assert_allclose(network.parameters, by_formula(kind(), before, gradients), atol=1e-6)


@of_every_optimizer
def test_weights_of_several_pieces_are_all_learnt_from(kind: type[Optimizer]) -> None:
    design = design_of(Dense(units=300), Dense(units=2), loss=MeanSquaredError(), optimizer=kind())
    network = Network(design, (200,), dtype=np.float64)
    assert network.gradients.size > 3 * PIECE_SIZE
    before = network.parameters.copy()
    gradients = learn(network, 3, numbers(4, 200), numbers(4, 2))
    np.testing.assert_allclose(
        network.parameters, by_formula(kind(), before, gradients), rtol=1e-9, atol=1e-12
    )


@of_every_variant
def test_float32_stays_float32_and_finite(optimizer: Optimizer) -> None:
    network = Network(regression(replace(optimizer, learning_rate=1e-3)), (3,))
    slots = optimizer.slots_for(network)
    for _ in range(3):
        optimizer.train_batch(network, X, Y, slots)
    vectors = (network.parameters, network.gradients, *slots.vectors.values())
    assert all(vector.dtype == np.float32 and np.isfinite(vector).all() for vector in vectors)


@of_every_optimizer
def test_frozen_weights_stay_as_they_are(kind: type[Optimizer]) -> None:
    design = regression(
        kind(), Dense(units=4, trainable=False, name="frozen"), Dense(units=4, name="learning")
    )
    network = Network(design, (3,))
    before = network.snapshot().weights()
    learn(network, 3)
    after = network.snapshot().weights()
    assert after["frozen"]["kernel"].tobytes() == before["frozen"]["kernel"].tobytes()
    assert (after["learning"]["kernel"] != before["learning"]["kernel"]).any()


@of_every_optimizer
def test_a_batch_without_gradient_moves_no_weight_of_a_fresh_run(kind: type[Optimizer]) -> None:
    network = Network(regression(kind()), (3,))
    network.parameters[:] = 0.0
    learn(network, 2, np.zeros((4, 3), np.float32), np.zeros((4, 2)))
    assert not network.parameters.any()


@of_every_optimizer
def test_the_loss_falls(kind: type[Optimizer]) -> None:
    network = Network(regression(kind(learning_rate=0.01)), (3,))
    first = network.backpropagate(X, Y)
    learn(network, 100)
    assert network.backpropagate(X, Y) < first


@of_every_optimizer
def test_a_step_counts_and_takes_the_rate_that_the_slots_say(kind: type[Optimizer]) -> None:
    network = Network(regression(kind()), (3,))
    slots = network.design.optimizer.slots_for(network)
    before = network.parameters.copy()
    slots.learning_rate = 0.0
    kind().train_batch(network, X, Y, slots)
    assert slots.iteration == 1
    assert network.parameters.tobytes() == before.tobytes()


def test_a_network_without_weights_can_be_trained() -> None:
    design = design_of(loss=MeanSquaredError(), optimizer=SGD(), metrics=())
    network = Network(design, (2,))
    assert SGD().train_batch(network, Y.astype(np.float32), Y, SGD().slots_for(network)) == 0.0
