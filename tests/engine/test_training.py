"""Training as a generator over a state: it can be dropped and taken up at any event."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnstudio.engine.design import design_of
from nnstudio.engine.layers import Dense, Dropout
from nnstudio.engine.losses import SparseCategoricalCrossentropy
from nnstudio.engine.metrics import Accuracy
from nnstudio.engine.optimizers import OPTIMIZERS, Adam
from nnstudio.engine.progress import Check, Epoch, Step
from nnstudio.engine.run_state import RunState
from nnstudio.engine.training import PREDICT_BATCH, evaluate, predict, train
from nnstudio.errors import DataError
from tests.engine.helpers import ArraySamples, numbers, regression, start, value_samples

DESIGN = design_of(
    Dense(units=6, activation="relu"),
    Dropout(rate=0.3),
    Dense(units=3, activation="softmax"),
    loss=SparseCategoricalCrossentropy(),
    optimizer=Adam(learning_rate=0.01),
)


def class_samples(count: int, seed: int = 0) -> ArraySamples:
    x = numbers(count, 4, seed=seed)
    return ArraySamples(x, x[:, :3].argmax(axis=1))


def fresh() -> RunState:
    """Two epochs of five batches, the last one partial, and three checks."""
    return start(DESIGN, class_samples(23), class_samples(2 * PREDICT_BATCH + 5, 1), epochs=2, batch_size=5)


def bits(state: RunState) -> tuple[object, ...]:
    """Return everything that decides how the run goes on."""
    slots = tuple(vector.tobytes() for vector in state.slots.vectors.values())
    generators = (state.rng.bit_generator.state, state.network.rng.bit_generator.state)
    place = (state.epoch, state.batch, state.slots.iteration, str(state.sums))
    return (state.network.parameters.tobytes(), slots, str(generators), place)


def test_the_events_come_in_order() -> None:
    kinds = [type(event) for event in train(fresh())]
    assert kinds == 2 * [*5 * [Step], *3 * [Check], Epoch]


def test_the_same_seed_gives_the_same_run_bit_for_bit() -> None:
    one, two = fresh(), fresh()
    assert list(train(one)) == list(train(two))
    assert bits(one) == bits(two)


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_every_optimizer_gives_the_same_run_twice(kind: type) -> None:
    runs = [start(regression(kind()), value_samples(12), epochs=3, batch_size=5) for _ in range(2)]
    assert list(train(runs[0])) == list(train(runs[1]))
    assert bits(runs[0]) == bits(runs[1])


def test_another_seed_gives_another_run() -> None:
    runs = [start(DESIGN, class_samples(23), epochs=1, seed=seed) for seed in (1, 2)]
    assert list(train(runs[0])) != list(train(runs[1]))


@pytest.mark.parametrize("dropped_after", range(1, 19))
def test_a_run_that_was_dropped_goes_on_to_the_same_bits(dropped_after: int) -> None:
    whole, broken = fresh(), fresh()
    expected = [event for event in train(whole) if not isinstance(event, Check)]
    first = train(broken)
    found = [next(first) for _ in range(dropped_after)]
    first.close()
    found += list(train(broken))
    assert [event for event in found if not isinstance(event, Check)] == expected
    assert bits(broken) == bits(whole)


def test_a_run_that_is_dropped_after_every_event_comes_to_the_same_bits() -> None:
    samples = class_samples(23), class_samples(9, 1)
    whole, broken = (start(DESIGN, *samples, epochs=2, batch_size=5) for _ in range(2))
    expected = list(train(whole))
    found = []
    for _ in range(10):
        found += list(islice(train(broken), 2))
    assert [event for event in expected if isinstance(event, Epoch)] == [
        event for event in found if isinstance(event, Epoch)
    ]
    assert bits(broken) == bits(whole)


def test_more_epochs_can_be_asked_for_afterwards() -> None:
    whole, longer = fresh(), fresh()
    longer.epochs = 1
    events = list(train(longer))
    longer.epochs = 2
    assert events + list(train(longer)) == list(train(whole))
    assert bits(longer) == bits(whole)


@given(count=st.integers(1, 40), batch_size=st.integers(1, 50), shuffle=st.booleans())
def test_an_epoch_learns_from_every_sample_once(count: int, batch_size: int, shuffle: bool) -> None:
    samples = ArraySamples(np.arange(count, dtype=np.float32)[:, None] / count, np.zeros((count, 1)))
    state = start(regression(), samples, epochs=1, batch_size=batch_size, shuffle=shuffle)
    state.begin_epoch()
    rows = []
    for batch in range(state.batches):
        state.batch = batch
        rows.append(state.next_rows())
    assert {len(part) for part in rows[:-1]} <= {batch_size}
    assert sorted(np.concatenate(rows)) == list(range(count))
    assert shuffle or np.concatenate(rows).tolist() == list(range(count))


@pytest.mark.parametrize("batch_size", [1, 4, 7, 10, 64])
def test_the_loss_of_an_epoch_is_the_mean_over_its_samples(batch_size: int) -> None:
    state = start(DESIGN, class_samples(10), epochs=1, batch_size=batch_size)
    *steps, epoch = train(state)
    assert sum(step.count for step in steps) == 10
    for name in ("loss", "accuracy"):
        mean = sum(step.values[name] * step.count for step in steps) / 10
        assert epoch.values[name] == pytest.approx(mean, rel=1e-12)


def test_the_order_of_the_samples_changes_from_epoch_to_epoch() -> None:
    state = fresh()
    state.begin_epoch()
    first = state.order
    state.begin_epoch()
    assert (first != state.order).any()


def test_without_validation_no_validation_is_told() -> None:
    *_, epoch = train(start(DESIGN, class_samples(10), epochs=1))
    assert set(epoch.values) == {"loss", "accuracy"}


def test_validation_values_are_those_of_evaluate() -> None:
    state = fresh()
    *_, epoch = train(state)
    values = evaluate(state.network.predictor, state.validation)
    assert {f"val_{name}": value for name, value in values.items()}.items() <= epoch.values.items()


def test_evaluate_does_not_depend_on_how_the_samples_fall_into_batches() -> None:
    samples, state = class_samples(PREDICT_BATCH + 1), fresh()
    p = predict(state.network.predictor, samples).astype(np.float64)
    values = evaluate(state.network.predictor, samples)
    assert values["loss"] == pytest.approx(-np.log(p[np.arange(len(p)), samples.y]).mean(), abs=1e-6)
    assert values["accuracy"] == pytest.approx(Accuracy().per_sample(samples.y, p).mean(), rel=1e-12)


def test_validation_and_training_mean_the_same_by_loss_where_outputs_saturate() -> None:
    samples = ArraySamples(np.array([[100.0, 0, 0, 0]], np.float32), np.array([1]))
    still = replace(
        DESIGN, layers=(Dense(units=3, activation="softmax"),), optimizer=Adam(learning_rate=1e-9)
    )
    state = start(still, samples, samples, epochs=1)
    state.network.weights[0]["kernel"][0] = (1.0, 0.0, 0.0)
    *_, epoch = train(state)
    assert epoch.values["val_loss"] == pytest.approx(epoch.values["loss"], rel=1e-5)


def test_predicting_no_samples_gives_no_rows() -> None:
    assert predict(fresh().network.predictor, class_samples(0)).shape == (0, 3)


def test_a_run_without_samples_is_refused_with_a_sentence() -> None:
    with pytest.raises(DataError, match=r"\.$"):
        start(DESIGN, class_samples(0))


def test_a_batch_size_beyond_the_data_takes_no_memory_for_it() -> None:
    state = start(DESIGN, class_samples(3), batch_size=65_536)
    assert state.buffer.nbytes < 1_000_000
    assert len(list(train(state))) == 2 * state.plan.epochs
