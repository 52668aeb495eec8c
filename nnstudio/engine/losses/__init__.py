"""Losses: how far the outputs are from the targets, by Keras' definitions; ``LOSSES`` as a person chooses."""

from nnstudio.engine.losses.binary import BinaryCrossentropy
from nnstudio.engine.losses.categorical import CategoricalCrossentropy, SparseCategoricalCrossentropy
from nnstudio.engine.losses.crossentropy import Crossentropy
from nnstudio.engine.losses.divergence import KLDivergence
from nnstudio.engine.losses.hinges import CategoricalHinge, Hinge, SquaredHinge
from nnstudio.engine.losses.loss import Aim, Loss
from nnstudio.engine.losses.relative import (
    MeanAbsolutePercentageError,
    MeanSquaredLogarithmicError,
    Poisson,
)
from nnstudio.engine.losses.targets import one_hot
from nnstudio.engine.losses.values import Huber, LogCosh, MeanAbsoluteError, MeanSquaredError

LOSSES: tuple[type[Loss], ...] = (
    CategoricalCrossentropy,
    SparseCategoricalCrossentropy,
    BinaryCrossentropy,
    MeanSquaredError,
    MeanAbsoluteError,
    Huber,
    LogCosh,
    MeanAbsolutePercentageError,
    MeanSquaredLogarithmicError,
    Poisson,
    KLDivergence,
    Hinge,
    SquaredHinge,
    CategoricalHinge,
)

__all__ = [
    "LOSSES",
    "Aim",
    "BinaryCrossentropy",
    "CategoricalCrossentropy",
    "CategoricalHinge",
    "Crossentropy",
    "Hinge",
    "Huber",
    "KLDivergence",
    "LogCosh",
    "Loss",
    "MeanAbsoluteError",
    "MeanAbsolutePercentageError",
    "MeanSquaredError",
    "MeanSquaredLogarithmicError",
    "Poisson",
    "SparseCategoricalCrossentropy",
    "SquaredHinge",
    "one_hot",
]
