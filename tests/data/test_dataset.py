"""Samples are gathered, prepared and split."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from nnstudio.data.dataset import Dataset, Samples
from nnstudio.data.recipe import Recipe
from nnstudio.data.scaler import PIXELS, PLAIN, Scaler
from nnstudio.errors import DataError
from nnstudio.task import DataFacts, Task
from tests.data.makers import images, labels

ROWS = {
    "mixed": [7, 3, 3, 39, 0],
    "in a row": [4, 5, 6, 7],
    "with the same ends": [4, 6, 5, 7],
    "backwards": [7, 6, 5, 4],
    "all": list(range(40)),
    "one": [39],
    "none": [],
}


def samples(scaler: Scaler = PIXELS, kind: Any = np.uint8) -> Samples:
    return Samples(images(40).astype(kind), labels(40).astype(np.int64), scaler)


def dataset(count: int) -> Dataset:
    part = Samples(np.zeros((count, 2), np.float32), np.zeros(count, np.int64), PLAIN)
    return Dataset(Recipe(), part, part, DataFacts("zeros", (2,), Task.MANY_CLASSES, ("0", "1")))


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
@pytest.mark.parametrize("out_kind", [np.float32, np.float64])
@pytest.mark.parametrize("kind", [np.uint8, np.float32])
@pytest.mark.parametrize("scaler,scale", [(PIXELS, 255), (PLAIN, 1)])
def test_gathered_rows_are_the_prepared_rows(
    rows: list[int], out_kind: Any, kind: Any, scaler: Scaler, scale: int
) -> None:
    out = np.full((64, 28, 28), -1, out_kind)
    source = samples(scaler, kind)
    before = source.x.copy()
    view = source.x_rows(np.array(rows, dtype=np.int64), out)
    assert np.array_equal(view, images(40)[rows].astype(out_kind) / out_kind(scale))
    assert view.base is out and (out[len(rows) :] == -1).all()
    assert np.array_equal(source.x, before)
    assert np.array_equal(source.y_rows(np.array(rows, dtype=np.int64)), labels(40)[rows])


def test_a_single_image_is_prepared_as_a_batch_is() -> None:
    out = np.empty((1, 28, 28), np.float32)
    prepared = PIXELS.apply(images(40)[5])
    assert prepared.dtype == np.float32
    assert np.array_equal(prepared, samples().x_rows(np.array([5]), out)[0])


def test_several_threads_gather_at_once() -> None:
    source = samples()

    def gather(seed: int) -> bool:
        rng, out = np.random.default_rng(seed), np.empty((32, 28, 28), np.float32)
        batches = (rng.permutation(40)[:32] for _ in range(200))
        return all(np.array_equal(source.x_rows(rows, out) * 255, source.x[rows]) for rows in batches)

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(gather, range(8)))


def test_a_part_is_a_view() -> None:
    source = samples()
    part = source.part(10, 25)
    assert len(part) == 15 and np.shares_memory(part.x, source.x) and np.shares_memory(part.y, source.y)
    out = np.empty((2, 28, 28), np.float32)
    assert np.array_equal(part.x_rows(np.array([14, 0]), out), PIXELS.apply(source.x[[24, 10]]))


@pytest.mark.parametrize("share", [0.1, 0.2, 0.25, 1 / 3, 0.5, 0.9])
@pytest.mark.parametrize("count", [11, 20, 100, 4000, 60000])
def test_the_tail_validates_as_in_keras(count: int, share: float) -> None:
    training, validation = dataset(count).split(share)
    assert validation is not None
    assert len(training) == math.floor(count * (1.0 - share)) and len(training) + len(validation) == count


def test_no_share_means_no_validation() -> None:
    training, validation = dataset(10).split(0.0)
    assert len(training) == 10 and validation is None


@pytest.mark.parametrize("share", [1.0, 0.95, 1.5, -0.5])
def test_a_share_that_leaves_nothing_to_train_with_is_refused(share: float) -> None:
    with pytest.raises(DataError, match="Choose a share"):
        dataset(10).split(share)


SHAPES = {(28, 28): True, (8, 9, 1): True, (8, 9, 3): True, (8, 9, 2): False, (784,): False}


@pytest.mark.parametrize("shape,expected", SHAPES.items())
def test_images_are_known_by_their_shape(shape: tuple[int, ...], expected: bool) -> None:
    assert Samples(np.zeros((2, *shape), np.uint8), np.zeros(2, np.int64)).images is expected


def test_a_picture_is_the_image_as_it_came() -> None:
    raw = images(40)
    assert np.array_equal(samples().picture(3), raw[3])
    for x in (raw[..., None], raw.astype(np.float32), (raw / 255).astype(np.float32)):
        picture = Samples(x, np.zeros(40, np.int64), PLAIN).picture(3)
        assert picture.dtype == np.uint8 and np.array_equal(picture, raw[3])
