"""NumpyCalls: each layer as one line of plain NumPy, in words of `nnstudio.formats.plain`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nnstudio.engine.layer import Layer
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
from nnstudio.task import Shape

# The weights of a layer, by name, as expressions; what it does not have is 0 or 1.
Names = dict[str, str]
Call = Callable[[Any, Names, Shape], str]


def call_of(layer: Layer, names: Names, shape: Shape) -> str:
    """Return the expression for the output of ``layer`` given ``x``, (samples, *shape); "" for x itself."""
    expression = CALLS[type(layer)](layer, names, shape)
    activation = getattr(layer, "activation", "linear")
    if isinstance(layer, Dense | Conv2D) and activation != "linear":
        return f"{activation}({expression})"
    return expression


def _function(layer: Any, names: Names, shape: Shape) -> str:
    return "" if layer.activation == "linear" else f"{layer.activation}(x)"


def _nothing(layer: Any, names: Names, shape: Shape) -> str:
    return ""


def _relu(layer: ReLU, names: Names, shape: Shape) -> str:
    limit = "np.inf" if layer.max_value is None else layer.max_value
    if layer.max_value is None and not layer.threshold:
        return f"leaky_relu(x, {layer.negative_slope})" if layer.negative_slope else "relu(x)"
    return f"threshold_relu(x, {limit}, {layer.negative_slope}, {layer.threshold})"


def _conv(layer: Conv2D, names: Names, shape: Shape) -> str:
    places = f"{layer.strides}, {layer.padding!r}, {layer.dilation_rate}"
    return f"conv2d(x, {names['kernel']}, {names.get('bias', '0')}, {places})"


def _pooling(function: str) -> Call:
    def call(layer: Any, names: Names, shape: Shape) -> str:
        return f"{function}(x, {layer.pool_size}, {layer.strides or layer.pool_size}, {layer.padding!r})"

    return call


def _global(method: str) -> Call:
    def call(layer: Any, names: Names, shape: Shape) -> str:
        return f"x.{method}(axis=(1, 2){', keepdims=True' if layer.keepdims else ''})"

    return call


def _normalization(function: str, *moments: str) -> Call:
    def call(layer: Any, names: Names, shape: Shape) -> str:
        learnt = [names.get("gamma", "1"), names.get("beta", "0"), *(names[name] for name in moments)]
        return f"{function}(x, {', '.join(learnt)}, {layer.epsilon})"

    return call


def _recurrent(function: str) -> Call:
    def call(layer: Any, names: Names, shape: Shape) -> str:
        gates = [layer.recurrent_activation] if hasattr(layer, "recurrent_activation") else []
        bias = names.get("bias", "(0, 0)" if function == "gru" else "0")
        order = [repr(layer.return_sequences), repr(layer.go_backwards)]
        arguments = [names["kernel"], names["recurrent_kernel"], bias, layer.activation, *gates, *order]
        return f"{function}(x, {', '.join(arguments)})"

    return call


def _gru(layer: GRU, names: Names, shape: Shape) -> str:
    return _recurrent("gru" if layer.reset_after else "gru_reset_before")(layer, names, shape)


CALLS: dict[type[Layer], Call] = {
    Dense: lambda layer, names, shape: f"dense(x, {names['kernel']}, {names.get('bias', '0')})",
    Activation: _function,
    ReLU: _relu,
    LeakyReLU: lambda layer, names, shape: f"leaky_relu(x, {layer.negative_slope})",
    PReLU: lambda layer, names, shape: f"prelu(x, {names['alpha']})",
    ELU: lambda layer, names, shape: f"elu(x, {layer.alpha})",
    Softmax: lambda layer, names, shape: "softmax(x)",
    Dropout: _nothing,
    GaussianNoise: _nothing,
    BatchNormalization: _normalization("batch_normalization", "moving_mean", "moving_variance"),
    LayerNormalization: _normalization("layer_normalization"),
    Flatten: lambda layer, names, shape: "flatten(x)",
    Reshape: lambda layer, names, shape: f"reshape(x, {layer.output_shape(shape)})",
    Conv2D: _conv,
    MaxPooling2D: _pooling("max_pooling2d"),
    AveragePooling2D: _pooling("average_pooling2d"),
    GlobalAveragePooling2D: _global("mean"),
    GlobalMaxPooling2D: _global("max"),
    ZeroPadding2D: lambda layer, names, shape: f"zero_padding2d(x, {', '.join(map(str, layer.padding))})",
    UpSampling2D: lambda layer, names, shape: f"up_sampling2d(x, {layer.size}, {layer.interpolation!r})",
    Embedding: lambda layer, names, shape: f"embedding(x, {names['embeddings']})",
    SimpleRNN: _recurrent("simple_rnn"),
    LSTM: _recurrent("lstm"),
    GRU: _gru,
}
