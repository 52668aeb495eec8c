"""Convolution against loops over its windows, in every way that it can be computed."""

from __future__ import annotations

import tracemalloc
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nnstudio.engine.activations import ACTIVATIONS
from nnstudio.engine.images import blocks
from nnstudio.engine.images.convolving import Convolving, fastest_correlation
from nnstudio.engine.images.correlation import Correlation
from nnstudio.engine.images.patches import Patches
from nnstudio.engine.images.tiles import Tiles, best_tile
from nnstudio.engine.images.windows import windows_over
from nnstudio.engine.layers import Conv2D
from nnstudio.engine.scratch import Scratch
from nnstudio.errors import ShapeError
from nnstudio.settings import problems_with
from tests.engine.helpers import numbers
from tests.engine.image_passes import results
from tests.engine.window_loops import Geometry, convolve, convolve_back

few = st.integers(1, 3)
pairs = st.tuples(few, few)
sizes = st.tuples(st.integers(1, 5), st.integers(1, 5))
paddings = st.sampled_from(["valid", "same"])
geometries = st.builds(Geometry, sizes, pairs, paddings) | st.builds(
    Geometry, sizes, st.just((1, 1)), paddings, pairs
)
shapes = st.tuples(st.integers(1, 11), st.integers(1, 11), st.integers(1, 10))
at_once = st.sampled_from([1, 2_000, 10**9])  # numbers in a block: one image, a few, all of them


def ways_of(geometry: Geometry, shape: tuple[int, int, int], filters: int) -> list[Correlation]:
    """Return every way to compute a convolution; none where there is no place for a window."""
    try:
        windows = windows_over(
            "Conv2D", shape, geometry.size, geometry.strides, geometry.padding, geometry.dilation
        )
    except ShapeError:
        return []
    tile = best_tile(windows)
    tiles = [Tiles(windows, shape[2], filters, tile)] if tile else []
    return [Patches(windows, shape[2], filters), *tiles]


@settings(deadline=None)
@given(geometries, shapes, st.integers(1, 4), few, at_once)
def test_every_way_gives_the_sums_over_windows_and_their_gradients(
    geometry: Geometry, shape: tuple[int, int, int], filters: int, batch: int, numbers_at_once: int
) -> None:
    x = numbers(batch, *shape, dtype=np.float64)
    kernel = numbers(*geometry.size, shape[2], filters, seed=1, dtype=np.float64)
    bias = numbers(filters, seed=2, dtype=np.float64)
    ways = ways_of(geometry, shape, filters)
    assume(ways)
    z = convolve(x, kernel, geometry) + bias
    dz = numbers(*z.shape, seed=3, dtype=np.float64)
    dx, dkernel = convolve_back(x, kernel, geometry, dz)
    for way in ways:
        with patch.object(blocks, "_NUMBERS_AT_ONCE", numbers_at_once):
            ours = results(Convolving(way, ACTIVATIONS["linear"]), {"kernel": kernel, "bias": bias}, x, dz)
        for mine, expected in zip(ours, (z, dx, dkernel, dz.sum(axis=(0, 1, 2))), strict=True):
            np.testing.assert_allclose(mine, expected, rtol=1e-10, atol=1e-10)


@given(st.sampled_from(["valid", "same"]), pairs, sizes, shapes)
def test_a_layer_has_as_many_places_as_keras(
    padding: str, strides: tuple[int, int], size: tuple[int, int], shape: tuple[int, int, int]
) -> None:
    layer = Conv2D(4, size, strides, padding)
    places = Geometry(size, strides, padding).places(shape[:2])
    if min(places) < 1:
        with pytest.raises(ShapeError, match=r"windows of .* but an image is only .* set padding to"):
            layer.output_shape(shape)
    else:
        assert layer.output_shape(shape) == (*places, 4)


@pytest.mark.parametrize("shape", [(13, 13, 32), (28, 28, 16)])
def test_tiles_are_taken_where_they_are_less_work_and_lose_few_digits(shape: tuple[int, int, int]) -> None:
    layer = Conv2D(64, padding="same")
    way = fastest_correlation(layer.windows(shape), shape[2], 64)
    assert isinstance(way, Tiles)
    x, kernel = numbers(4, *shape), numbers(3, 3, shape[2], 64, seed=1)
    z = Convolving(way, ACTIVATIONS["linear"]).forward(
        {"kernel": kernel}, x, Scratch(np.random.default_rng(0))
    )
    exact = convolve(x.astype(np.float64), kernel.astype(np.float64), Geometry((3, 3), padding="same"))
    errors = (z - exact) / exact.std()
    assert errors.std() < 1.5e-6 and np.abs(errors).max() < 3e-5


def test_patches_are_taken_where_there_are_few_channels() -> None:
    assert isinstance(fastest_correlation(Conv2D().windows((28, 28, 1)), 1, 32), Patches)


@pytest.mark.parametrize("channels", [1, 16])
def test_a_large_batch_takes_a_few_megabytes_besides_its_images(channels: int) -> None:
    layer = Conv2D(16, (3, 3), padding="same", activation="relu")
    x, weights = numbers(512, 28, 28, channels), {"kernel": numbers(3, 3, channels, 16), "bias": numbers(16)}
    dy = numbers(512, 28, 28, 16)
    tracemalloc.start()
    try:
        results(layer, weights, x, dy)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak - dy.nbytes - 2 * x.nbytes < 10e6  # y, dx and the -x of `results`
    assert 9 * x.nbytes > 10e6  # what the patches of all images would take


def test_nobody_computes_what_the_first_layer_would_hand_back() -> None:
    scratch = Scratch(np.random.default_rng(0))
    scratch.needs_dx = False
    layer, weights = Conv2D(4), {"kernel": numbers(3, 3, 2, 4), "bias": numbers(4)}
    grads = {name: np.empty_like(weight) for name, weight in weights.items()}
    y = layer.forward(weights, numbers(2, 6, 6, 2), scratch)
    layer.backward(weights, grads, np.ones_like(y), scratch)
    expected = results(layer, weights, numbers(2, 6, 6, 2), np.ones_like(y))
    np.testing.assert_allclose(grads["kernel"], expected[2], rtol=1e-5)
    with pytest.raises(KeyError):
        scratch["dx"]


def test_strides_and_dilation_exclude_each_other_as_in_keras() -> None:
    (problem,) = problems_with(Conv2D(strides=(1, 2), dilation_rate=(2, 1)))
    assert problem == "Strides above 1 and a dilation rate above 1 exclude each other."
    assert problems_with(Conv2D(strides=(2, 2))) == problems_with(Conv2D(dilation_rate=(2, 3))) == ()


def test_multiply_adds_are_counted() -> None:
    assert Conv2D(32).multiply_adds((28, 28, 1)) == 26 * 26 * 9 * 32
    assert Conv2D(8, (5, 3), (2, 2), "same").multiply_adds((9, 7, 4)) == 5 * 4 * 15 * 4 * 8
