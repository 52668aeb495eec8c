"""Pooling against loops over its windows, and over whole images."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nnstudio.engine.images import blocks
from nnstudio.engine.layer import Array, Layer
from nnstudio.engine.layers import (
    AveragePooling2D,
    GlobalAveragePooling2D,
    GlobalMaxPooling2D,
    MaxPooling2D,
)
from nnstudio.engine.scratch import Scratch
from tests.engine.helpers import numbers
from tests.engine.window_loops import Geometry, maxima, means

few = st.integers(1, 4)
pairs = st.tuples(few, few)
geometries = st.builds(Geometry, pairs, pairs, st.sampled_from(["valid", "same"]))
shapes = st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(1, 3))
at_once = st.sampled_from([1, 200, 10**9])  # numbers in a block: one image, a few, all of them


def results(layer: Layer, x: Array, dy: Array) -> tuple[Array, Array]:
    """Return y and dx, after a pass that left other numbers behind."""
    scratch = Scratch(np.random.default_rng(0), x.dtype)
    for other in (-x, x):
        y = layer.forward({}, other, scratch)
        dx = layer.backward({}, {}, dy, scratch)
    return y, dx


@settings(deadline=None)
@given(geometries, shapes, few, at_once)
@pytest.mark.parametrize(("kind", "oracle"), [(MaxPooling2D, maxima), (AveragePooling2D, means)])
def test_pooling_looks_at_each_window(
    kind: type[MaxPooling2D] | type[AveragePooling2D],
    oracle: object,
    geometry: Geometry,
    shape: tuple[int, int, int],
    batch: int,
    numbers_at_once: int,
) -> None:
    assume(min(geometry.places(shape[:2])) > 0)
    layer = kind(geometry.size, geometry.strides, geometry.padding)
    x = np.round(numbers(batch, *shape, dtype=np.float64))  # whole numbers: many are equal
    dy = numbers(batch, *layer.output_shape(shape), seed=1, dtype=np.float64)
    with patch.object(blocks, "_NUMBERS_AT_ONCE", numbers_at_once):
        ours = results(layer, x, dy)
    for mine, expected in zip(ours, oracle(x, geometry, dy), strict=True):  # type: ignore[operator]
        np.testing.assert_allclose(mine, expected, atol=1e-12)


def test_windows_are_as_far_apart_as_they_are_large_where_strides_are_left_out() -> None:
    assert MaxPooling2D((2, 3)).output_shape((6, 6, 5)) == (3, 2, 5)
    assert AveragePooling2D((2, 3), (1, 1)).output_shape((6, 6, 5)) == (5, 4, 5)
    assert MaxPooling2D((2, 3), padding="same").output_shape((7, 7, 5)) == (4, 3, 5)


def test_more_cells_in_a_window_than_a_byte_counts() -> None:
    x = numbers(2, 20, 20, 3, dtype=np.float64)
    layer = MaxPooling2D((20, 20))
    y, dx = results(layer, x, np.ones((2, 1, 1, 3)))
    assert y.tolist() == x.max(axis=(1, 2), keepdims=True).tolist()
    np.testing.assert_array_equal(dx, x == y)


@pytest.mark.parametrize("keepdims", [False, True])
def test_global_pooling_makes_one_number_of_each_channel(keepdims: bool) -> None:
    x, dy = numbers(4, 5, 6, 3, dtype=np.float64), numbers(4, 1, 1, 3, seed=1, dtype=np.float64)
    shape = (4, 1, 1, 3) if keepdims else (4, 3)
    mean, dmean = results(GlobalAveragePooling2D(keepdims=keepdims), x, dy.reshape(shape))
    largest, dlargest = results(GlobalMaxPooling2D(keepdims=keepdims), x, dy.reshape(shape))
    np.testing.assert_allclose(mean, x.mean(axis=(1, 2), keepdims=keepdims))
    np.testing.assert_allclose(dmean, np.broadcast_to(dy / 30, x.shape))
    np.testing.assert_array_equal(largest, x.max(axis=(1, 2), keepdims=keepdims))
    np.testing.assert_array_equal(dlargest, dy * (x == x.max(axis=(1, 2), keepdims=True)))


def test_numbers_that_are_all_the_largest_share_the_gradient() -> None:
    x = np.array([3.0, 1.0, 3.0, 3.0]).reshape(1, 2, 2, 1)
    _, dx = results(GlobalMaxPooling2D(), x, np.full((1, 1), 6.0))
    assert dx.ravel().tolist() == [2.0, 0.0, 2.0, 2.0]
