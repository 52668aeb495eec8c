"""Initializers: how weights start, by Keras' names and formulas."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.settings import setting
from nnstudio.task import Shape

Array = npt.NDArray[Any]

# A normal distribution cut at two standard deviations is narrower than the one it was cut from.
_CUT_NORMAL_STDDEV = 0.87962566103423978


@dataclass(frozen=True)
class Initializer:
    """A rule that draws the first values of a weight array."""

    def draw(self, rng: np.random.Generator, shape: Shape) -> Array:
        """Return float64 values of ``shape``."""
        raise NotImplementedError


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
class GlorotUniform(Initializer):
    """Uniform within sqrt(6 / (fan in + fan out)). Source: Glorot and Bengio 2010."""

    def draw(self, rng: np.random.Generator, shape: Shape) -> Array:
        limit = math.sqrt(6.0 / max(1.0, sum(fans(shape))))
        return rng.uniform(-limit, limit, shape)


@dataclass(frozen=True)
class GlorotNormal(Initializer):
    """Normal with variance 2 / (fan in + fan out), cut at two deviations. Source: Glorot and Bengio 2010."""

    def draw(self, rng: np.random.Generator, shape: Shape) -> Array:
        return _cut_normal(rng, shape, math.sqrt(2.0 / max(1.0, sum(fans(shape)))))


@dataclass(frozen=True)
class HeUniform(Initializer):
    """Uniform within sqrt(6 / fan in). Source: He et al. 2015."""

    def draw(self, rng: np.random.Generator, shape: Shape) -> Array:
        limit = math.sqrt(6.0 / max(1, fans(shape)[0]))
        return rng.uniform(-limit, limit, shape)


@dataclass(frozen=True)
class HeNormal(Initializer):
    """Normal with variance 2 / fan in, cut at two deviations. Source: He et al. 2015."""

    def draw(self, rng: np.random.Generator, shape: Shape) -> Array:
        return _cut_normal(rng, shape, math.sqrt(2.0 / max(1, fans(shape)[0])))


@dataclass(frozen=True)
class RandomUniform(Initializer):
    """Uniform between two numbers."""

    minval: float = setting(-0.05, "The least value.", minimum=-1e6, maximum=1e6)
    maxval: float = setting(0.05, "The greatest value.", minimum=-1e6, maximum=1e6)

    def draw(self, rng: np.random.Generator, shape: Shape) -> Array:
        return rng.uniform(self.minval, self.maxval, shape)


@dataclass(frozen=True)
class Orthogonal(Initializer):
    """Rows or columns at right angles, each of length ``gain``. Source: Saxe et al. 2014."""

    gain: float = setting(1.0, "How long each row or column is.", minimum=0.0, maximum=1e6)

    def draw(self, rng: np.random.Generator, shape: Shape) -> Array:
        rows, columns = math.prod(shape[:-1]), math.prod(shape[-1:])
        q, r = np.linalg.qr(rng.standard_normal((max(rows, columns), min(rows, columns))))
        q *= np.sign(np.diag(r))
        return self.gain * (q.T if rows < columns else q).reshape(shape)


def fans(shape: Shape) -> tuple[int, int]:
    """Return how many inputs and outputs a weight array joins; a convolution's counts its kernel area."""
    if len(shape) < 2:
        return (shape[0], shape[0]) if shape else (1, 1)
    area = math.prod(shape[:-2])
    return area * shape[-2], area * shape[-1]


def _cut_normal(rng: np.random.Generator, shape: Shape, stddev: float) -> Array:
    values = rng.standard_normal(shape)
    while (outside := np.abs(values) > 2.0).any():
        values[outside] = rng.standard_normal(int(outside.sum()))
    return values * (stddev / _CUT_NORMAL_STDDEV)


INITIALIZERS: tuple[type[Initializer], ...] = (
    GlorotUniform,
    GlorotNormal,
    HeUniform,
    HeNormal,
    RandomUniform,
    Orthogonal,
    Zeros,
    Ones,
)
