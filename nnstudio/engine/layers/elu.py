"""ELU: keep what is positive, and bend what is negative softly towards a limit."""

from __future__ import annotations

from dataclasses import dataclass

from nnstudio.engine.activations import ActivationFunction
from nnstudio.engine.activations.rectifiers import elu_of
from nnstudio.engine.layers.function_layer import FunctionLayer
from nnstudio.settings import setting


@dataclass(frozen=True)
class ELU(FunctionLayer):
    """Keep what is positive, and bend what is negative softly towards a limit.

    y = x where x > 0, else alpha (exp(x) - 1). Any shape in, the same shape out.
    Source: Clevert et al. 2016, Fast and Accurate Deep Network Learning by Exponential Linear Units.
    """

    alpha: float = setting(
        1.0, "How far below zero the limit lies.", minimum=0.0, maximum=1e3, main=True, unit="below zero"
    )

    @property
    def function(self) -> ActivationFunction:
        return elu_of(self.alpha)
