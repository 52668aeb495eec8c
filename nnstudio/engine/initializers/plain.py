"""Plain initializers: one number everywhere, or numbers whose spread is set."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnstudio.engine.initializers.initializer import Array, Initializer, cut_normal
from nnstudio.settings import setting
from nnstudio.task import Shape


@dataclass(frozen=True)
class Zeros(Initializer):
    """All zeros."""

    def draw(self, rng: np.random.Generator, shape: Shape) -> Array:
        return np.zeros(shape)


@dataclass(frozen=True)
class Ones(Initializer):
    """All ones."""

    def draw(self, rng: np.random.Generator, shape: Shape) -> Array:
        return np.ones(shape)


@dataclass(frozen=True)
class Constant(Initializer):
    """All the same number."""

    value: float = setting(0.0, "The number.", minimum=-1e6, maximum=1e6)

    def draw(self, rng: np.random.Generator, shape: Shape) -> Array:
        return np.full(shape, float(self.value))


@dataclass(frozen=True)
class RandomNormal(Initializer):
    """Normal around a mean."""

    mean: float = setting(0.0, "The middle of the values.", minimum=-1e6, maximum=1e6)
    stddev: float = setting(0.05, "How far they spread around it.", minimum=0.0, maximum=1e6)

    def draw(self, rng: np.random.Generator, shape: Shape) -> Array:
        return rng.normal(self.mean, self.stddev, shape)


@dataclass(frozen=True)
class RandomUniform(Initializer):
    """Uniform between two numbers."""

    minval: float = setting(-0.05, "The least value.", minimum=-1e6, maximum=1e6)
    maxval: float = setting(0.05, "The greatest value.", minimum=-1e6, maximum=1e6)

    def draw(self, rng: np.random.Generator, shape: Shape) -> Array:
        return rng.uniform(self.minval, self.maxval, shape)


@dataclass(frozen=True)
class TruncatedNormal(Initializer):
    """Normal around a mean, without the values that lie further than two deviations from it."""

    mean: float = setting(0.0, "The middle of the values.", minimum=-1e6, maximum=1e6)
    stddev: float = setting(0.05, "How far they spread around it.", minimum=0.0, maximum=1e6)

    def draw(self, rng: np.random.Generator, shape: Shape) -> Array:
        return self.mean + self.stddev * cut_normal(rng, shape)
