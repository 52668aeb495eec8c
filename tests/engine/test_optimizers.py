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
from nnstudio.engine.optimizers import (
    OPTIMIZERS,
    SGD,
    Adam,
    AdamW,
    GradientOptimizer,
    Nadam,
    Optimizer,
    RMSprop,
)
from nnstudio.engine.schedules import LinearWarmup
from nnstudio.engine.slots import PIECE_SIZE
from nnstudio.settings import problems_with, settings_of
from tests.engine.formulas import FORMULAS, clipped
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
    "clipnorm": 0.1,
    "clipvalue": 0.05,
    "global_clipnorm": 0.2,
}
_EXCLUDED = ("clipvalue", "global_clipnorm")  # by clipnorm
_FOLLOWING = [kind for kind in OPTIMIZERS if issubclass(kind, GradientOptimizer)]


def variants(kind: type[Optimizer]) -> list[Optimizer]:
    """Return the optimizer as it is, with each setting changed alone, and with all of them changed."""
    changes = {
        declared.name: not declared.default if declared.kind is bool else OTHER_VALUES[declared.name]
        for declared in settings_of(kind)
        if declared.kind is bool or declared.name in OTHER_VALUES
    }
    together = {name: value for name, value in changes.items() if name not in _EXCLUDED}
    return [kind(), *(kind(**{name: value}) for name, value in changes.items()), kind(**together)]


def changed_words(optimizer: Optimizer) -> str:
    """Return the optimizer with the settings in which it is not the default one."""
    values = {declared.name: getattr(optimizer, declared.name) for declared in settings_of(optimizer)}
    default = type(optimizer)()
    words = (f"{name}={value}" for name, value in values.items() if value != getattr(default, name))
    return f"{type(optimizer).__name__}({', '.join(words)})"


VARIANTS = [optimizer for kind in OPTIMIZERS for optimizer in variants(kind)]
of_every_optimizer = pytest.mark.parametrize("kind", OPTIMIZERS)
of_every_variant = pytest.mark.parametrize("optimizer", VARIANTS, ids=changed_words)
of_everyone_with_gradients = pytest.mark.parametrize("kind", _FOLLOWING)
of_every_variant_with_gradients = pytest.mark.parametrize(
    "optimizer", [one for one in VARIANTS if isinstance(one, GradientOptimizer)], ids=changed_words
)
X, Y = value_samples(7).x, value_samples(7).y


def learn(network: Network, steps: int, x: np.ndarray = X, y: np.ndarray = Y) -> list[list[np.ndarray]]:
    """Learn from the same batch several times; return the gradients of every array, not clipped, of each."""
    optimizer = network.design.optimizer
    slots = optimizer.slots_for(network)
    found: list[list[np.ndarray]] = []
    backpropagate = network.backpropagate

    def watched(*batch: Any) -> float:
        loss = backpropagate(*batch)
        found.append([gradient.ravel().copy() for gradient in network.gradient_arrays()])
        return loss

    network.backpropagate = watched  # type: ignore[method-assign]
    for _ in range(steps):
        optimizer.train_batch(network, x, y, slots)
    return found


def by_formula(optimizer: Optimizer, w: np.ndarray, gradients: list[list[np.ndarray]]) -> np.ndarray:
    """Return the weights that the formula comes to."""
    memory: dict[str, Any] = {}
    for t, arrays in enumerate(gradients, start=1):
        memory["t"] = t
        gradient = np.concatenate(clipped(optimizer, [array.astype(np.float64) for array in arrays]))
        w = w - w * (getattr(optimizer, "weight_decay", None) or 0.0) * optimizer.learning_rate
        w = FORMULAS[type(optimizer).__name__](optimizer, w, gradient, memory)
    return w


@of_every_variant_with_gradients
def test_the_weights_are_those_of_the_formula(optimizer: Optimizer) -> None:
    network = Network(regression(optimizer), (3,), dtype=np.float64)
    before = network.parameters.copy()
    gradients = learn(network, 6)
    np.testing.assert_allclose(network.parameters, by_formula(optimizer, before, gradients), rtol=1e-10)


@of_everyone_with_gradients
def test_float32_is_as_near_to_the_formula_as_float32_can_be(kind: type[Optimizer]) -> None:
    network = Network(regression(kind()), (3,))
    before = network.parameters.astype(np.float64)
    expected = by_formula(kind(), before, learn(network, 20))
    np.testing.assert_allclose(network.parameters, expected, atol=1e-6)


@of_everyone_with_gradients
def test_weights_of_several_pieces_are_all_learnt_from(kind: type[Optimizer]) -> None:
    design = design_of(Dense(units=400), Dense(units=2), loss=MeanSquaredError(), optimizer=kind())
    network = Network(design, (200,), dtype=np.float64)
    assert network.gradients.size > 2 * PIECE_SIZE
    before = network.parameters.copy()
    gradients = learn(network, 3, numbers(4, 200), numbers(4, 2))
    expected = by_formula(kind(), before, gradients)
    np.testing.assert_allclose(network.parameters, expected, rtol=1e-9, atol=1e-12)


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


