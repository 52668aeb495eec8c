"""Facts: counts, mean images and histograms agree with what NumPy says the slow way."""

from __future__ import annotations

import numpy as np
import pytest

from nnstudio.data.dataset import Samples
from nnstudio.data.facts import BINS, class_counts, histogram, mean_images, overview
from nnstudio.errors import Cancelled


def samples(dtype: type = np.uint8, shape: tuple[int, ...] = (4, 3), count: int = 50) -> Samples:
    x = np.random.default_rng(0).integers(0, 256, (count, *shape)).astype(dtype)
    return Samples(x, np.arange(count, dtype=np.int64) % 3)


def test_classes_without_samples_are_counted_as_0() -> None:
    assert class_counts(np.array([0, 2, 2]), 4).tolist() == [1, 0, 2, 0]


@pytest.mark.parametrize("dtype", [np.uint8, np.float32])
@pytest.mark.parametrize("shape", [(4, 3), (4, 3, 3)])
def test_a_mean_image_is_the_mean_of_its_class(dtype: type, shape: tuple[int, ...]) -> None:
    some = samples(dtype, shape)
    means = mean_images(some, 4)
    assert means.shape == (4, *shape) and means.dtype == np.uint8
    for index in range(3):
        assert np.array_equal(means[index], np.rint(some.x[some.y == index].mean(axis=0, dtype=np.float64)))
    assert not means[3].any()


def test_mean_images_of_numbers_up_to_1_are_as_bright_as_the_images() -> None:
    some = Samples(np.ones((2, 2, 2, 1), np.float32), np.array([0, 1]))
    means = mean_images(some, 2)
    assert means.shape == (2, 2, 2) and (means == 255).all()


def test_a_histogram_of_bytes_covers_0_to_255() -> None:
    some = samples(count=30_000, shape=(6, 6))
    found = histogram(some.x)
    expected = np.histogram(some.x, BINS, (0, 256))[0]
    assert found.counts.tolist() == expected.tolist()
    assert (found.low, found.high) == (0, 255)
    assert found.zero_share == pytest.approx((some.x == 0).mean())


def test_a_histogram_of_numbers_covers_their_range() -> None:
    found = histogram(np.array([[-1.0, 0.0], [0.5, 3.0]], np.float32))
    assert (found.low, found.high, found.zero_share) == (-1, 3, 0.25)
    assert found.counts.sum() == 4


def test_nothing_and_one_value_have_a_histogram() -> None:
    assert histogram(np.empty((0, 3), np.float32)).counts.sum() == 0
    assert histogram(np.full((2, 2), 7.0, np.float32)).counts.sum() == 4


def test_tables_have_no_mean_images() -> None:
    table = Samples(np.ones((4, 5), np.float32), np.arange(4) % 2)
    assert overview(table, 2).means is None


def test_a_cancelled_measurement_ends() -> None:
    with pytest.raises(Cancelled):
        overview(samples(), 3, lambda: True)
