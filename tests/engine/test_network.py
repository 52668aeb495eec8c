"""The compiled network: its one vector of weights, its snapshots and its gradients as a whole."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layer import Layer
from nnstudio.engine.layers import LAYERS, Activation, Dense, Dropout, Flatten
from nnstudio.engine.losses import LOSSES, Loss
from nnstudio.engine.network import Network
from nnstudio.engine.regularizers import L1, L2
from nnstudio.engine.training import train
from nnstudio.errors import ShapeError, UserError
from nnstudio.task import Shape
from tests.engine.helpers import (
    ArraySamples,
    difference_quotients,
    inputs_of,
    modest,
    numbers,
    regression,
    shapes_of,
    start,
    value_samples,
)

TARGETS = np.array([0, 2, 1, 1])
STACKS: tuple[tuple[Layer, ...], ...] = (
    (),
    (Dense(units=4, activation="relu"), Dropout(rate=0.4)),
    (Dropout(rate=0.4), Dense(units=4, activation="sigmoid", use_bias=False), Activation(activation="tanh")),
    (Dense(units=4, trainable=False), Dense(units=3, activation="tanh")),
    (Dense(units=4, activation="tanh"), Dense(units=4, activation="relu", trainable=False)),
)


def classifier(*layers: Layer) -> Design:
    return design_of(*layers, Flatten(), Dense(units=3, activation="softmax"))


def gradients_are_right(network: Network, x: np.ndarray) -> bool:
    first = network.rng.bit_generator.state

    def loss() -> float:
        network.rng.bit_generator.state = first
        return network.backpropagate(x, TARGETS)

    loss()
    found = network.gradients.copy()
    expected = difference_quotients(loss, network.parameters[: found.size], step=1e-5)
    return bool(np.allclose(found, expected, rtol=1e-5, atol=1e-8))


@pytest.mark.parametrize("shape", [(4,), (3, 2), (2, 2, 3)])
@pytest.mark.parametrize("layers", STACKS)
def test_the_gradients_of_a_stack_are_right(layers: tuple[Layer, ...], shape: Shape) -> None:
    network = Network(classifier(*layers), shape, seed=4, dtype=np.float64)
    assert gradients_are_right(network, numbers(4, *shape, dtype=np.float64))


@pytest.mark.parametrize("kind", LAYERS)
def test_the_gradients_below_and_above_every_layer_are_right(kind: type[Layer]) -> None:
    shape = shapes_of(modest(kind))[0]
    below = Dense(units=shape[-1], activation="tanh")
    network = Network(classifier(below, modest(kind)), shape, seed=4, dtype=np.float64)
    assert gradients_are_right(network, numbers(4, *shape, dtype=np.float64))


def test_a_partial_batch_after_a_full_one_has_its_own_gradients() -> None:
    x, network = numbers(4, 3, dtype=np.float64), Network(classifier(), (3,), dtype=np.float64)
    network.backpropagate(x[:2], TARGETS[:2])
    alone = network.gradients.copy()
    network.backpropagate(x, TARGETS)
    network.backpropagate(x[:2], TARGETS[:2])
    assert network.gradients.tobytes() == alone.tobytes()
    assert network.outputs.shape == (2, 3)


def test_in_training_outputs_are_those_of_predicting_where_nothing_is_dropped() -> None:
    network, x = Network(classifier(Dense(units=5, activation="relu")), (3,)), numbers(4, 3)
    network.backpropagate(x, TARGETS)
    np.testing.assert_allclose(network.outputs, network.predictor(x), atol=1e-7)


@pytest.mark.parametrize("weights", [None, np.array([0.5, 0.0, 2.0, 1.0])], ids=["alike", "weighted"])
@pytest.mark.parametrize("loss", LOSSES)
def test_the_loss_of_a_batch_is_the_one_that_training_counts(
    loss: type[Loss], weights: np.ndarray | None
) -> None:
    last = Dense(units=3, activation=loss().end or "softplus", bias_regularizer=L1(0.5))
    design = design_of(Dense(units=5, kernel_regularizer=L2(0.1)), last, loss=loss())
    network, x = Network(design, (3,), dtype=np.float64), numbers(4, 3, dtype=np.float64)
    network.parameters[:] = numbers(network.parameters.size, seed=2)
    before = network.parameters.tobytes()
    found = network.loss(x, TARGETS, weights)
    outputs = network.outputs.copy()
    assert network.parameters.tobytes() == before
    assert network.backpropagate(x, TARGETS, weights) == pytest.approx(found, rel=1e-12)
    np.testing.assert_allclose(network.outputs, outputs, rtol=1e-12)


def test_trainable_weights_come_first_and_nothing_overlaps() -> None:
    design = design_of(Dense(units=4, trainable=False), Dense(units=3), Dense(units=2))
    network = Network(design, (5,))
    for number, weights in enumerate(network.weights, start=1):
        for weight in weights.values():
            weight[...] = number
    assert network.parameters.tolist() == [2.0] * 15 + [3.0] * 8 + [1.0] * 24
    assert network.gradients.size == 23


def test_the_same_seed_draws_the_same_weights_and_another_seed_others() -> None:
    one, two, other = (Network(classifier(), (5,), seed=seed) for seed in (1, 1, 2))
    assert one.parameters.tobytes() == two.parameters.tobytes() != other.parameters.tobytes()
    other.initialise(1)
    assert one.parameters.tobytes() == other.parameters.tobytes()


def test_a_snapshot_brings_the_weights_back() -> None:
    state = start(regression(), value_samples(20), epochs=1)
    before = state.network.snapshot()
    list(train(state))
    assert state.network.parameters.tobytes() != before.parameters.tobytes()
    state.network.restore(before)
    assert state.network.parameters.tobytes() == before.parameters.tobytes()


def test_a_snapshot_cannot_be_written_to() -> None:
    snapshot = Network(classifier(), (5,)).snapshot()
    with pytest.raises(ValueError, match="read-only"):
        snapshot.parameters[0] = 1.0
    with pytest.raises(ValueError, match="read-only"):
        snapshot.weights()["dense"]["kernel"][0] = 1.0


@pytest.mark.parametrize("kind", LAYERS)
def test_another_thread_predicts_from_a_snapshot_while_training_goes_on(kind: type[Layer]) -> None:
    layer = modest(kind)
    shape = shapes_of(layer)[0]
    samples = ArraySamples(inputs_of(layer, 200, shape), numbers(200, 2))
    state = start(regression(None, layer, Flatten()), samples, epochs=100, batch_size=20)
    next(run := train(state))
    snapshot = state.network.snapshot(state.position)
    before, x = snapshot.parameters.tobytes(), inputs_of(layer, 50, shape, seed=1)
    expected = snapshot.predictor()(x).tobytes()
    found: set[bytes] = set()
    stop = threading.Event()

    def predict_again_and_again() -> None:
        predictor = snapshot.predictor()
        while not stop.is_set():
            found.add(predictor(x).tobytes())

    thread = threading.Thread(target=predict_again_and_again)
    thread.start()
    for _ in run:
        pass
    stop.set()
    thread.join()
    assert found == {expected}
    assert snapshot.parameters.tobytes() == before != state.network.parameters.tobytes()


def test_predicting_in_between_does_not_change_a_training() -> None:
    def trained(predicts: bool) -> bytes:
        state = start(regression(None, Dense(units=6), Dropout()), value_samples(40), epochs=3, batch_size=7)
        for _ in train(state):
            if predicts:
                state.network.predictor(value_samples(30, 1).x)
                state.network.snapshot().predictor()(value_samples(5, 1).x)
        return state.network.parameters.tobytes()

    assert trained(predicts=True) == trained(predicts=False)


def test_the_shape_between_two_layers_that_do_not_fit_is_told() -> None:
    with pytest.raises(ShapeError, match=r"\.$"):
        Network(design_of(Dense(units=2)), ())


@pytest.mark.parametrize("loss", LOSSES)
def test_outputs_with_more_axes_than_the_targets_are_refused_and_not_broadcast(loss: type[Loss]) -> None:
    network = Network(design_of(Dense(units=3, activation=loss().end or "linear"), loss=loss()), (3, 4))
    with pytest.raises(UserError, match=r"\.$"):
        network.backpropagate(numbers(3, 3, 4), np.array([0, 1, 2]))


def test_a_name_that_was_given_stays_and_a_nameless_layer_before_it_takes_another() -> None:
    assert design_of(Dense(), Dense(name="dense"), Dense()).names == ("dense_1", "dense", "dense_2")
