"""A convolution joined with the pooling behind it does what the two do one after the other."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest

from nnstudio.engine.activations import ACTIVATIONS
from nnstudio.engine.design import design_of
from nnstudio.engine.images import blocks
from nnstudio.engine.joining import NEVER_FALLING, Done, PooledConvolution, join
from nnstudio.engine.layers import Conv2D, Dense, Flatten, MaxPooling2D
from nnstudio.engine.peeling import peel
from nnstudio.engine.scratch import Scratch
from tests.engine.helpers import numbers
from tests.engine.image_passes import results


@pytest.mark.parametrize("name", sorted(NEVER_FALLING & ACTIVATIONS.keys()))
def test_an_activation_that_may_come_after_pooling_never_falls(name: str) -> None:
    x = np.linspace(-30.0, 30.0, 60_001)
    y = ACTIVATIONS[name].forward(x.copy(), np.empty_like(x))
    assert (np.diff(y) >= -1e-15).all()


@pytest.mark.parametrize("activation", sorted(NEVER_FALLING & ACTIVATIONS.keys()))
@pytest.mark.parametrize("channels", [1, 12])
@pytest.mark.parametrize(
    "pooling",
    [MaxPooling2D(), MaxPooling2D((3, 2), (1, 2), "same"), MaxPooling2D((2, 3), (3, 3), "same")],
)
def test_a_convolution_joined_with_its_pooling_does_what_both_do(
    pooling: MaxPooling2D, channels: int, activation: str
) -> None:
    layer = Conv2D(12, activation=activation)
    shape = (3, 13, 12, channels)
    weights = {
        "kernel": 0.2 * numbers(3, 3, channels, 12, dtype=np.float64),
        "bias": numbers(12, seed=1, dtype=np.float64),
    }
    x = numbers(*shape, seed=2, dtype=np.float64)
    joined, done = join((layer, pooling))
    dy = numbers(3, *pooling.output_shape(layer.output_shape(shape[1:])), seed=3, dtype=np.float64)
    scratches = [Scratch(np.random.default_rng(0), np.float64) for _ in range(2)]
    grads = {name: np.empty_like(weight) for name, weight in weights.items()}
    y = pooling.forward({}, layer.forward(weights, x, scratches[0]), scratches[1])
    dx = layer.backward(weights, grads, pooling.backward({}, {}, dy, scratches[1]), scratches[0])
    for numbers_at_once in (1, 10**9):
        with patch.object(blocks, "_NUMBERS_AT_ONCE", numbers_at_once):
            ours = results(joined, weights, x, dy)
        for mine, expected in zip(ours, (y, dx, *grads.values()), strict=True):
            np.testing.assert_allclose(mine, expected, rtol=1e-10, atol=1e-10)
    assert done.forward({}, y, scratches[0]) is y and done.backward({}, {}, dy, scratches[0]) is dy


def test_only_a_pooling_right_behind_a_convolution_is_joined() -> None:
    for stack in (
        (Conv2D(), Dense(), MaxPooling2D()),
        (MaxPooling2D(), Conv2D()),
        (Conv2D(activation="softmax"), MaxPooling2D()),
    ):
        assert join(stack) == stack
    joined = join((Conv2D(), MaxPooling2D(), MaxPooling2D()))
    assert [type(layer).__name__ for layer in joined] == ["PooledConvolution", "Done", "MaxPooling2D"]


def test_a_network_runs_joined_layers() -> None:
    stack, last = peel(design_of(Conv2D(), MaxPooling2D(), Flatten(), Dense(units=10, activation="softmax")))
    assert [type(layer) for layer in stack] == [PooledConvolution, Done, Flatten, Dense]
    assert last == "softmax"
