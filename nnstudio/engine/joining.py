"""Joining: a convolution and the max pooling right behind it are computed together."""

from __future__ import annotations

from dataclasses import dataclass

from nnstudio.engine.images.convolving import Convolving
from nnstudio.engine.layer import Array, Layer, Weights
from nnstudio.engine.layers import Conv2D, MaxPooling2D
from nnstudio.engine.scratch import Scratch
from nnstudio.task import Shape

# The largest number stays the largest behind these activations, so that they may as well come after pooling.
NEVER_FALLING = frozenset(
    (
        "linear",
        "relu",
        "sigmoid",
        "tanh",
        "leaky_relu",
        "elu",
        "selu",
        "softplus",
        "softsign",
        "relu6",
        "hard_sigmoid",
        "hard_sigmoid_keras2",
        "exponential",
    )
)


@dataclass(frozen=True)
class PooledConvolution(Layer):
    """What a Conv2D and the MaxPooling2D behind it do, with the Conv2D's weights.

    The large image between them is never written to memory.
    """

    convolution: Conv2D
    pooling: MaxPooling2D

    def forward(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        return self._convolving(x.shape[1:]).forward(weights, x, scratch)

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        return self._convolving(scratch["x"].shape[1:]).backward(weights, grads, dy, scratch)

    def _convolving(self, shape: Shape) -> Convolving:
        windows = self.pooling.windows(self.convolution.output_shape(shape))
        return self.convolution.convolving(shape, windows)


@dataclass(frozen=True)
class Done(Layer):
    """Stands for a layer whose work the one before it does too."""

    def forward(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        return x

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        return dy


def join(stack: tuple[Layer, ...]) -> tuple[Layer, ...]:
    """Return a stack that computes the same, layer for layer, with pooling joined to convolutions."""
    joined = list(stack)
    for index, (layer, behind) in enumerate(zip(stack, stack[1:], strict=False)):
        if (
            isinstance(layer, Conv2D)
            and isinstance(behind, MaxPooling2D)
            and layer.activation in NEVER_FALLING
        ):
            joined[index : index + 2] = PooledConvolution(layer, behind), Done()
    return tuple(joined)
