"""Explanations of answers, each against brute force or a formula of its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nnstudio.data.columns import Column
from nnstudio.data.dataset import Samples
from nnstudio.data.new_row import RowField
from nnstudio.data.scaler import PIXELS, PLAIN, Scaler
from nnstudio.data.watch import Watch
from nnstudio.engine.design import design_of
from nnstudio.engine.layer import Array, Layer
from nnstudio.engine.layers import LSTM, Conv2D, Dense, Embedding, Flatten, GlobalAveragePooling2D
from nnstudio.engine.losses import BinaryCrossentropy, Loss, MeanSquaredError, SparseCategoricalCrossentropy
from nnstudio.engine.network import Network, Snapshot
from nnstudio.errors import Cancelled, DataError
from nnstudio.experiments.explaining.answers import Answers
from nnstudio.experiments.explaining.cell import cell_means
from nnstudio.experiments.explaining.change import smallest_change
from nnstudio.experiments.explaining.gradient import input_gradient, picture_gradient
from nnstudio.experiments.explaining.neighbours import hidden_table, nearest_by_hidden, nearest_by_value
from nnstudio.experiments.explaining.occlusion import cover_picture, cover_row
from nnstudio.experiments.explaining.ordinary import ordinary_of
from nnstudio.experiments.explaining.row_change import column_reaches, row_changes
from nnstudio.task import DataFacts, Shape, Task

MANY = DataFacts("", (4,), Task.MANY_CLASSES, ("a", "b", "c"))
TWO = DataFacts("", (4,), Task.TWO_CLASSES, ("no", "yes"))
VALUE = DataFacts("", (4,), Task.REGRESSION)
SOFTMAX = Dense(name="", units=3, activation="softmax")
SIGMOID = Dense(name="", units=1, activation="sigmoid")
LINEAR = Dense(name="", units=1)
CASES = (
    (MANY, SOFTMAX, SparseCategoricalCrossentropy()),
    (TWO, SIGMOID, BinaryCrossentropy()),
    (VALUE, LINEAR, MeanSquaredError()),
)
of_every_task = pytest.mark.parametrize(("facts", "last", "loss"), CASES, ids=("classes", "two", "value"))


class Stopped(Watch):
    """A person has stopped it."""

    def cancelled(self) -> bool:
        return True


def numbers(*shape: int, seed: int = 0) -> Array:
    return np.random.default_rng(seed).standard_normal(shape).astype(np.float32)


def snapshot_of(*layers: Layer, shape: Shape = (4,), loss: Loss | None = None, seed: int = 1) -> Snapshot:
    """Compile layers with weights large enough to be sure of something."""
    network = Network(design_of(*layers, loss=loss or SparseCategoricalCrossentropy()), shape, seed=seed)
    network.parameters[...] = 0.8 * numbers(network.parameters.size, seed=seed)
    return network.snapshot()


def answers_for(
    facts: DataFacts, *layers: Layer, loss: Loss | None = None, scaler: Scaler = PLAIN
) -> Answers:
    snapshot = snapshot_of(*layers, shape=facts.sample_shape, loss=loss)
    return Answers(snapshot, facts, scaler)


def picture_answers(channels: int = 1) -> tuple[Answers, Array]:
    shape = (9, 7, channels)
    facts = replace(MANY, sample_shape=shape)
    layers = (Conv2D(name="", filters=4, activation="relu"), GlobalAveragePooling2D(name=""), SOFTMAX)
    raw = np.random.default_rng(4).integers(0, 256, shape).astype(np.uint8)
    return answers_for(facts, *layers, scaler=PIXELS), raw


def log_odds(answers: Answers, raw: Array, about: int) -> float:
    found = answers.of(raw[None])[0].astype(np.float64)
    return float(
        found[about] if answers.facts.task is Task.REGRESSION else np.log(found[about] / (1 - found[about]))
    )


@of_every_task
def test_slopes_are_those_of_log_odds_or_of_the_value(facts: DataFacts, last: Layer, loss: Loss) -> None:
    answers = answers_for(facts, Dense(name="", units=5, activation="tanh"), last, loss=loss)
    raw, step = numbers(4, seed=2), 1e-2
    for about in range(max(1, facts.classes)):
        slopes = answers.slopes(answers.prepared(raw[None]), about)[0].copy()
        for place in range(4):
            up, down = raw.copy(), raw.copy()
            up[place] += step
            down[place] -= step
            quotient = (log_odds(answers, up, about) - log_odds(answers, down, about)) / (2 * step)
            assert slopes[place] == pytest.approx(quotient, rel=2e-2, abs=2e-3)


@of_every_task
def test_a_lead_is_above_zero_for_what_is_said_and_only_for_that(
    facts: DataFacts, last: Layer, loss: Loss
) -> None:
    answers = answers_for(facts, Dense(name="", units=5, activation="tanh"), last, loss=loss)
    raw = numbers(50, 4, seed=3)
    if not facts.is_classes:
        np.testing.assert_allclose(answers.leads(raw, 0), answers.of(raw)[:, 0])
        return
    said = answers.classes(raw)
    assert len(set(said)) > 1
    for about in range(facts.classes):
        np.testing.assert_array_equal(answers.leads(raw, about) > 0, said == about)


def test_outputs_that_are_all_below_zero_are_read_as_the_evaluation_reads_them() -> None:
    linear = Dense(name="", units=3)
    network = Network(design_of(linear, loss=MeanSquaredError()), (4,), seed=2)
    network.weights[0]["bias"][...] = -20.0
    answers, raw = Answers(network.snapshot(), MANY, PLAIN), numbers(30, 4)
    outputs = network.predictor(raw)
    assert (outputs < 0).all()
    np.testing.assert_array_equal(answers.classes(raw), outputs.argmax(axis=1))


def test_a_network_for_other_samples_is_refused_in_a_sentence() -> None:
    with pytest.raises(DataError, match="Train it with these data first"):
        Answers(snapshot_of(SOFTMAX), replace(MANY, sample_shape=(5,)), PLAIN)
    with pytest.raises(DataError, match="Train it with these data first"):
        Answers(snapshot_of(SOFTMAX), replace(MANY, class_names=("a", "b")), PLAIN)


@pytest.mark.parametrize("channels", [1, 3])
def test_covering_a_picture_agrees_with_covering_it_patch_by_patch(channels: int) -> None:
    answers, raw = picture_answers(channels)
    ground = np.full(raw.shape, 77.5, np.float32)
    found = cover_picture(answers, raw, ground, 1)
    before = answers.of(raw[None])[0, 1]
    total, times, after = np.zeros((9, 7)), np.zeros((9, 7)), []
    for top in range(9):  # a patch of 1 x 1: a seventh of 9 and of 7
        for left in range(7):
            covered = raw.astype(np.float32)
            covered[top, left] = 77.5
            after.append(float(answers.of(covered[None])[0, 1]))
            total[top, left] += before - after[-1]
            times[top, left] += 1
    np.testing.assert_allclose(found.drops, total / times, atol=1e-6)
    assert (found.before, found.lowest) == pytest.approx((before, min(after)), abs=1e-6)


def test_patches_of_a_larger_picture_overlap_by_half_and_reach_its_ends() -> None:
    facts = replace(MANY, sample_shape=(28, 28))
    answers = answers_for(facts, Flatten(name=""), SOFTMAX, scaler=PIXELS)
    raw = np.random.default_rng(1).integers(0, 256, (28, 28)).astype(np.uint8)
    found, before = cover_picture(answers, raw, np.zeros_like(raw), 0), answers.of(raw[None])[0, 0]
    corner = raw.copy()
    corner[24:, 24:] = 0
    assert found.side == 4
    assert found.drops[27, 27] == pytest.approx(before - answers.of(corner[None])[0, 0], abs=1e-6)


def test_covering_a_row_replaces_all_inputs_of_a_column_together() -> None:
    answers = answers_for(TWO, Dense(name="", units=5, activation="tanh"), SIGMOID, loss=BinaryCrossentropy())
    columns = (Column("age"), Column("colour", ("red", "blue")), Column("size"))
    raw, ground = np.array([2, 0, 1, -1], np.float32), np.array([0.5, 0.25, 0.75, 3], np.float32)
    found = cover_row(answers, raw, columns, ground, 1)
    for place, inputs in enumerate(([0], [1, 2], [3])):
        covered = raw.copy()
        covered[inputs] = ground[inputs]
        expected = answers.of(raw[None])[0, 1] - answers.of(covered[None])[0, 1]
        assert found.drops[place] == pytest.approx(expected, abs=1e-6)


def test_the_gradient_of_a_linear_network_is_its_weights_with_and_without_noise() -> None:
    scaler = Scaler(np.float32(1.0) + np.zeros(4, np.float32), np.array([1, 2, 4, 8], np.float32))
    snapshot = snapshot_of(SIGMOID, loss=BinaryCrossentropy())
    answers = Answers(snapshot, TWO, scaler)
    weights = snapshot.weights()[next(iter(snapshot.weights()))]["kernel"][:, 0]
    size = np.array([1, 1, 2, 2], np.float32)
    for noise in (0.0, 0.1):
        found = input_gradient(answers, numbers(4), size, 1, noise=noise)
        np.testing.assert_allclose(found, weights * size / scaler.spread, rtol=1e-5)
        np.testing.assert_allclose(
            input_gradient(answers, numbers(4), size, 0, noise=noise), -found, rtol=1e-5
        )


def test_a_coloured_picture_has_the_sum_of_its_channels_and_the_same_map_each_time() -> None:
    answers, raw = picture_answers(3)
    found = picture_gradient(answers, raw, 255.0, 2)
    assert found.shape == (9, 7)
    np.testing.assert_array_equal(found, picture_gradient(answers, raw, 255.0, 2))
    whole = input_gradient(answers, raw, np.asarray(255.0), 2, noise=0.1)
    np.testing.assert_allclose(found, whole.sum(axis=2), rtol=1e-6)


def test_whole_numbers_have_no_gradient_and_no_change_but_can_be_covered() -> None:
    layers = (Embedding(name="", input_dim=6, output_dim=3), LSTM(name="", units=4), SOFTMAX)
    answers = answers_for(MANY, *layers)
    raw = np.array([1, 2, 3, 4], np.float32)
    with pytest.raises(DataError, match="whole numbers"):
        input_gradient(answers, raw, np.asarray(1.0), 0)
    with pytest.raises(DataError, match="whole numbers"):
        smallest_change(answers, raw, 0, 5, 0)
    found = cover_row(answers, raw, tuple(map(Column, "abcd")), np.full(4, 2.5, np.float32), 0)
    covered = np.array([0, 2, 3, 4], np.float32)
    expected = answers.of(raw[None])[0, 0] - answers.of(covered[None])[0, 0]
    assert found.drops[0] == pytest.approx(expected, abs=1e-6)


def test_the_change_of_a_linear_network_is_the_shortest_way_over_the_boundary() -> None:
    snapshot = snapshot_of(SIGMOID, loss=BinaryCrossentropy())
    answers = Answers(snapshot, TWO, PLAIN)
    weights = next(iter(snapshot.weights().values()))
    raw = numbers(4, seed=5)
    z = float(raw @ weights["kernel"][:, 0] + weights["bias"][0])
    found = smallest_change(answers, raw, -50.0, 50.0, 0 if z > 0 else 1)
    assert found is not None
    shortest = abs(z) / float(np.linalg.norm(weights["kernel"]))
    assert np.linalg.norm(found.difference) == pytest.approx(shortest, rel=0.01, abs=0.01)
    assert found.share > 0.5


@pytest.mark.parametrize("channels", [1, 3])
def test_a_changed_picture_is_read_as_the_class_and_stays_one_of_bytes(channels: int) -> None:
    answers, raw = picture_answers(channels)
    for target in range(3):
        found = smallest_change(answers, raw, 0, 255, target)
        if found is None:
            continue
        assert found.raw.dtype == np.uint8
        assert int(answers.classes(found.raw[None])[0]) == target
        np.testing.assert_array_equal(found.raw - raw.astype(np.float32), found.difference)
        assert found.pixels == int((found.difference != 0).any(axis=2).sum())
    said = int(answers.classes(raw[None])[0])
    same = smallest_change(answers, raw, 0, 255, said)
    assert same is not None and same.pixels == 0


def test_where_nothing_changes_the_answer_none_is_found() -> None:
    network = Network(design_of(SOFTMAX, loss=SparseCategoricalCrossentropy()), (4,))
    network.parameters[...] = 0.0
    network.weights[0]["bias"][0] = 1.0
    answers = Answers(network.snapshot(), MANY, PLAIN)
    assert smallest_change(answers, numbers(4), -1, 1, 2) is None
    fields = (RowField("x", 0, (), -1, 1, 0.1),)
    assert row_changes(answers, numbers(4), fields, 2) == []


def fields_of_row() -> tuple[RowField, ...]:
    return (
        RowField("age", 0, (), 10.0, 90.0, 1.0),
        RowField("colour", 1, ("red", "blue")),
        RowField("size", 3, (), -2.0, 2.0, 0.05),
    )


def test_the_least_change_of_a_row_agrees_with_trying_everything() -> None:
    scaler = Scaler(np.array([50, 0, 0, 0], np.float32), np.array([20, 1, 1, 1], np.float32))
    found_any = 0
    for seed in range(12):
        snapshot = snapshot_of(Dense(name="", units=5, activation="tanh"), SOFTMAX, seed=seed)
        answers = Answers(snapshot, MANY, scaler)
        raw = np.array([44, 1, 0, 0.3], np.float32)
        target = int(np.argsort(answers.of(raw[None])[0])[1])
        changes = row_changes(answers, raw, fields_of_row(), target)
        enough = [
            abs(age - 44) / 80
            for age in range(10, 91)
            if int(answers.classes(np.array([[age, 1, 0, 0.3]], np.float32))[0]) == target
        ]
        alone = {one.changes[0].field.name: one for one in changes if len(one.changes) == 1}
        assert ("age" in alone) == bool(enough)
        if enough:
            found_any += 1
            assert alone["age"].cost == pytest.approx(min(enough), abs=1e-5)
            assert float(alone["age"].changes[0].after).is_integer()
        assert [one.cost for one in changes] == sorted(one.cost for one in changes)
        for one in changes:
            moved = raw
            for change in one.changes:
                moved = change.field.changed(moved, change.after)
            assert int(answers.classes(moved[None])[0]) == target
    assert found_any


def test_two_values_change_together_where_one_is_not_enough() -> None:
    network = Network(design_of(SIGMOID, loss=BinaryCrossentropy()), (4,))
    network.weights[0]["kernel"][:, 0] = [1, 0, 0, 1]
    network.weights[0]["bias"][...] = -1.5
    answers = Answers(network.snapshot(), TWO, PLAIN)
    fields = (RowField("a", 0, (), 0, 1, 0.01), RowField("b", 3, (), 0, 1, 0.01))
    (found,) = row_changes(answers, np.zeros(4, np.float32), fields, 1)
    assert [change.field.name for change in found.changes] == ["a", "b"]


def test_the_reach_of_a_column_is_that_of_the_values_that_training_saw() -> None:
    answers = answers_for(VALUE, Dense(name="", units=5, activation="tanh"), LINEAR, loss=MeanSquaredError())
    raw = np.array([44, 1, 0, 0.3], np.float32)
    reaches = {reach.field.name: reach for reach in column_reaches(answers, raw, fields_of_row(), 0)}
    both = answers.of(np.array([[44, 1, 0, 0.3], [44, 0, 1, 0.3]], np.float32))[:, 0]
    assert (reaches["colour"].low, reaches["colour"].high) == pytest.approx((both.min(), both.max()))
    assert list(reaches.values()) == sorted(reaches.values(), key=lambda one: -one.width)


@pytest.mark.parametrize("scaled", [True, False])
def test_the_nearest_samples_agree_with_sorting_all_distances(scaled: bool) -> None:
    x = np.random.default_rng(2).integers(0, 256, (5_000, 6, 5)).astype(np.uint8)
    samples = Samples(x, np.zeros(5_000, np.int64), PIXELS)
    found = nearest_by_value(samples, x[4_321], 6, scaled=scaled)
    far = np.sqrt(((x.astype(np.float64) - x[4_321]) ** 2).sum(axis=(1, 2))) / (255 if scaled else 1)
    np.testing.assert_array_equal(found.rows, np.argsort(far, kind="stable")[:6])
    np.testing.assert_allclose(found.distances, np.sort(far)[:6], rtol=1e-5)
    assert found.compared == 5_000


def test_distances_keep_their_digits_far_from_zero() -> None:
    x = (1e6 + np.arange(8, dtype=np.float32))[:, None]
    found = nearest_by_value(Samples(x, np.zeros(8, np.int64)), x[3], 3)
    np.testing.assert_array_equal(found.distances, [0, 1, 1])


def test_the_nearest_by_the_last_hidden_layer_agree_with_its_own_formula() -> None:
    snapshot = snapshot_of(Dense(name="hidden", units=5, activation="relu"), SOFTMAX)
    samples = Samples(numbers(700, 4, seed=6), np.zeros(700, np.int64))
    table = hidden_table(snapshot, samples)
    assert table is not None
    weights = snapshot.weights()["hidden"]
    hidden = np.maximum(samples.x @ weights["kernel"] + weights["bias"], 0)
    far = np.linalg.norm(hidden - hidden[10], axis=1)
    found = nearest_by_hidden(table, samples.x[10], 5)
    np.testing.assert_allclose(found.distances, np.sort(far)[:5], atol=1e-5)
    assert found.rows[0] == 10


def test_a_network_without_a_hidden_layer_has_no_table() -> None:
    assert hidden_table(snapshot_of(SOFTMAX), Samples(numbers(5, 4), np.zeros(5, np.int64))) is None


def test_averages_are_those_of_numpy_and_say_whose_they_are_nearer_to() -> None:
    x, y = np.random.default_rng(3).integers(0, 256, (900, 4)).astype(np.uint8), np.arange(900) % 3
    x[y == 1, 0] //= 4
    training = Samples(x, y)
    rows = np.flatnonzero(y == 1)[:50]
    found = cell_means(training, rows, training, 0, 1)
    np.testing.assert_allclose(found.mean, x[rows].mean(axis=0), rtol=1e-6)
    for mean, one in ((found.actual_mean, 0), (found.predicted_mean, 1)):
        np.testing.assert_allclose(mean, x[y == one].mean(axis=0), rtol=1e-6)
    assert found.closer is not None and found.closer > 1  # they are of the class they are read as
    assert cell_means(training, rows, training, None, 1).closer is None


def test_what_is_ordinary_is_measured_on_some_samples_of_all() -> None:
    x = np.random.default_rng(3).integers(0, 200, (12_000, 4)).astype(np.uint8)
    found = ordinary_of(Samples(x, np.zeros(len(x), np.int64)))
    np.testing.assert_allclose(found.mean, x.mean(axis=0), rtol=0.05)
    assert (found.low, found.high) == (0.0, 255.0)


def test_all_of_it_ends_when_a_person_stops_it() -> None:
    answers, raw = picture_answers()
    samples = Samples(raw[None], np.zeros(1, np.int64), PIXELS)
    for work in (
        lambda watch: cover_picture(answers, raw, raw, 0, watch),
        lambda watch: picture_gradient(answers, raw, 255.0, 0, watch),
        lambda watch: smallest_change(answers, raw, 0, 255, 0, watch),
        lambda watch: nearest_by_value(samples, raw, 1, watch),
        lambda watch: cell_means(samples, np.zeros(1, np.intp), samples, 0, None, watch),
    ):
        with pytest.raises(Cancelled):
            work(Stopped())
