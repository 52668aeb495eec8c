"""OnnxLayers: each layer in operators of ONNX."""

from __future__ import annotations

from typing import Any

import numpy as np

from nnstudio.engine.layer import Layer, Weights
from nnstudio.engine.layers import (
    ELU,
    GRU,
    LSTM,
    Activation,
    AveragePooling2D,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Embedding,
    Flatten,
    GaussianNoise,
    GlobalAveragePooling2D,
    GlobalMaxPooling2D,
    LayerNormalization,
    LeakyReLU,
    MaxPooling2D,
    PReLU,
    ReLU,
    Reshape,
    SimpleRNN,
    Softmax,
    UpSampling2D,
    ZeroPadding2D,
)
from nnstudio.formats.onnx_activations import activated
from nnstudio.formats.onnx_graph import OnnxGraph
from nnstudio.formats.onnx_images import (
    Call,
    conv2d,
    global_pooling,
    pooling,
    up_sampling2d,
    zero_padding2d,
)
from nnstudio.formats.onnx_recurrent import recurrent
from nnstudio.task import Shape


def put_layer(graph: OnnxGraph, layer: Layer, weights: Weights, shape: Shape, x: str) -> str:
    """Put ``layer`` behind ``x``, (batch, *shape), and return what comes out of it."""
    y = CALLS[type(layer)](graph, layer, weights, shape, x)
    activation = layer.activation if isinstance(layer, Dense | Conv2D | Activation) else "linear"
    return activated(graph, activation, y)


def _nothing(graph: OnnxGraph, layer: Any, weights: Weights, shape: Shape, x: str) -> str:
    return x


def _dense(graph: OnnxGraph, layer: Dense, weights: Weights, shape: Shape, x: str) -> str:
    y = graph.add("MatMul", x, graph.constant(weights["kernel"]))
    return graph.add("Add", y, graph.constant(weights["bias"])) if "bias" in weights else y


def _relu(graph: OnnxGraph, layer: ReLU, weights: Weights, shape: Shape, x: str) -> str:
    threshold = graph.constant(layer.threshold)
    below = graph.add("Mul", graph.add("Sub", x, threshold), graph.constant(layer.negative_slope))
    y = graph.add("Where", graph.add("Greater", x, threshold), x, below)
    return y if layer.max_value is None else graph.add("Min", y, graph.constant(layer.max_value))


def _leaky_relu(graph: OnnxGraph, layer: LeakyReLU, weights: Weights, shape: Shape, x: str) -> str:
    return graph.add("LeakyRelu", x, alpha=float(layer.negative_slope))


def _prelu(graph: OnnxGraph, layer: PReLU, weights: Weights, shape: Shape, x: str) -> str:
    return graph.add("PRelu", x, graph.constant(weights["alpha"]))


def _elu(graph: OnnxGraph, layer: ELU, weights: Weights, shape: Shape, x: str) -> str:
    return graph.add("Elu", x, alpha=float(layer.alpha))


def _softmax(graph: OnnxGraph, layer: Softmax, weights: Weights, shape: Shape, x: str) -> str:
    return graph.add("Softmax", x, axis=-1)


def _batch_norm(graph: OnnxGraph, layer: BatchNormalization, weights: Weights, shape: Shape, x: str) -> str:
    factor = weights.get("gamma", np.float32(1)) / np.sqrt(weights["moving_variance"] + layer.epsilon)
    y = graph.add("Mul", graph.add("Sub", x, graph.constant(weights["moving_mean"])), graph.constant(factor))
    return graph.add("Add", y, graph.constant(weights["beta"])) if "beta" in weights else y


def _layer_norm(graph: OnnxGraph, layer: LayerNormalization, weights: Weights, shape: Shape, x: str) -> str:
    ones, zeros = np.ones(shape[-1], np.float32), np.zeros(shape[-1], np.float32)
    learnt = (graph.constant(weights.get("gamma", ones)), graph.constant(weights.get("beta", zeros)))
    return graph.add("LayerNormalization", x, *learnt, axis=-1, epsilon=float(layer.epsilon))


def _reshape(graph: OnnxGraph, layer: Flatten | Reshape, weights: Weights, shape: Shape, x: str) -> str:
    return graph.add("Reshape", x, graph.whole(-1, *layer.output_shape(shape)))


def _embedding(graph: OnnxGraph, layer: Embedding, weights: Weights, shape: Shape, x: str) -> str:
    return graph.add("Gather", graph.constant(weights["embeddings"]), graph.add("Cast", x, to=_INT64))


_INT64 = 7  # ONNX's number of this type

CALLS: dict[type[Layer], Call] = {
    Dense: _dense,
    Activation: _nothing,  # the activation itself is put behind every layer that has one
    ReLU: _relu,
    LeakyReLU: _leaky_relu,
    PReLU: _prelu,
    ELU: _elu,
    Softmax: _softmax,
    Dropout: _nothing,
    GaussianNoise: _nothing,
    BatchNormalization: _batch_norm,
    LayerNormalization: _layer_norm,
    Flatten: _reshape,
    Reshape: _reshape,
    Conv2D: conv2d,
    MaxPooling2D: pooling("MaxPool"),
    AveragePooling2D: pooling("AveragePool", count_include_pad=0),
    GlobalAveragePooling2D: global_pooling("ReduceMean"),
    GlobalMaxPooling2D: global_pooling("ReduceMax"),
    ZeroPadding2D: zero_padding2d,
    UpSampling2D: up_sampling2d,
    Embedding: _embedding,
    SimpleRNN: recurrent,
    LSTM: recurrent,
    GRU: recurrent,
}
