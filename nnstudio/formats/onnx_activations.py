"""OnnxActivations: each activation in operators of ONNX."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from typing import Any

from nnstudio.formats.onnx_graph import OnnxGraph

Function = Callable[[OnnxGraph, str], str]


def activated(graph: OnnxGraph, name: str, x: str) -> str:
    """Return ``x`` through the activation ``name``."""
    return FUNCTIONS[name](graph, x)


def _operator(operator: str, **attributes: Any) -> Function:
    def function(graph: OnnxGraph, x: str) -> str:
        return graph.add(operator, x, **attributes)

    return function


def _linear(graph: OnnxGraph, x: str) -> str:
    return x


def _gelu(graph: OnnxGraph, x: str) -> str:
    error = graph.add("Erf", graph.add("Div", x, graph.constant(sqrt(2))))
    share = graph.add("Mul", graph.add("Add", error, graph.constant(1)), graph.constant(0.5))
    return graph.add("Mul", x, share)


def _silu(graph: OnnxGraph, x: str) -> str:
    return graph.add("Mul", x, graph.add("Sigmoid", x))


def _mish(graph: OnnxGraph, x: str) -> str:
    return graph.add("Mul", x, graph.add("Tanh", graph.add("Softplus", x)))


def _relu6(graph: OnnxGraph, x: str) -> str:
    return graph.add("Clip", x, graph.constant(0), graph.constant(6))


FUNCTIONS: dict[str, Function] = {
    "linear": _linear,
    "relu": _operator("Relu"),
    "sigmoid": _operator("Sigmoid"),
    "tanh": _operator("Tanh"),
    "softmax": _operator("Softmax", axis=-1),
    "leaky_relu": _operator("LeakyRelu", alpha=0.2),
    "elu": _operator("Elu", alpha=1.0),
    "selu": _operator("Selu"),
    "gelu": _gelu,
    "silu": _silu,
    "mish": _mish,
    "softplus": _operator("Softplus"),
    "softsign": _operator("Softsign"),
    "relu6": _relu6,
    "hard_sigmoid": _operator("HardSigmoid", alpha=1 / 6, beta=0.5),
    "hard_sigmoid_keras2": _operator("HardSigmoid", alpha=0.2, beta=0.5),
    "exponential": _operator("Exp"),
    "log_softmax": _operator("LogSoftmax", axis=-1),
}
