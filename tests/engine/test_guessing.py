"""Guess: learning without gradients, against a plain loop; and where it is refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nnstudio.engine.checks import Report, check_design
from nnstudio.engine.constraints import MaxNorm
from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layers import Dense, Dropout, Flatten
from nnstudio.engine.losses import MeanSquaredError
from nnstudio.engine.network import Network
from nnstudio.engine.optimizers import Adam, Guess
from nnstudio.settings import settings_of
from nnstudio.task import DataFacts, Task
from tests.engine.helpers import numbers, regression, value_samples

X, Y = value_samples(9).x.astype(np.float64), value_samples(9).y.astype(np.float64)


def mean_squared_error(kernel: np.ndarray, bias: np.ndarray) -> float:
    return float(np.mean((X @ kernel + bias - Y) ** 2))


def by_plain_loop(kernel: np.ndarray, bias: np.ndarray, change: float) -> None:
    """Do to a linear network what Guess does in one batch."""
    for array in (kernel, bias):
        for index in np.ndindex(array.shape):
            before, lowest = array[index], mean_squared_error(kernel, bias)
            for value in (before + change, before - change, before):
                array[index] = value
                if mean_squared_error(kernel, bias) < lowest:
                    break


def linear(optimizer: Guess) -> Design:
    return design_of(Dense(units=2), loss=MeanSquaredError(), optimizer=optimizer, metrics=())


def test_every_weight_in_turn_is_nudged_where_that_lowers_the_loss() -> None:
    guess = Guess(learning_rate=0.1)
    network = Network(linear(guess), (3,), dtype=np.float64)
    kernel, bias = (network.weights[0][name].copy() for name in ("kernel", "bias"))
    slots = guess.slots_for(network)
    for _ in range(5):
        guess.train_batch(network, X, Y, slots)
        by_plain_loop(kernel, bias, 0.1)
    np.testing.assert_allclose(network.weights[0]["kernel"], kernel, atol=1e-12)
    np.testing.assert_allclose(network.weights[0]["bias"], bias, atol=1e-12)
    assert slots.iteration == 5


def test_at_the_bottom_every_weight_keeps_its_bits() -> None:
    network = Network(linear(Guess()), (3,))
    network.parameters[:] = numbers(network.parameters.size)
    x = numbers(20, 3)
    y = network.predictor(x).copy()
    before = network.parameters.tobytes()
    assert Guess().train_batch(network, x, y, Guess().slots_for(network)) == 0.0
    assert network.parameters.tobytes() == before


def test_the_loss_of_a_batch_never_grows() -> None:
    network = Network(regression(Guess(learning_rate=0.5)), (3,))
    slots = network.design.optimizer.slots_for(network)
    losses = [network.design.optimizer.train_batch(network, X, Y, slots) for _ in range(20)]
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < 0.5 * losses[0]


def test_loss_and_outputs_are_those_before_the_batch_was_learnt_from() -> None:
    network = Network(regression(Guess(learning_rate=0.5)), (3,), dtype=np.float64)
    expected = network.predictor(X).copy()
    loss = Guess(learning_rate=0.5).train_batch(network, X, Y, Guess().slots_for(network))
    np.testing.assert_array_equal(network.outputs, expected)
    assert loss == pytest.approx(np.mean((expected - Y) ** 2))
    assert (network.predictor(X) != expected).any()


def test_nothing_is_dropped_while_guessing() -> None:
    dropping, plain = (
        Network(regression(Guess(), Dense(units=4), *extra), (3,)) for extra in ((Dropout(rate=0.9),), ())
    )
    plain.parameters[:] = dropping.parameters
    for network in (dropping, plain):
        Guess().train_batch(network, X, Y, Guess().slots_for(network))
    assert dropping.parameters.tobytes() == plain.parameters.tobytes()


def test_a_sample_without_weight_teaches_nothing() -> None:
    weights = np.array(8 * [1.0] + [0.0])
    other = Y.copy()
    other[8] += 100.0
    networks = [Network(linear(Guess()), (3,)) for _ in range(2)]
    for network, y in zip(networks, (Y, other), strict=True):
        Guess().train_batch(network, X, y, Guess().slots_for(network), weights)
    assert networks[0].parameters.tobytes() == networks[1].parameters.tobytes()


def test_constraints_hold_after_the_batch() -> None:
    short = Dense(units=2, kernel_constraint=MaxNorm(max_value=0.1))
    network = Network(replace(linear(Guess()), layers=(short,)), (3,))
    Guess().train_batch(network, X, Y, Guess().slots_for(network))
    assert np.linalg.norm(network.weights[0]["kernel"], axis=0).max() <= 0.1


def facts(*shape: int) -> DataFacts:
    return DataFacts("Digits", shape, Task.MANY_CLASSES, tuple("0123456789"))


def report_of(units: int, batch_size: int, optimizer: Guess | Adam) -> Report:
    layers = (Flatten(), Dense(units=units), Dense(units=10, activation="softmax"))
    return check_design(design_of(*layers, optimizer=optimizer), facts(28, 28), batch_size)


def test_guessing_thousands_of_weights_is_refused_with_numbers_and_a_way_out() -> None:
    (problem,) = report_of(128, 128, Guess()).errors
    assert problem.where == "optimizer"
    assert "101,770 weights" in problem.sentence and "128 samples" in problem.sentence
    assert problem.sentence.endswith("minutes.")
    (fix,) = problem.fixes
    assert fix.label == "Use Adam"
    design = design_of(Dense(units=2), optimizer=Guess())
    assert fix.apply(design) == replace(design, optimizer=Adam())


@pytest.mark.parametrize(
    ("units", "batch_size", "ready"), [(2, 128, True), (2, 2048, False), (8, 128, False)]
)
def test_what_a_batch_costs_decides(units: int, batch_size: int, ready: bool) -> None:
    assert report_of(units, batch_size, Guess()).ready is ready
    assert report_of(units, batch_size, Adam()).ready


def test_frozen_weights_are_not_counted() -> None:
    layers = (
        Dense(units=5000, trainable=False),
        Dense(units=1, trainable=False),
        Dense(units=10, activation="softmax"),
    )
    assert check_design(design_of(*layers, optimizer=Guess()), facts(4)).ready


def test_the_learning_rate_is_called_change() -> None:
    assert settings_of(Guess)[0].title == "Change"
