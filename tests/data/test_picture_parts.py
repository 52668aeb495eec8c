"""A picture is taken apart into what touches, and fits networks of other sizes."""

from __future__ import annotations

import numpy as np
import pytest

from nnstudio.data.digits import digit_from_strokes
from nnstudio.data.picture_parts import fitted, parts_of
from nnstudio.data.strokes import Stroke

LINE = np.array([(0.0, 0.0), (0.0, 200.0)])
SHAPES = {(28, 28): (28, 28), (28, 28, 1): (28, 28), (784,): (28, 28), (20, 20): (20, 20)}
SHAPES |= {(64, 64, 3): (64, 64, 3), (64, 48, 1): (64, 48)}


@pytest.mark.parametrize(("right", "parts"), [(0, 1), (20, 1), (120, 2)])
def test_lines_are_parts_where_they_do_not_touch(right: float, parts: int) -> None:
    drawing = digit_from_strokes([Stroke(LINE, 22.0), Stroke(LINE + (right, 0), 22.0)])
    assert drawing is not None and parts_of(drawing.image) == parts


def test_a_speck_is_no_part() -> None:
    image = np.zeros((28, 28), np.uint8)
    image[4:24, 12:15] = 255
    image[25, 25] = 200
    assert parts_of(image) == 1 and parts_of(np.zeros_like(image)) == 0


@pytest.mark.parametrize(("shape", "expected"), SHAPES.items(), ids=str)
def test_a_digit_fits_networks_of_other_sizes(shape: tuple[int, ...], expected: tuple[int, ...]) -> None:
    image = np.zeros((28, 28), np.uint8)
    image[:14] = 255
    found = fitted(image, shape)
    assert found is not None and found.shape == expected and found.size == np.prod(shape)
    assert found[0].min() == 255 and found[-1].max() == 0 and found.mean() == pytest.approx(127.5, abs=1)


def test_a_row_of_other_numbers_takes_no_picture() -> None:
    assert fitted(np.zeros((28, 28), np.uint8), (13,)) is None
