"""Causes: why numbers stopped being finite, in plain words with what to do about it."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.engine.network import Network

Array = npt.NDArray[Any]

_LARGE_INPUT = 1e4
_LARGE_OUTPUT = 1e9
_CLIPS = ("clipnorm", "clipvalue", "global_clipnorm")
_GROWS_FASTEST = "exponential"


def learning_rate(rate: float) -> str:
    """Say that the steps are too large, which is the cause unless another one is found."""
    return f"A learning rate of {rate:g} is probably too large: try a tenth of it."


def growing(network: Network, index: int, x: Array, rate: float) -> str:
    """Say why the outputs of layer ``index`` came to be too large, for a batch ``x`` (batch, *shape)."""
    largest = float(np.abs(x).max(initial=0.0))
    if largest > _LARGE_INPUT:
        return f"The inputs are as large as {largest:.3g}: scale them, best to numbers near 1."
    for layer in network.design.layers[: index + 1]:
        if getattr(layer, "activation", "") == _GROWS_FASTEST:
            return f'The function exponential of layer "{layer.name}" grows without bounds: try relu instead.'
    return exploding(network, index, rate)


def exploding(network: Network, index: int, rate: float) -> str:
    """Say why gradients in or above layer ``index`` came to be too large."""
    optimizer = network.design.optimizer
    clipped = any(getattr(optimizer, name, None) is not None for name in _CLIPS)
    for layer, specs in zip(network.design.layers[index:], network.layout.specs[index:], strict=True):
        if not clipped and any("recurrent" in spec.name for spec in specs):
            return (
                f'Over many time steps what layer "{layer.name}" computes grows without bounds: set the '
                "optimizer's clipnorm to 1."
            )
    return learning_rate(rate)


def loss_of_outputs(network: Network, z: Array, rate: float) -> str:
    """Say why the loss of finite outputs ``z`` (batch, outputs), or that of the weights, is not finite."""
    largest = float(np.abs(z).max(initial=0.0))
    if largest < _LARGE_OUTPUT and np.isfinite(network.penalty()):
        name = type(network.design.loss).__name__
        return f"{name} takes the logarithm of outputs that must be above 0: end with softmax or sigmoid."
    return learning_rate(rate)
