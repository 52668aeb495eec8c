"""Softmax: make probabilities out of a row of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from nnstudio.engine.activations import ACTIVATIONS, ActivationFunction
from nnstudio.engine.layer import Layer
from nnstudio.engine.layers.activation import Activation
from nnstudio.engine.layers.function_layer import FunctionLayer


@dataclass(frozen=True)
class Softmax(FunctionLayer):
    """Make probabilities out of a row of numbers.

    y = exp(x) / sum(exp(x)) over the last axis. Any shape with an axis in, the same shape out.
    """

    caption: ClassVar[str] = "probabilities"

    @property
    def function(self) -> ActivationFunction:
        return ACTIVATIONS["softmax"]

    def without_last_function(self) -> Layer:
        return Activation(activation="linear", name=self.name, trainable=self.trainable)
