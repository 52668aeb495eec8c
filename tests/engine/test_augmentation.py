"""Augmentation: pictures move as they should, nothing else does, and equal seeds give equal pictures."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnstudio.engine.augmentation import Augmentation
from nnstudio.engine.design import design_of
from nnstudio.engine.layers import Dense, Flatten
from nnstudio.engine.progress import Epoch, Step
from nnstudio.engine.run_state import RunState
from nnstudio.engine.training import evaluate, train
from nnstudio.engine.warping import warp
from nnstudio.errors import DataError
from nnstudio.task import Shape
from tests.engine.helpers import ArraySamples, numbers, start

STILL = Augmentation(0.0, 0.0, 0.0, 0.0)
ALL = Augmentation(0.2, 30.0, 0.3, 0.1)
SHAPES: list[Shape] = [(6, 5), (4, 7, 1), (5, 4, 3)]
IDENTITY = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]


def seen_through(picture: np.ndarray, affine: np.ndarray) -> np.ndarray:
    """Return a picture (height, width) through an affine map, pixel by pixel."""
    height, width = picture.shape
    middle = np.array([(height - 1) / 2, (width - 1) / 2])
    result = np.zeros(picture.shape)
    for row, column in np.ndindex(picture.shape):
        y, x = affine[:, :2] @ (np.array([row, column]) - middle) + affine[:, 2] + middle
        for i in range(height):
            for j in range(width):
                result[row, column] += picture[i, j] * max(0, 1 - abs(y - i)) * max(0, 1 - abs(x - j))
    return result


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=30, deadline=None)
@given(entries=st.lists(st.floats(-2, 2), min_size=6, max_size=6))
def test_a_picture_is_what_a_loop_over_its_pixels_sees(shape: Shape, entries: list[float]) -> None:
    x = numbers(2, *shape, dtype=np.float64)
    affine = np.array(entries).reshape(2, 3) * [1.0, 1.0, 3.0]
    expected = x.copy()
    channels = expected.reshape(2, *shape[:2], -1)
    for channel in range(channels.shape[-1]):
        channels[1, ..., channel] = seen_through(channels[1, ..., channel], affine)
    warp(x, np.array([IDENTITY, affine]))
    np.testing.assert_allclose(x, expected, atol=1e-9)


def test_a_batch_of_many_pieces_is_the_same_as_its_pictures_alone() -> None:
    x = numbers(70, 28, 28)
    maps = np.array(IDENTITY) + 0.3 * numbers(70, 2, 3, seed=1)
    alone = x.copy()
    for index in range(70):
        warp(alone[index : index + 1], maps[index : index + 1])
    warp(x, maps)
    assert x.tobytes() == alone.tobytes()


def pictures(change: Augmentation, count: int = 300, size: int = 21) -> np.ndarray:
    """Return a cross of two bright pixels, above and at the right of the middle, changed many times."""
    x = np.zeros((count, size, size), np.float32)
    x[:, size // 2 - 5, size // 2] = 1.0
    x[:, size // 2, size // 2 + 5] = 1.0
    change.apply(x, np.random.default_rng(3))
    return x


def centres(x: np.ndarray) -> np.ndarray:
    """Return row and column of the centre of mass of each picture, from its middle, (pictures, 2)."""
    places = np.indices(x.shape[1:]).reshape(2, -1) - x.shape[1] // 2
    return x.reshape(len(x), -1) @ places.T / x.sum(axis=(1, 2))[:, None]


def test_a_shift_moves_as_far_as_it_says_in_all_directions() -> None:
    moved = centres(pictures(Augmentation(0.1, 0.0, 0.0))) - [-2.5, 2.5]
    assert np.abs(moved).max() <= 2.1 + 1e-5
    assert np.abs(moved.max(axis=0) - 2.1).max() < 0.1 and np.abs(moved.min(axis=0) + 2.1).max() < 0.1
    assert np.abs(moved.mean(axis=0)).max() < 0.2
    assert abs(np.corrcoef(moved.T)[0, 1]) < 0.15


def test_a_rotation_keeps_the_distance_and_turns_as_far_as_it_says() -> None:
    row, column = centres(pictures(Augmentation(0.0, 40.0, 0.0))).T
    assert np.hypot(row, column) == pytest.approx(math.hypot(2.5, 2.5), abs=0.1)
    turned = np.rad2deg(np.arctan2(-row, column)) - 45.0
    assert np.abs(turned).max() == pytest.approx(40.0, abs=1.5)
    assert turned.min() < -37 and turned.max() > 37


def test_a_scale_changes_distances_by_as_much_as_it_says() -> None:
    row, column = centres(pictures(Augmentation(0.0, 0.0, 0.4))).T
    larger = np.hypot(row, column) / math.hypot(2.5, 2.5)
    assert larger.min() == pytest.approx(0.6, abs=0.03) and larger.max() == pytest.approx(1.4, abs=0.03)
    assert row == pytest.approx(-column, abs=1e-4)


def test_noise_is_normal_and_different_in_every_number() -> None:
    x = np.full((50, 30, 30), 2.0, np.float32)
    replace(STILL, noise=0.5).apply(x, np.random.default_rng(0))
    drawn = (x - 2.0) / 0.5
    assert abs(drawn.mean()) < 0.02 and drawn.std() == pytest.approx(1.0, abs=0.01)
    assert np.mean(np.abs(drawn) < 1) == pytest.approx(0.683, abs=0.01)


@pytest.mark.parametrize("shape", [*SHAPES, (9,)])
def test_nothing_set_changes_nothing_and_draws_nothing(shape: Shape) -> None:
    x, rng = numbers(3, *shape), np.random.default_rng(0)
    before, state = x.tobytes(), rng.bit_generator.state
    STILL.apply(x, rng)
    assert x.tobytes() == before and rng.bit_generator.state == state


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_seed_gives_the_same_pictures_and_pictures_differ(shape: Shape, dtype: type) -> None:
    same = np.repeat(numbers(1, *shape, dtype=dtype), 6, axis=0)
    runs = [same.copy() for _ in range(3)]
    for x, seed in zip(runs, (1, 1, 2), strict=True):
        ALL.apply(x, np.random.default_rng(seed))
    assert runs[0].tobytes() == runs[1].tobytes() != runs[2].tobytes()
    assert len({picture.tobytes() for picture in runs[0]}) == 6
    assert runs[0].dtype == dtype and np.isfinite(runs[0]).all()


def run_of(augmentation: Augmentation | None, shape: Shape = (6, 6), **plan: object) -> RunState:
    design = design_of(Flatten(), Dense(units=3, activation="softmax"))
    data = ArraySamples(numbers(12, *shape), np.arange(12) % 3)
    return start(design, data, data, epochs=2, batch_size=5, augmentation=augmentation, **plan)


def test_training_learns_from_changed_samples_and_leaves_the_data_as_they_are() -> None:
    state, plain = run_of(ALL), run_of(None)
    assert list(train(state)) != list(train(plain))
    assert state.training.x.tobytes() == numbers(12, 6, 6).tobytes()  # type: ignore[attr-defined]


def test_the_validation_sees_the_samples_as_they_are() -> None:
    state = run_of(ALL)
    *_, epoch = train(state)
    assert isinstance(epoch, Epoch) and state.validation is not None
    assert epoch.values["val_loss"] == evaluate(state.network.predictor, state.validation)["loss"]


def test_each_epoch_changes_a_sample_in_another_way() -> None:
    state = run_of(ALL, shuffle=False)
    rows = np.arange(5)
    first = state.gather(rows)[0].copy()
    assert (first != state.gather(rows)[0]).any()


def test_changes_have_random_numbers_of_their_own() -> None:
    changed, plain = run_of(ALL), run_of(None)
    for state in (changed, plain):
        state.begin_epoch()
        next(train(state))
    assert changed.order.tolist() == plain.order.tolist()  # type: ignore[union-attr]
    assert changed.network.rng.bit_generator.state == plain.network.rng.bit_generator.state


def test_data_that_are_no_pictures_take_noise_alone() -> None:
    data = ArraySamples(numbers(12, 4), np.arange(12) % 3)
    design = design_of(Dense(units=3, activation="softmax"))
    with pytest.raises(DataError, match=r"Only pictures.*4 numbers.*noise"):
        start(design, data, augmentation=ALL)
    state = start(design, data, augmentation=replace(STILL, noise=0.1), batch_size=6)
    assert isinstance(next(train(state)), Step)