@of_every_optimizer
def test_the_schedule_says_which_part_of_the_rate_is_in_force(kind: type[Optimizer]) -> None:
    scheduled = kind(learning_rate=0.1, schedule=LinearWarmup(warmup_steps=4))
    plain = kind(learning_rate=0.025)
    networks = [Network(regression(optimizer), (3,)) for optimizer in (scheduled, plain)]
    slots = [
        optimizer.slots_for(network) for optimizer, network in zip((scheduled, plain), networks, strict=True)
    ]
    for optimizer, network, kept in zip((scheduled, plain), networks, slots, strict=True):
        optimizer.train_batch(network, X, Y, kept)
    assert networks[0].parameters.tobytes() == networks[1].parameters.tobytes()
    assert (slots[0].learning_rate, slots[0].rate) == (0.1, 0.025)
    scheduled.train_batch(networks[0], X, Y, slots[0])
    assert slots[0].rate == 0.05


SLOTS = {
    "Adam": ["momentum", "velocity"],
    "AdamW": ["momentum", "velocity"],
    "RMSprop": ["velocity"],
    "SGD": [],
    "Nadam": ["momentum", "velocity"],
    "Adamax": ["momentum", "norm"],
    "Adagrad": ["accumulator"],
    "Adadelta": ["accumulated_grad", "accumulated_delta_var"],
    "Guess": [],
}


@of_every_optimizer
def test_slots_have_the_names_and_the_order_of_keras_3(kind: type[Optimizer]) -> None:
    assert list(kind().slot_starts()) == SLOTS[kind.__name__]


@pytest.mark.parametrize(
    ("optimizer", "names"),
    [
        (SGD(momentum=0.5), ["momentum"]),
        (Adam(amsgrad=True), ["momentum", "velocity", "velocity_hat"]),
        (RMSprop(momentum=0.5), ["velocity", "momentum"]),
        (RMSprop(centered=True), ["velocity", "average_gradient"]),
        (RMSprop(momentum=0.5, centered=True), ["velocity", "momentum", "average_gradient"]),
    ],
    ids=str,
)
def test_a_slot_is_kept_only_where_it_is_needed(optimizer: Optimizer, names: list[str]) -> None:
    assert list(optimizer.slot_starts()) == names


@of_everyone_with_gradients
def test_only_one_way_of_clipping_can_be_chosen(kind: type[Optimizer]) -> None:
    for settings in ({"clipnorm": 1.0}, {"clipvalue": 1.0}, {"global_clipnorm": 1.0}):
        assert problems_with(kind(**settings)) == ()  # type: ignore[arg-type]
    (sentence,) = problems_with(kind(clipnorm=1.0, clipvalue=1.0))  # type: ignore[call-arg]
    assert "clipnorm" in sentence and sentence.endswith(".")


@pytest.mark.parametrize("beta_1", [0.0, 0.5, 0.9, 0.999999])
@pytest.mark.parametrize("t", [1, 2, 10, 998, 999, 1000, 1001, 5000])
def test_nadam_has_the_product_of_its_momenta_without_keeping_it(beta_1: float, t: int) -> None:
    product = 1.0
    for step in range(1, t + 1):
        product *= beta_1 * (1.0 - 0.5 * 0.96**step)
    assert Nadam(beta_1=beta_1).momenta(t) == pytest.approx(product, rel=1e-9, abs=1e-300)


@pytest.mark.parametrize("momentum", [0.0, 0.5])
@pytest.mark.parametrize("legacy_epsilon", [False, True])
def test_centered_steps_stay_finite_where_gradients_hardly_differ(
    momentum: float, legacy_epsilon: bool
) -> None:
    optimizer = RMSprop(rho=0.7, centered=True, momentum=momentum, legacy_epsilon=legacy_epsilon)
    network = Network(regression(optimizer), (3,))
    slots = optimizer.slots_for(network)
    velocity, mean = slots.vectors["velocity"], slots.vectors["average_gradient"]
    size, negative = network.gradients.size, 0
    for t in range(1, 200):
        network.gradients[:] = numbers(size) * (1e3 + 0.1 * numbers(size, seed=t))
        optimizer.update(slots.pieces, slots, 1e-3, t)
        negative += int((velocity - mean * mean < 0.0).sum())
    assert negative > 10  # by rounding, which is what this is about
    assert np.isfinite(network.parameters).all()


def test_a_weight_decay_of_millionths_is_not_lost_in_rounding() -> None:
    optimizer = AdamW(learning_rate=1e-3, weight_decay=1e-3)
    network = Network(regression(optimizer, Dense(units=1000)), (3,))
    network.parameters[:] = before = numbers(network.parameters.size)
    network.backpropagate = lambda *batch: 0.0  # type: ignore[method-assign]
    slots = optimizer.slots_for(network)
    for _ in range(500):
        optimizer.train_batch(network, X, Y, slots)
    lost = 1.0 - float(np.mean(network.parameters / before.astype(np.float64)))
    assert lost == pytest.approx(1.0 - (1.0 - 1e-6) ** 500, rel=0.005)
