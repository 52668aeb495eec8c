"""OnnxImages: layers for images in operators of ONNX, which want channels first: they are turned and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from nnstudio.engine.layer import Weights
from nnstudio.engine.layers import Conv2D, UpSampling2D, ZeroPadding2D
from nnstudio.formats.onnx_graph import OnnxGraph
from nnstudio.task import Shape

_FIRST, _LAST = (0, 3, 1, 2), (0, 2, 3, 1)
_SMOOTH = {"mode": "linear", "coordinate_transformation_mode": "half_pixel"}
_REPEATED = {"mode": "nearest", "coordinate_transformation_mode": "asymmetric", "nearest_mode": "floor"}
Call = Callable[[OnnxGraph, Any, Weights, Shape, str], str]


def conv2d(graph: OnnxGraph, layer: Conv2D, weights: Weights, shape: Shape, x: str) -> str:
    reach = [(n - 1) * apart + 1 for n, apart in zip(layer.kernel_size, layer.dilation_rate, strict=True)]
    kernel = graph.constant(weights["kernel"].transpose(3, 2, 0, 1))
    bias = [graph.constant(weights["bias"])] if "bias" in weights else []
    places = {
        "kernel_shape": list(layer.kernel_size),
        "strides": list(layer.strides),
        "dilations": list(layer.dilation_rate),
        "pads": _frame(shape, reach, layer.strides, layer.padding),
    }
    return _turned(graph, x, "Conv", kernel, *bias, **places)


def pooling(operator: str, **attributes: Any) -> Call:
    """Return what makes a pooling layer of ``operator``."""

    def call(graph: OnnxGraph, layer: Any, weights: Weights, shape: Shape, x: str) -> str:
        strides = layer.strides or layer.pool_size
        places = {
            "kernel_shape": list(layer.pool_size),
            "strides": list(strides),
            "pads": _frame(shape, layer.pool_size, strides, layer.padding),
        }
        return _turned(graph, x, operator, **places, **attributes)

    return call


def global_pooling(operator: str) -> Call:
    """Return what makes a layer that pools whole images by ``operator``."""

    def call(graph: OnnxGraph, layer: Any, weights: Weights, shape: Shape, x: str) -> str:
        return graph.add(operator, x, axes=[1, 2], keepdims=int(layer.keepdims))

    return call


def zero_padding2d(graph: OnnxGraph, layer: ZeroPadding2D, weights: Weights, shape: Shape, x: str) -> str:
    top, bottom, left, right = map(int, np.ravel(layer.padding))
    return graph.add("Pad", x, graph.whole(0, top, left, 0, 0, bottom, right, 0))


def up_sampling2d(graph: OnnxGraph, layer: UpSampling2D, weights: Weights, shape: Shape, x: str) -> str:
    scales = graph.constant((1, 1, *layer.size))
    how = _SMOOTH if layer.interpolation == "bilinear" else _REPEATED
    return _turned(graph, x, "Resize", "", scales, **how)


def _turned(graph: OnnxGraph, x: str, operator: str, *inputs: str, **attributes: Any) -> str:
    first = graph.add("Transpose", x, perm=_FIRST)
    return graph.add("Transpose", graph.add(operator, first, *inputs, **attributes), perm=_LAST)


def _frame(shape: Shape, reach: Any, strides: Any, padding: str) -> list[int]:
    """Return how many cells padding puts around an image: top, left, bottom, right."""
    if padding == "valid":
        return [0, 0, 0, 0]
    more = [
        max((-(-length // stride) - 1) * stride + window - length, 0)
        for length, window, stride in zip(shape[:2], reach, strides, strict=True)
    ]
    return [*(n // 2 for n in more), *(n - n // 2 for n in more)]
