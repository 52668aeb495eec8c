"""A training that runs away ends with a sentence and with weights that can still be used."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest

from nnstudio.engine.activations import ACTIVATIONS
from nnstudio.engine.design import design_of
from nnstudio.engine.layers import Dense
from nnstudio.engine.losses import LOSSES, Loss
from nnstudio.engine.optimizers import OPTIMIZERS, SGD, Guess, Optimizer
from nnstudio.engine.run_state import RunState
from nnstudio.engine.training import train
from nnstudio.errors import DivergedError
from tests.engine.helpers import ArraySamples, numbers, regression, start, value_samples

pytestmark = pytest.mark.filterwarnings("error")
of_every_optimizer = pytest.mark.parametrize("kind", OPTIMIZERS)


def is_finite(state: RunState) -> bool:
    vectors = (state.network.parameters, *state.slots.vectors.values())
    return all(bool(np.isfinite(vector).all()) for vector in vectors)


def run_away(state: RunState) -> None:
    with pytest.raises(DivergedError, match=r"epoch \d+, batch \d+: .*\.$"):
        for _ in train(state):
            assert is_finite(state)
    assert is_finite(state)


@pytest.mark.parametrize("activation", ["linear", "relu", "tanh"])
@pytest.mark.parametrize("rate", [100.0, 1e6])
def test_too_large_a_learning_rate_ends_in_a_sentence(activation: str, rate: float) -> None:
    hidden = (Dense(units=8, activation=activation), Dense(units=8, activation=activation))
    design = regression(SGD(learning_rate=rate), *hidden)
    run_away(start(design, value_samples(64), epochs=100, batch_size=16))


@of_every_optimizer
@pytest.mark.parametrize("loss", LOSSES)
def test_weights_stay_finite_at_any_learning_rate(kind: type[Optimizer], loss: type[Loss]) -> None:
    last = Dense(units=3, activation=loss().end or "linear")
    design = design_of(
        Dense(units=8, activation="relu"),
        Dense(units=8),
        last,
        loss=loss(),
        optimizer=kind(learning_rate=1e6),
    )
    epochs = 2 if kind is Guess else 50  # it takes its time, and has nothing that could grow unseen
    state = start(design, ArraySamples(numbers(64, 3), np.arange(64) % 3), epochs=epochs, batch_size=16)
    with contextlib.suppress(DivergedError):
        list(train(state))
    assert is_finite(state)


@of_every_optimizer
@pytest.mark.parametrize("columns", [slice(0, 1), slice(None)], ids=["one input", "all inputs"])
@pytest.mark.parametrize("value", [np.inf, -np.inf, np.nan])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_inputs_that_are_not_finite_end_in_a_sentence(
    kind: type[Optimizer], columns: slice, value: float, activation: str
) -> None:
    samples = value_samples(64)
    samples.x[40, columns] = value  # a saturated tanh hides it from the loss, but not from the gradients
    design = regression(kind(), Dense(units=8, activation=activation))
    run_away(start(design, samples, epochs=2, batch_size=16))


@of_every_optimizer
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_very_large_inputs_leave_weights_and_slots_finite(kind: type[Optimizer], activation: str) -> None:
    samples = value_samples(64)
    samples.x[40, 0] = 3e38
    state = start(regression(kind(), Dense(units=8, activation=activation)), samples, epochs=2, batch_size=16)
    with contextlib.suppress(DivergedError):
        list(train(state))
    assert is_finite(state)


@pytest.mark.parametrize("value", [np.inf, np.nan])
def test_a_validation_that_is_not_finite_is_no_warning(value: float) -> None:
    validation = value_samples(8)
    validation.x[3] = value
    *_, epoch = train(start(regression(), value_samples(8), validation, epochs=1))
    assert not np.isfinite(epoch.values["val_loss"])


@of_every_optimizer
def test_after_running_away_the_run_can_go_on_with_other_data(kind: type[Optimizer]) -> None:
    samples = value_samples(12)
    samples.x[:] = np.inf
    state = start(regression(kind()), samples, epochs=1)
    run_away(state)
    samples.x[:] = numbers(12, 3)
    assert np.isfinite([step.values["loss"] for step in train(state)]).all()
    assert state.epoch == 1
