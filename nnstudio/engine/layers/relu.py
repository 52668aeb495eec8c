"""ReLU: keep what is above a threshold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from nnstudio.engine.activations import ActivationFunction
from nnstudio.engine.activations.rectifiers import RELU, leaky_relu_of
from nnstudio.engine.activations.thresholds import threshold_relu_of
from nnstudio.engine.layers.function_layer import FunctionLayer
from nnstudio.settings import setting


@dataclass(frozen=True)
class ReLU(FunctionLayer):
    """Keep what is above a threshold, and of what is below nothing or a share.

    y = max_value where x >= max_value, x where x > threshold, else negative_slope (x - threshold).
    Any shape in, the same shape out.
    """

    caption: ClassVar[str] = "keeps what is positive"

    max_value: float | None = setting(
        None, "The greatest value that comes out.", minimum=0.0, maximum=1e6, start=6.0
    )
    negative_slope: float = setting(
        0.0, "What is left of each step below the threshold.", minimum=0.0, maximum=1e3
    )
    threshold: float = setting(0.0, "From where on a number is kept.", minimum=0.0, maximum=1e6)

    @property
    def function(self) -> ActivationFunction:
        if self.max_value is not None or self.threshold:
            return threshold_relu_of(self.max_value, self.negative_slope, self.threshold)
        return leaky_relu_of(self.negative_slope) if self.negative_slope else RELU
