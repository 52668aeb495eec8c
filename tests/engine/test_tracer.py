"""The gradient of what a network gives by what it was given, against central differences."""

from __future__ import annotations

import numpy as np
import pytest

from nnstudio.engine.design import design_of
from nnstudio.engine.layer import Layer
from nnstudio.engine.layers import (
    LAYERS,
    LSTM,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Embedding,
    Flatten,
    GaussianNoise,
    MaxPooling2D,
)
from nnstudio.engine.losses import MeanSquaredError, SparseCategoricalCrossentropy
from nnstudio.engine.network import Network
from nnstudio.engine.tracer import Tracer
from nnstudio.task import Shape
from tests.engine.helpers import difference_quotients, inputs_of, modest, numbers, shapes_of

EXAMPLES = [(modest(kind), shape) for kind in LAYERS for shape in shapes_of(modest(kind))]
of_every_layer = pytest.mark.parametrize(
    ("layer", "shape"), EXAMPLES, ids=[f"{layer.keras_name()}-{shape}" for layer, shape in EXAMPLES]
)


def network_of(*layers: Layer, shape: Shape, dtype: type = np.float64) -> Network:
    """Compile layers with weights as after a training: statistics have moved, too."""
    network = Network(design_of(*layers, loss=MeanSquaredError()), shape, seed=3, dtype=dtype)
    for weights in network.weights:
        for seed, (name, array) in enumerate(weights.items()):
            drawn = 0.5 * numbers(*array.shape, seed=seed + 1)
            array[...] = np.abs(drawn) + 0.3 if name == "moving_variance" else drawn
    return network


def tracer_of(network: Network) -> Tracer:
    return Tracer(network.design, network.layout, network.parameters)


@of_every_layer
def test_the_gradient_by_the_input_is_that_of_difference_quotients_of_predictions(
    layer: Layer, shape: Shape
) -> None:
    network = network_of(layer, Flatten(name=""), Dense(name="", units=3), shape=shape)
    x = inputs_of(layer, 2, shape, seed=7, dtype=np.float64)
    dz, tracer = numbers(2, 3, seed=8, dtype=np.float64), tracer_of(network)
    tracer(x)
    dx = tracer.gradient(dz)
    assert dx.shape == x.shape
    if layer.takes_indices:
        assert not dx.any()  # whole numbers have no gradient
        return
    expected = difference_quotients(lambda: float(np.sum(network.predictor(x) * dz)), x)
    np.testing.assert_allclose(dx, expected, rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("last", ["softmax", "sigmoid", "linear"])
def test_scores_are_the_outputs_before_the_last_function(last: str) -> None:
    network = network_of(Dense(name="", units=4), Dense(name="", units=3, activation=last), shape=(5,))
    x, tracer = numbers(2, 5, dtype=np.float64), tracer_of(network)
    z = x @ network.weights[0]["kernel"] + network.weights[0]["bias"]
    z = z @ network.weights[1]["kernel"] + network.weights[1]["bias"]
    np.testing.assert_allclose(tracer(x), z)
    assert tracer.last == ("" if last == "linear" else last)


def test_what_trains_otherwise_than_it_predicts_is_traced_as_it_predicts() -> None:
    stack = (
        Conv2D(name="", filters=3, activation="relu"),
        BatchNormalization(name=""),
        MaxPooling2D(name=""),
        Dropout(name="", rate=0.5),
        GaussianNoise(name="", stddev=0.5),
        Flatten(name=""),
        Dense(name="", units=3),
    )
    network = network_of(*stack, shape=(6, 6, 1))
    x, before = numbers(4, 6, 6, 1, dtype=np.float64), network.parameters.copy()
    tracer = tracer_of(network)
    np.testing.assert_allclose(tracer(x), network.predictor(x))
    tracer.gradient(np.ones((4, 3)))
    np.testing.assert_array_equal(network.parameters, before)


def test_a_recurrent_layer_drops_nothing_and_passes_over_what_stands_for_nothing() -> None:
    stack = (
        Embedding(name="", input_dim=5, output_dim=3, mask_zero=True),
        LSTM(name="", units=4, dropout=0.5, recurrent_dropout=0.5),
        Dense(name="", units=2),
    )
    network = network_of(*stack, shape=(6,))
    x = np.array([[1, 2, 0, 0, 3, 0], [4, 0, 1, 2, 2, 2]], np.float64)
    np.testing.assert_allclose(tracer_of(network)(x), network.predictor(x))


def test_the_last_hidden_layer_is_what_the_output_layer_sees() -> None:
    hidden, last = Dense(name="", units=4, activation="relu"), Dense(name="", units=3, activation="softmax")
    network = network_of(hidden, Dropout(name=""), last, shape=(5,))
    x, tracer = numbers(2, 5, dtype=np.float64), tracer_of(network)
    expected = np.maximum(x @ network.weights[0]["kernel"] + network.weights[0]["bias"], 0.0)
    assert tracer.hidden_width == 4
    np.testing.assert_allclose(tracer.hidden(x), expected)


def test_a_network_without_a_hidden_layer_has_nothing_hidden() -> None:
    tracer = tracer_of(network_of(Flatten(name=""), Dense(name="", units=3), shape=(2, 2)))
    assert tracer.hidden_width == 0
    assert tracer.hidden(numbers(2, 2, 2)).shape == (2, 0)


def test_a_snapshot_has_a_tracer_of_its_own_in_float32() -> None:
    design = design_of(Dense(name="", units=3, activation="softmax"), loss=SparseCategoricalCrossentropy())
    tracer = Network(design, (4,)).snapshot().tracer()
    assert tracer(numbers(2, 4)).dtype == tracer.gradient(np.ones((2, 3))).dtype == np.float32
