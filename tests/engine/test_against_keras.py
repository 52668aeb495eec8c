"""The engine against files that real Keras 3 and tf_keras wrote: predictions and resumed training."""

from __future__ import annotations

import numpy as np
import pytest

from nnstudio.engine.progress import Epoch
from nnstudio.engine.training import evaluate, train
from tests.engine.helpers import ArraySamples
from tests.engine.keras_fixtures import INDEX, METRICS, Fixture, load

PREDICTION, LOSS, WEIGHTS = 1e-5, 2e-5, 2e-4
of_every_file = pytest.mark.parametrize("name", INDEX)


def keras_values(history: dict[str, float]) -> dict[str, float]:
    """Return Keras' values under the names of this engine, without metrics that it does not have."""
    renamed = {METRICS[name].keras_name: value for name, value in history.items() if name in METRICS}
    return renamed | {"loss": history["loss"]}


def resumed(fixture: Fixture) -> tuple[np.ndarray, np.ndarray, list[dict[str, float]]]:
    """Train on as Keras did; return weights, predictions and the values of each epoch."""
    plan = fixture.entry["resume"]
    state = fixture.state("x_train", "y_train", epochs=plan["epochs"], batch_size=plan["batch_size"])
    history = [event.values for event in train(state) if isinstance(event, Epoch)]
    return state.network.parameters, state.network.predictor(fixture.arrays["x_pred"]), history


@of_every_file
def test_predictions_are_those_of_keras(name: str) -> None:
    fixture = load(name)
    predictor = fixture.state("x_train", "y_train").network.predictor
    np.testing.assert_allclose(
        predictor(fixture.arrays["x_pred"]), fixture.arrays["y_pred"], rtol=0, atol=PREDICTION
    )


@of_every_file
def test_evaluation_is_that_of_keras(name: str) -> None:
    fixture = load(name)
    samples = ArraySamples(fixture.arrays["x_eval"], fixture.arrays["y_eval"])
    network = fixture.state("x_train", "y_train").network
    values = evaluate(network.predictor, samples)
    assert values == pytest.approx(keras_values(fixture.entry["evaluate"]), abs=PREDICTION)


@of_every_file
def test_resumed_training_goes_as_in_keras(name: str) -> None:
    fixture = load(name)
    weights, predictions, epochs = resumed(fixture)
    history = fixture.entry["resume"]["history"]
    for number, values in enumerate(epochs):
        expected = keras_values({key: column[number] for key, column in history.items()})
        assert values == pytest.approx(expected, abs=LOSS)
    np.testing.assert_allclose(weights, fixture.kept_weights("r_w__"), rtol=0, atol=WEIGHTS)
    np.testing.assert_allclose(predictions, fixture.arrays["r_y_pred"], rtol=0, atol=WEIGHTS)


@of_every_file
def test_a_fixture_holds_weights_slots_and_training_that_matter(name: str) -> None:
    fixture = load(name)
    np.testing.assert_array_equal(fixture.weights, fixture.kept_weights("w__"))
    assert np.abs(fixture.kept_weights("r_w__") - fixture.weights).max() > 10 * WEIGHTS
    assert all(vector.size == fixture.weights.size for vector in fixture.slots.values())
