"""A picture of a digit comes out as MNIST's image of that digit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nnstudio.data.digits import digit_from_image
from nnstudio.data.idx import read_idx
from tests.data.makers import complete_mnist

PICTURES: dict[str, Any] = {
    "as it is": lambda picture: picture,
    "dark on bright": lambda picture: 255 - picture,
    "pale": lambda picture: 60 + picture * 0.5,
    "with grain": lambda picture: picture + np.random.default_rng(1).normal(10, 3, picture.shape),
}


def shares(lengths: Any) -> Any:
    """Return how much of each of 28 pixels lies between neighbouring ``lengths``, as rows that sum to 1."""
    pixels = np.arange(28)
    overlap = np.minimum(lengths[1:, None], pixels + 1) - np.maximum(lengths[:-1, None], pixels)
    return np.clip(overlap, 0, None) / np.diff(lengths)[:, None]


def photograph(digit: Any, rng: Any) -> Any:
    """Return ``digit`` on 280 x 280 pixels, enlarged 5 to 8 times and moved at random."""
    span = 280 / rng.uniform(5, 8)
    down, right = (np.linspace(0, span, 281) + 14 - span / 2 + rng.uniform(-2, 2) for _ in "xy")
    return np.rint(shares(down) @ digit @ shares(right).T)


@pytest.mark.parametrize("change", PICTURES.values(), ids=PICTURES)
def test_a_picture_of_a_mnist_digit_comes_back_as_that_digit(change: Any) -> None:
    digits = read_idx(complete_mnist() / "t10k-images-idx3-ubyte.gz", 3)
    rng = np.random.default_rng(0)
    errors = []
    for digit in digits[rng.choice(len(digits), 100, replace=False)].astype(np.float64):
        found = digit_from_image(np.clip(change(photograph(digit, rng)), 0, 255))
        assert found is not None
        errors.append(np.abs(found - digit).mean())
    # For comparison: the mean pixel is 34, and a digit moved by one pixel differs by 16.
    assert np.median(errors) < 2 and np.mean(errors) < 3


def test_a_mnist_image_stays_what_it_is() -> None:
    for digit in read_idx(complete_mnist() / "t10k-images-idx3-ubyte.gz", 3)[:500]:
        found = digit_from_image(digit)
        assert found is not None and np.abs(found - digit.astype(float)).max() <= 2


@pytest.mark.parametrize("shape", [(1, 1), (28, 28), (3, 500)])
@pytest.mark.parametrize("value", [0, 128, 255])
def test_a_blank_picture_is_no_digit(shape: tuple[int, int], value: int) -> None:
    assert digit_from_image(np.full(shape, value, np.uint8)) is None
