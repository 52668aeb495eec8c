"""Activations: functions of one number, or of a row of them, by Keras' names.

``hard_sigmoid_keras2`` is what Keras 2 calls hard_sigmoid; Keras 3 has another function of that name.
"""

from nnstudio.engine.activations.function import ActivationFunction
from nnstudio.engine.activations.gelu import GELU
from nnstudio.engine.activations.rectifiers import RECTIFIERS
from nnstudio.engine.activations.rows import ROW_FUNCTIONS, softmax
from nnstudio.engine.activations.smooth import SMOOTH, sigmoid

_ALL = {function.name: function for function in (*SMOOTH, *RECTIFIERS, GELU, *ROW_FUNCTIONS)}
# The order in which a person finds them: what the courses use first.
_ORDER = (
    "linear",
    "relu",
    "sigmoid",
    "tanh",
    "softmax",
    "leaky_relu",
    "elu",
    "selu",
    "gelu",
    "silu",
    "mish",
    "softplus",
    "softsign",
    "relu6",
    "hard_sigmoid",
    "hard_sigmoid_keras2",
    "exponential",
    "log_softmax",
)
ACTIVATIONS: dict[str, ActivationFunction] = {name: _ALL[name] for name in _ORDER}

__all__ = ["ACTIVATIONS", "ActivationFunction", "sigmoid", "softmax"]
