"""LeakyReLU: keep what is positive, and a share of what is negative."""

from __future__ import annotations

from dataclasses import dataclass

from nnstudio.engine.activations import ActivationFunction
from nnstudio.engine.activations.rectifiers import leaky_relu_of
from nnstudio.engine.layers.function_layer import FunctionLayer
from nnstudio.settings import setting


@dataclass(frozen=True)
class LeakyReLU(FunctionLayer):
    """Keep what is positive, and a share of what is negative.

    y = x where x > 0, else negative_slope x. Any shape in, the same shape out.
    Source: Maas et al. 2013, Rectifier Nonlinearities Improve Neural Network Acoustic Models.
    """

    negative_slope: float = setting(
        0.3, "What is left of a negative number.", minimum=0.0, maximum=1e3, main=True, unit="of negatives"
    )

    @property
    def function(self) -> ActivationFunction:
        return leaky_relu_of(self.negative_slope)
