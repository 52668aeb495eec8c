"""Products: nothing but the matrix products of a network, on numbers that stay the same: the floor."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from nnstudio.engine.design import Design
from nnstudio.engine.layer import Layer
from nnstudio.engine.layers import LSTM, Conv2D, Dense
from nnstudio.engine.layout import lay_out
from nnstudio.task import Shape
from tests.engine.helpers import numbers

Product = tuple[np.ndarray, np.ndarray, np.ndarray]


def bare_products(
    design: Design, shape: Shape, batch_size: int, steps: int, *, learns: bool
) -> Callable[[], object]:
    """Return the products of ``steps`` batches: forwards, and if it ``learns`` both gradients too.

    The first layer's gradient by its input is nobody's need. A convolution multiplies patches that lie ready.
    """
    products: list[Product] = []
    for layer, inputs in zip(design.layers, lay_out(design.layers, shape).shapes, strict=False):
        for rows, depth, units in _sizes(layer, inputs):
            products += _of_one(rows * batch_size, depth, units, learns, dx=learns and bool(products))

    def multiply() -> None:
        for _ in range(steps):
            for left, right, out in products:
                np.matmul(left, right, out=out)

    return multiply


def _sizes(layer: Layer, shape: Shape) -> Iterator[tuple[int, int, int]]:
    """Yield rows per sample, length and number of columns of each of a layer's products."""
    if isinstance(layer, Dense):
        yield 1, shape[-1], layer.units
    if isinstance(layer, Conv2D):
        height, width, _ = layer.output_shape(shape)
        yield height * width, layer.kernel_size[0] * layer.kernel_size[1] * shape[-1], layer.filters
    if isinstance(layer, LSTM):
        yield shape[0], shape[1], 4 * layer.units
        for _ in range(shape[0]):
            yield 1, layer.units, 4 * layer.units


def _of_one(rows: int, depth: int, units: int, learns: bool, dx: bool) -> Iterator[Product]:
    x, w, dy = numbers(rows, depth), numbers(depth, units), numbers(rows, units)
    yield x, w, np.empty_like(dy)
    if learns:
        yield x.T, dy, np.empty_like(w)
    if dx:
        yield dy, w.T, np.empty_like(x)
