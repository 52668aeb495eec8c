"""Layers around images: padding, enlarging, reshaping, and what a person is told of shapes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnstudio.engine.checks import check_design
from nnstudio.engine.design import design_of
from nnstudio.engine.layer import Layer
from nnstudio.engine.layers import (
    LAYERS,
    AveragePooling2D,
    Conv2D,
    Dense,
    Flatten,
    GlobalAveragePooling2D,
    GlobalMaxPooling2D,
    MaxPooling2D,
    Reshape,
    UpSampling2D,
    ZeroPadding2D,
)
from nnstudio.engine.scratch import Scratch
from nnstudio.errors import ShapeError
from nnstudio.settings import problems_with
from nnstudio.task import DataFacts, Task
from tests.engine.helpers import numbers

IMAGE_LAYERS = [
    Conv2D,
    MaxPooling2D,
    AveragePooling2D,
    GlobalAveragePooling2D,
    GlobalMaxPooling2D,
    ZeroPadding2D,
    UpSampling2D,
]
few = st.integers(0, 3)
DIGITS = DataFacts("Digits", (28, 28), Task.MANY_CLASSES, tuple("0123456789"))


def forward(layer: Layer, x: np.ndarray) -> np.ndarray:
    return layer.forward({}, x, Scratch(np.random.default_rng(0), x.dtype))


@given(st.tuples(few, few, few, few))
def test_zeros_go_where_they_are_wanted(padding: tuple[int, int, int, int]) -> None:
    x, (top, bottom, left, right) = numbers(2, 3, 4, 2), padding
    expected = np.pad(x, ((0, 0), (top, bottom), (left, right), (0, 0)))
    np.testing.assert_array_equal(forward(ZeroPadding2D(padding), x), expected)


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (3, 1)])
def test_nearest_repeats_each_cell(size: tuple[int, int]) -> None:
    x = numbers(2, 3, 4, 2)
    expected = x.repeat(size[0], axis=1).repeat(size[1], axis=2)
    np.testing.assert_array_equal(forward(UpSampling2D(size), x), expected)


def test_bilinear_goes_from_middle_to_middle() -> None:
    x = np.array([[0.0, 4.0], [8.0, 12.0]]).reshape(1, 2, 2, 1)
    across = [0.0, 1.0, 3.0, 4.0]
    y = forward(UpSampling2D(interpolation="bilinear"), x).reshape(4, 4)
    assert y.tolist() == [[down + number for number in across] for down in (0.0, 2.0, 6.0, 8.0)]


@pytest.mark.parametrize(
    ("target", "shape"),
    [((28, 28, 1), (28, 28, 1)), ((-1,), (784,)), ((7, -1, 2), (7, 56, 2)), ((784, -1), (784, 1))],
)
def test_reshape_lays_numbers_out_in_their_order(target: tuple[int, ...], shape: tuple[int, ...]) -> None:
    x = numbers(3, 28, 28)
    assert Reshape(target).output_shape((28, 28)) == shape
    assert forward(Reshape(target), x).ravel().tolist() == x.ravel().tolist()


@pytest.mark.parametrize("target", [(28, 27), (-1, 5), (785,), (-1, 1000)])
def test_reshape_says_which_numbers_do_not_fit(target: tuple[int, ...]) -> None:
    with pytest.raises(ShapeError, match=r"^Reshape cannot lay 28 × 28 = 784 numbers out as .*\.$"):
        Reshape(target).output_shape((28, 28))


@pytest.mark.parametrize("target", [(), (0,), (3, 0), (-1, 0)])
def test_a_target_shape_without_numbers_is_refused(target: tuple[int, ...]) -> None:
    assert problems_with(Reshape(target)) == (
        "The target shape needs lengths of at least 1, or one that is -1.",
    )


def test_only_one_length_is_left_over() -> None:
    assert problems_with(Reshape((-1, -1))) == ("Only one length of the target shape can be -1.",)


def test_every_layer_of_windows_is_an_image_layer() -> None:
    assert [kind for kind in LAYERS if kind.family == "convolution"] == IMAGE_LAYERS


@pytest.mark.parametrize("kind", IMAGE_LAYERS)
def test_an_image_without_channels_is_told_what_helps(kind: type[Layer]) -> None:
    with pytest.raises(ShapeError) as raised:
        kind().output_shape((28, 24))
    assert raised.value.wanted == (28, 24, 1)
    assert str(raised.value) == (
        f"{kind.__name__} takes images of height × width × channels, but a sample arrives as 28 × 24. "
        "Reshape((28, 24, 1)) in front of it gives each image its one channel."
    )


@pytest.mark.parametrize("kind", IMAGE_LAYERS)
@pytest.mark.parametrize("shape", [(), (784,), (2, 28, 28, 1)])
def test_what_is_no_image_is_told_so(kind: type[Layer], shape: tuple[int, ...]) -> None:
    with pytest.raises(ShapeError, match=r"takes images of height × width × channels") as raised:
        kind().output_shape(shape)
    assert raised.value.wanted is None


@pytest.mark.parametrize("kind", IMAGE_LAYERS)
def test_the_fix_inserts_the_reshape_that_helps(kind: type[Layer]) -> None:
    design = design_of(kind(name="images"), Flatten(), Dense(units=10, activation="softmax"))
    (problem,) = check_design(design, DIGITS).errors
    assert (problem.where, [fix.label for fix in problem.fixes]) == (
        "images",
        ["Insert Reshape to 28 × 28 × 1"],
    )
    fixed = problem.fixes[0].apply(design)
    assert fixed.names == ("reshape", *design.names)
    assert check_design(fixed, DIGITS).ready


def test_a_shape_error_without_an_obvious_shape_has_no_fix() -> None:
    design = design_of(Flatten(), Conv2D(), Dense(units=10))
    (problem,) = check_design(design, DIGITS).errors
    assert problem.fixes == ()
