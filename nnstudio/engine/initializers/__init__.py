"""Initializers: how weights start, by Keras' names and formulas; ``INITIALIZERS`` in a form's order."""

from nnstudio.engine.initializers.initializer import Initializer
from nnstudio.engine.initializers.matrices import Identity, Orthogonal
from nnstudio.engine.initializers.plain import (
    Constant,
    Ones,
    RandomNormal,
    RandomUniform,
    TruncatedNormal,
    Zeros,
)
from nnstudio.engine.initializers.scaled import (
    GlorotNormal,
    GlorotUniform,
    HeNormal,
    HeUniform,
    LecunNormal,
    LecunUniform,
    VarianceScaling,
    fans,
)

INITIALIZERS: tuple[type[Initializer], ...] = (
    GlorotUniform,
    GlorotNormal,
    HeUniform,
    HeNormal,
    LecunUniform,
    LecunNormal,
    VarianceScaling,
    RandomUniform,
    RandomNormal,
    TruncatedNormal,
    Orthogonal,
    Identity,
    Zeros,
    Ones,
    Constant,
)

__all__ = [
    "INITIALIZERS",
    "Constant",
    "GlorotNormal",
    "GlorotUniform",
    "HeNormal",
    "HeUniform",
    "Identity",
    "Initializer",
    "LecunNormal",
    "LecunUniform",
    "Ones",
    "Orthogonal",
    "RandomNormal",
    "RandomUniform",
    "TruncatedNormal",
    "VarianceScaling",
    "Zeros",
    "fans",
]
