"""The map of the inputs says what the network says, in the right places, and shows all kinds of points."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nnstudio.data.dataset import Dataset, Samples
from nnstudio.data.load import load
from nnstudio.data.preparation import STANDARD, Preparation
from nnstudio.data.recipe import Recipe, recipe_of
from nnstudio.data.sources.drug_trial import DrugTrial
from nnstudio.data.sources.formulas import Plane, Sine
from nnstudio.data.sources.toys import Circle, Gaussians
from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layers import Dense
from nnstudio.engine.losses import BinaryCrossentropy, Hinge, MeanSquaredError
from nnstudio.engine.network import Network, Snapshot
from nnstudio.errors import Cancelled
from nnstudio.experiments.ground import can_be_drawn, ground_of
from nnstudio.experiments.input_map import ALONG, SIDE, class_shares, grid, map_inputs

LINE = design_of(Dense(1, activation="sigmoid"), loss=BinaryCrossentropy())
VALUE = design_of(Dense(1), loss=MeanSquaredError(), metrics=())


def snapshot_of(design: Design, *parameters: float, inputs: int = 2) -> Snapshot:
    return Snapshot(design, (inputs,), np.array(parameters, np.float32))


def test_a_line_parts_the_plane_where_its_weights_say() -> None:
    ground = ground_of(load(recipe_of(Circle())))
    found = map_inputs(snapshot_of(LINE, 0.0, 8.0, -2.0), ground)  # x2 > 0.25 means outside
    assert found is not None and found.answers.shape == (SIDE, SIDE, 2)
    low, high = ground.ranges[1]
    border = high - 0.25 * 0 - (np.argmax(found.answers[:, 0, 1] < 0.5) / SIDE) * (high - low)
    assert border == pytest.approx(0.25, abs=(high - low) / SIDE)
    assert found.answers[0, 0, 1] > 0.9 and found.answers[-1, -1, 1] < 0.1


def test_inputs_are_scaled_as_in_training() -> None:
    data = load(Recipe(Plane(), preparation=Preparation(STANDARD)))
    ground = ground_of(data)
    network = Network(design_of(Dense(7, activation="tanh"), Dense(1), loss=MeanSquaredError()), (2,))
    found = map_inputs(network.snapshot(), ground)
    assert found is not None
    raw = grid(ground)[13, 57][None].astype(np.float64)
    moments = data.training.x.astype(np.float64)
    scaled = (raw - moments.mean(axis=0)) / moments.std(axis=0)
    first, second = (network.weights[index] for index in (0, 1))
    hidden = np.tanh(scaled @ first["kernel"] + first["bias"])
    assert found.answers[13, 57] == pytest.approx((hidden @ second["kernel"] + second["bias"])[0], abs=1e-5)


def test_one_input_makes_a_curve_from_end_to_end() -> None:
    ground = ground_of(load(recipe_of(Sine())))
    found = map_inputs(snapshot_of(VALUE, 2.0, 0.5, inputs=1), ground)
    assert found is not None and found.answers.shape == (ALONG, 1)
    assert found.answers[[0, -1], 0] == pytest.approx([2 * end + 0.5 for end in ground.ranges[0]], abs=1e-5)


def test_a_network_for_other_data_has_no_map() -> None:
    ground = ground_of(load(recipe_of(Gaussians(classes=3))))
    images = Network(LINE, (3,)).snapshot()
    two = Network(design_of(Dense(2, activation="softmax")), (2,)).snapshot()
    assert map_inputs(images, ground) is None and map_inputs(two, ground) is None


def test_a_map_can_be_stopped() -> None:
    ground = ground_of(load(recipe_of(Circle())))
    with pytest.raises(Cancelled):
        map_inputs(snapshot_of(LINE, 0.0, 0.0, 0.0), ground, lambda: True)


def test_wild_weights_make_a_map_too() -> None:
    ground = ground_of(load(recipe_of(Plane())))
    found = map_inputs(snapshot_of(VALUE, np.nan, np.inf, 1e30), ground)
    assert found is not None and not np.isfinite(found.answers).any()


@pytest.mark.parametrize(
    ("outputs", "boundary", "second"),
    [([[0.8]], 0.5, 0.8), ([[1.7]], 0.5, 1.0), ([[0.0]], 0.0, 0.5), ([[np.log(3.0)]], 0.0, 0.75)],
)
def test_one_output_tells_how_sure_the_second_class_is(
    outputs: list[list[float]], boundary: float, second: float
) -> None:
    shares = class_shares(np.array(outputs, np.float32), boundary)
    assert shares[0] == pytest.approx([1 - second, second], abs=1e-6)


def test_several_outputs_become_shares_whatever_they_are() -> None:
    logits = class_shares(np.array([[0.0, np.log(2.0), np.log(5.0)]], np.float32), 0.0)
    assert logits[0] == pytest.approx([1 / 8, 2 / 8, 5 / 8])
    sigmoids = class_shares(np.array([[0.9, 0.9, 0.0], [-1.0, 0.0, 0.5]], np.float32), 0.5)
    assert sigmoids == pytest.approx(np.array([[0.5, 0.5, 0.0], [0.0, 0.0, 1.0]]))
    assert Hinge().boundary == 0.0  # so that hinge, too, is taken for outputs of any size


@pytest.mark.parametrize("classes", [2, 3, 4, 5])
def test_points_are_of_all_classes_and_from_all_over(classes: int) -> None:
    ground = ground_of(load(recipe_of(Gaussians(count=5000, classes=classes))))
    for points, most in ((ground.training, 600), (ground.test, 200)):
        counts = np.bincount(points.y, minlength=classes)
        assert len(points.x) == most and counts.min() > 0.6 * most / classes
        for axis, (low, high) in enumerate(ground.ranges):
            assert low < points.x[:, axis].min() and points.x[:, axis].max() < high


def test_what_can_be_drawn_is_one_or_two_numbers() -> None:
    assert can_be_drawn(load(recipe_of(Circle()))) and can_be_drawn(load(recipe_of(DrugTrial())))
    assert not can_be_drawn(load(Recipe()))
    assert not can_be_drawn(_without_samples(load(recipe_of(Circle()))))


def test_a_constant_input_has_a_range() -> None:
    data = load(recipe_of(Circle()))
    x = data.training.x.copy()
    x[:, 1] = 3.0
    ground = ground_of(replace(data, training=Samples(x, data.training.y), test=Samples(x, data.training.y)))
    low, high = ground.ranges[1]
    assert low < 3.0 < high


def _without_samples(data: Dataset) -> Dataset:
    return replace(data, training=data.training.part(0, 0))
