"""Scaled initializers: a spread that follows from how many numbers a weight array joins."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from nnstudio.engine.initializers.initializer import CUT_NORMAL_STDDEV, Array, Initializer, cut_normal
from nnstudio.settings import setting
from nnstudio.task import Shape

_MODES = ("fan_in", "fan_out", "fan_avg")
_DISTRIBUTIONS = ("truncated_normal", "untruncated_normal", "uniform")


@dataclass(frozen=True)
class VarianceScaling(Initializer):
    """A spread that follows from how many numbers a weight array joins.

    The variance is scale / n, n the inputs (fan_in), the outputs (fan_out) or the mean of both (fan_avg);
    the distribution is normal, normal and cut at two deviations, or uniform within sqrt(3 scale / n).
    """

    scale: float = setting(1.0, "The variance times n.", above=0.0, maximum=1e6)
    mode: str = setting("fan_in", "Whether n counts inputs, outputs or their mean.", choices=_MODES)
    distribution: str = setting(
        "truncated_normal", "How the values lie within the spread.", choices=_DISTRIBUTIONS
    )

    def draw(self, rng: np.random.Generator, shape: Shape) -> Array:
        inputs, outputs = fans(shape)
        count = {"fan_in": inputs, "fan_out": outputs, "fan_avg": (inputs + outputs) / 2.0}[self.mode]
        count = max(1.0, count)
        if self.distribution == "uniform":
            limit = math.sqrt(3.0 * self.scale / count)
            return rng.uniform(-limit, limit, shape)
        stddev = math.sqrt(self.scale / count)
        if self.distribution == "untruncated_normal":
            return rng.normal(0.0, stddev, shape)
        return cut_normal(rng, shape) * (stddev / CUT_NORMAL_STDDEV)


@dataclass(frozen=True)
class GlorotUniform(Initializer):
    """Uniform within sqrt(6 / (fan in + fan out)). Source: Glorot and Bengio 2010."""

    def draw(self, rng: np.random.Generator, shape: Shape) -> Array:
        return VarianceScaling(1.0, "fan_avg", "uniform").draw(rng, shape)


@dataclass(frozen=True)
class GlorotNormal(Initializer):
    """Normal with variance 2 / (fan in + fan out), cut at two deviations. Source: Glorot and Bengio 2010."""

    def draw(self, rng: np.random.Generator, shape: Shape) -> Array:
        return VarianceScaling(1.0, "fan_avg").draw(rng, shape)


@dataclass(frozen=True)
class HeUniform(Initializer):
    """Uniform within sqrt(6 / fan in). Source: He et al. 2015."""

    def draw(self, rng: np.random.Generator, shape: Shape) -> Array:
        return VarianceScaling(2.0, "fan_in", "uniform").draw(rng, shape)


@dataclass(frozen=True)
class HeNormal(Initializer):
    """Normal with variance 2 / fan in, cut at two deviations. Source: He et al. 2015."""

    def draw(self, rng: np.random.Generator, shape: Shape) -> Array:
        return VarianceScaling(2.0).draw(rng, shape)


@dataclass(frozen=True)
class LecunUniform(Initializer):
    """Uniform within sqrt(3 / fan in). Source: LeCun et al. 1998."""

    def draw(self, rng: np.random.Generator, shape: Shape) -> Array:
        return VarianceScaling(1.0, "fan_in", "uniform").draw(rng, shape)


@dataclass(frozen=True)
class LecunNormal(Initializer):
    """Normal with variance 1 / fan in, cut at two deviations. Source: LeCun et al. 1998."""

    def draw(self, rng: np.random.Generator, shape: Shape) -> Array:
        return VarianceScaling().draw(rng, shape)


def fans(shape: Shape) -> tuple[int, int]:
    """Return how many inputs and outputs a weight array joins; a convolution's counts its kernel area."""
    if len(shape) < 2:
        return (shape[0], shape[0]) if shape else (1, 1)
    area = math.prod(shape[:-2])
    return area * shape[-2], area * shape[-1]
