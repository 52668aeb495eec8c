"""The engine against files that real Keras 3 and tf_keras wrote: predictions and resumed training."""

from __future__ import annotations

import numpy as np
import pytest

from nnstudio.engine.progress import Epoch
from nnstudio.engine.training import evaluate, train
from tests.engine.helpers import ArraySamples
from tests.engine.keras_fixtures import EVALUATED, INDEX, RESUMED, Fixture, load, optimizer_state, weights_of

PREDICTION, LOSS, WEIGHTS = 1e-5, 2e-5, 2e-4
of_every_file = pytest.mark.parametrize("name", INDEX)
of_compiled_files = pytest.mark.parametrize("name", EVALUATED)
of_trained_files = pytest.mark.parametrize("name", RESUMED)


def assert_figures(
    fixture: Fixture, values: dict[str, float], theirs: dict[str, float], within: float
) -> None:
    """Compare with what Keras reported, where it reported rightly what this engine has."""
    known = fixture.known_figures(theirs)
    assert "loss" in known
    assert {name: values[name] for name in known} == pytest.approx(known, abs=within)


@of_every_file
def test_predictions_are_those_of_keras(name: str) -> None:
    fixture = load(name)
    predictor = fixture.state("x_pred", "y_pred").network.predictor
    found = predictor(fixture.arrays["x_pred"])
    np.testing.assert_allclose(found, fixture.arrays["y_pred"], rtol=0, atol=PREDICTION)


@of_compiled_files
def test_evaluation_is_that_of_keras(name: str) -> None:
    fixture = load(name)
    samples = ArraySamples(fixture.arrays["x_eval"], fixture.arrays["y_eval"])
    values = evaluate(fixture.state("x_eval", "y_eval").network.predictor, samples)
    assert_figures(fixture, values, fixture.entry["evaluate"], PREDICTION)


@of_trained_files
def test_resumed_training_goes_as_in_keras(name: str) -> None:
    fixture = load(name)
    plan, history = fixture.entry["resume"], fixture.entry["resume"]["history"]
    state = fixture.state("x_train", "y_train", epochs=plan["epochs"], batch_size=plan["batch_size"])
    epochs = [event.values for event in train(state) if isinstance(event, Epoch)]
    for number, values in enumerate(epochs):
        assert_figures(fixture, values, {key: column[number] for key, column in history.items()}, LOSS)
    if "evaluate" in plan:
        samples = ArraySamples(fixture.arrays["x_eval"], fixture.arrays["y_eval"])
        assert_figures(fixture, evaluate(state.network.predictor, samples), plan["evaluate"], WEIGHTS)
    for array, kept in zip(weights_of(state.network), fixture.kept_weights("r_w__"), strict=True):
        np.testing.assert_allclose(array, kept, rtol=0, atol=WEIGHTS)
    predictions = state.network.predictor(fixture.arrays["x_pred"])
    np.testing.assert_allclose(predictions, fixture.arrays["r_y_pred"], rtol=0, atol=WEIGHTS)


@of_trained_files
def test_a_fixture_holds_weights_slots_and_training_that_matter(name: str) -> None:
    fixture = load(name)
    before, after = fixture.kept_weights("w__"), fixture.kept_weights("r_w__")
    for array, kept in zip(fixture.content.weights, before, strict=True):
        np.testing.assert_array_equal(array, kept)
    assert max(np.abs(now - was).max() for now, was in zip(after, before, strict=True)) > 10 * WEIGHTS
    state = fixture.state("x_train", "y_train")
    slots, iteration = optimizer_state(fixture.content)
    assert state.slots.vectors.keys() <= slots.keys() or iteration == 0
    assert all(sum(a.size for a in arrays) == state.network.gradients.size for arrays in slots.values())
