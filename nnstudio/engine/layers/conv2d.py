"""Conv2D: looks for the same small patterns everywhere in an image."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import ClassVar

from nnstudio.engine.activations import ACTIVATIONS
from nnstudio.engine.constraints import CONSTRAINTS, Constraint
from nnstudio.engine.images.convolving import Convolving, fastest_correlation
from nnstudio.engine.images.windows import Pair, Windows, windows_over
from nnstudio.engine.initializers import INITIALIZERS, GlorotUniform, Initializer, Zeros
from nnstudio.engine.layer import Array, Layer, Weights, WeightSpec
from nnstudio.engine.regularizers import REGULARIZERS, Regularizer
from nnstudio.engine.scratch import Scratch
from nnstudio.settings import setting
from nnstudio.task import Shape


@dataclass(frozen=True)
class Conv2D(Layer):
    """Look for the same small patterns everywhere in an image.

    y[i, j] = activation(sum over the cells of window (i, j) of x kernel + bias), for each filter.
    (height, width, channels) in, (places down, places across, filters) out. "same" padding puts zeros around
    the image, so that strides of 1 keep its size.

    Weights:
        kernel: (kernel height, kernel width, channels, filters)
        bias: (filters,)

    Source: LeCun et al. 1998, Gradient-Based Learning Applied to Document Recognition.
    """

    family: ClassVar[str] = "convolution"

    filters: int = setting(
        32,
        "How many patterns the layer looks for; each gives one output channel.",
        minimum=1,
        unit="filters",
        main=True,
    )
    kernel_size: Pair = setting((3, 3), "Height and width of a pattern.", minimum=1, main=True)
    strides: Pair = setting((1, 1), "How many cells the window moves at a time, down and across.", minimum=1)
    padding: str = setting(
        "valid",
        "Whether windows stay inside the image (valid) or zeros around it keep its size (same).",
        choices=("valid", "same"),
    )
    dilation_rate: Pair = setting(
        (1, 1), "How far apart the cells of a pattern are, down and across.", minimum=1, advanced=True
    )
    activation: str = setting(
        "linear", "The function that each output goes through.", choices=tuple(ACTIVATIONS), main=True
    )
    use_bias: bool = setting(True, "Whether each filter has a constant that is added.")
    kernel_initializer: Initializer = setting(
        GlorotUniform(), "How the weights start before training.", choices=INITIALIZERS
    )
    bias_initializer: Initializer = setting(
        Zeros(), "How the constants start before training.", choices=INITIALIZERS
    )
    kernel_regularizer: Regularizer | None = setting(
        None, "What large weights add to the loss.", choices=REGULARIZERS
    )
    bias_regularizer: Regularizer | None = setting(
        None, "What large constants add to the loss.", choices=REGULARIZERS
    )
    kernel_constraint: Constraint | None = setting(
        None, "What holds for the weights after every batch.", choices=CONSTRAINTS
    )
    bias_constraint: Constraint | None = setting(
        None, "What holds for the constants after every batch.", choices=CONSTRAINTS
    )

    def conflicts(self) -> Iterator[str]:
        """Tell which settings exclude each other."""
        if max(self.strides) > 1 and max(self.dilation_rate) > 1:
            yield "Strides above 1 and a dilation rate above 1 exclude each other."

    @property
    def last_function(self) -> str:
        return self.activation

    def windows(self, shape: Shape) -> Windows:
        """Return where the patterns are looked for in images of ``shape``."""
        return windows_over("Conv2D", shape, self.kernel_size, self.strides, self.padding, self.dilation_rate)

    def output_shape(self, shape: Shape) -> Shape:
        return (*self.windows(shape).places, self.filters)

    def weight_specs(self, shape: Shape) -> tuple[WeightSpec, ...]:
        kernel = WeightSpec(
            "kernel",
            (*self.kernel_size, shape[-1], self.filters),
            self.kernel_initializer,
            regularizer=self.kernel_regularizer,
            constraint=self.kernel_constraint,
        )
        bias = WeightSpec(
            "bias",
            (self.filters,),
            self.bias_initializer,
            regularizer=self.bias_regularizer,
            constraint=self.bias_constraint,
        )
        return (kernel, bias) if self.use_bias else (kernel,)

    def multiply_adds(self, shape: Shape) -> int:
        return prod((*self.windows(shape).places, *self.kernel_size, shape[-1], self.filters))

    def forward(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        return self.convolving(x.shape[1:]).forward(weights, x, scratch)

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        return self.convolving(scratch["x"].shape[1:]).backward(weights, grads, dy, scratch)

    def convolving(self, shape: Shape, pool: Windows | None = None) -> Convolving:
        """Return the layer at work on images of ``shape``, with the max pooling behind it."""
        way = fastest_correlation(self.windows(shape), shape[-1], self.filters)
        return Convolving(way, ACTIVATIONS[self.activation], pool)
