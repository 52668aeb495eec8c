"""After each epoch: the best weights are kept, the rate falls on a plateau, and enough is enough."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnstudio.engine.epoch_end import close_epoch
from nnstudio.engine.optimizers import SGD
from nnstudio.engine.plan import TrainingPlan
from nnstudio.engine.plateau import ReduceLROnPlateau
from nnstudio.engine.progress import Epoch
from nnstudio.engine.run_state import RunState
from nnstudio.engine.stopping import EarlyStopping
from nnstudio.engine.training import evaluate, train
from tests.engine.helpers import regression, start, value_samples
from tests.engine.keras_callbacks import last_epoch, rates

losses = st.lists(st.integers(0, 12).map(lambda tenths: tenths / 10), min_size=1, max_size=30)
deltas = st.sampled_from([0.0, 0.05, 0.1, 0.15, 0.3])
counts = st.integers(1, 5)


def state_of(epochs: int = 100, **plan: Any) -> RunState:
    return start(regression(SGD(learning_rate=0.5)), value_samples(4), epochs=epochs, **plan)


def go(state: RunState, values: Sequence[float], name: str = "val_loss") -> list[str]:
    """Let epochs with these losses pass, each of which leaves its number in all weights; return the notes."""
    notes: list[str] = []
    for value in values:
        if state.epoch >= state.epochs:
            break
        state.begin_epoch()
        state.network.parameters[:] = state.epoch + 1
        notes += close_epoch(state, {"loss": 0.0, name: value})
    return notes


@given(losses, counts, deltas)
def test_early_stopping_ends_where_keras_does(values: list[float], patience: int, min_delta: float) -> None:
    rule = EarlyStopping(patience, min_delta)
    state = state_of(early_stopping=rule)
    go(state, values)
    assert state.epoch == last_epoch(rule, values)


@given(losses, counts, deltas, st.integers(0, 4), st.sampled_from([0.0, 0.06, 0.5, 2.0]))
def test_the_learning_rate_falls_where_it_does_in_keras(
    values: list[float], patience: int, min_delta: float, cooldown: int, min_lr: float
) -> None:
    rule = ReduceLROnPlateau(0.5, patience, min_delta, cooldown, min_lr)
    state, found = state_of(reduce_on_plateau=rule), []
    for value in values:
        go(state, [value])
        found.append(state.slots.learning_rate)
    assert found == rates(rule, values, 0.5)


@given(losses)
def test_the_weights_of_the_lowest_loss_are_kept_without_any_plan(values: list[float]) -> None:
    state = state_of()
    go(state, values)
    first_lowest = 1 + values.index(min(values))
    assert (state.best.epoch, state.best.loss) == (first_lowest, min(values))
    assert state.best.parameters is not None and (state.best.parameters == first_lowest).all()
    assert (state.network.parameters == len(values)).all()


def test_without_a_validation_the_training_loss_is_watched() -> None:
    state = state_of(early_stopping=EarlyStopping(patience=2))
    notes = go(state, [0.5, 0.3, 0.4, 0.3, 0.2], name="loss")
    assert state.epoch == 4 and state.best.epoch == 2
    assert "training loss did not become lower for 2 epochs" in notes[0]


def test_with_a_validation_the_training_loss_is_not_watched() -> None:
    state = state_of(early_stopping=EarlyStopping(patience=2))
    go(state, [0.5, 0.4, 0.3, 0.2])
    assert state.epoch == 4 and state.best.epoch == 4


def test_ending_early_puts_the_best_weights_back_and_says_so() -> None:
    state = state_of(early_stopping=EarlyStopping(patience=2))
    notes = go(state, [0.5, 0.3, 0.4, 0.6])
    assert notes == [
        "Ended early after epoch 4: the validation loss did not become lower for 2 epochs.",
        "The weights of epoch 2 are back: they have the lowest validation loss.",
    ]
    assert (state.network.parameters == 2).all() and state.position == 2
    assert state.ended_early and state.epochs == state.epoch == 4


def test_the_last_epoch_puts_the_best_weights_back_too_as_in_keras() -> None:
    state = state_of(epochs=3, early_stopping=EarlyStopping(patience=9))
    assert go(state, [0.5, 0.3, 0.4]) == [
        "The weights of epoch 2 are back: they have the lowest validation loss."
    ]
    assert (state.network.parameters == 2).all() and not state.ended_early


def test_weights_stay_where_nobody_wants_the_best_ones() -> None:
    for plan in ({"early_stopping": EarlyStopping(2, restore_best_weights=False)}, {}):
        state = state_of(epochs=4, **plan)
        go(state, [0.5, 0.3, 0.4, 0.6])
        assert (state.network.parameters == 4).all() and state.position == 4


def test_more_epochs_go_on_from_the_last_weights_with_fresh_patience() -> None:
    state = state_of(early_stopping=EarlyStopping(patience=2))
    go(state, [0.5, 0.3, 0.4, 0.6])
    assert list(train(state)) == [] and (state.network.parameters == 2).all()
    state.epochs = 9
    state.begin_epoch()
    assert (state.network.parameters == 4).all() and not state.ended_early
    assert state.best.parameters is not None and (state.best.parameters == 2).all()
    go(state, [0.6, 0.6])
    assert state.epoch == 6 and (state.network.parameters == 2).all()


def test_a_best_last_epoch_leaves_nothing_to_put_back() -> None:
    state = state_of(epochs=2, early_stopping=EarlyStopping())
    assert go(state, [0.5, 0.3]) == []
    assert state.position == 2


def test_epochs_that_are_taken_back_end_the_training_with_its_best_weights() -> None:
    state = state_of(epochs=9, early_stopping=EarlyStopping(patience=9))
    go(state, [0.5, 0.3, 0.4])
    state.epochs = 3
    assert list(train(state)) == []
    assert (state.network.parameters == 2).all()


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_loss_that_is_no_number_is_never_better(value: float) -> None:
    plan = {"early_stopping": EarlyStopping(3), "reduce_on_plateau": ReduceLROnPlateau(0.5, 3)}
    state = state_of(**plan)
    go(state, [value, value, 0.3, value, 0.4, value])
    assert state.epoch == 6 and state.best.epoch == 3
    assert state.slots.learning_rate == 0.25
    none = state_of(early_stopping=EarlyStopping(2))
    go(none, [value, value, value])
    assert none.best.epoch == 0 and none.position == none.epoch


def test_a_reduction_is_told_with_its_reason() -> None:
    state = state_of(reduce_on_plateau=ReduceLROnPlateau(patience=1))
    (note,) = go(state, [0.5, 0.5])
    assert note == (
        "The learning rate is 0.05 from here on: the validation loss did not become lower for 1 epoch."
    )


def test_steps_after_a_reduction_are_smaller() -> None:
    plan = TrainingPlan(epochs=3, batch_size=4, reduce_on_plateau=ReduceLROnPlateau(0.5, 1, min_delta=1e5))
    samples = value_samples(4)
    state = RunState.start(regression(SGD(learning_rate=0.1)), plan, (3,), samples, samples)
    found = [
        event.learning_rate
        for event in train(state)
        if not isinstance(event, Epoch) and hasattr(event, "batch")
    ]
    assert found == [0.1, 0.1, 0.05]


def test_a_real_run_ends_early_with_the_weights_that_validated_best() -> None:
    samples, other = value_samples(20), value_samples(30, seed=5)
    plan = TrainingPlan(epochs=200, batch_size=4, early_stopping=EarlyStopping(2))
    state = RunState.start(regression(SGD(learning_rate=0.5)), plan, (3,), samples, other)
    epochs = [event for event in train(state) if isinstance(event, Epoch)]
    assert len(epochs) < 200 and epochs[-1].notes and not any(epoch.notes for epoch in epochs[:-1])
    best = min(epoch.values["val_loss"] for epoch in epochs)
    assert evaluate(state.network.predictor, other)["loss"] == best
    assert np.isfinite(best) and epochs[int(state.position) - 1].values["val_loss"] == best
