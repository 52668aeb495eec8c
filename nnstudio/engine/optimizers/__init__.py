"""Optimizers: how the loss of a batch changes weights, by Keras' formulas and defaults; one file each."""

from __future__ import annotations

from nnstudio.engine.optimizers.adadelta import Adadelta
from nnstudio.engine.optimizers.adagrad import Adagrad
from nnstudio.engine.optimizers.adam import Adam, AdamW
from nnstudio.engine.optimizers.adamax import Adamax
from nnstudio.engine.optimizers.gradient import GradientOptimizer
from nnstudio.engine.optimizers.guess import Guess
from nnstudio.engine.optimizers.nadam import Nadam
from nnstudio.engine.optimizers.optimizer import Optimizer
from nnstudio.engine.optimizers.rmsprop import RMSprop
from nnstudio.engine.optimizers.sgd import SGD

OPTIMIZERS: tuple[type[Optimizer], ...] = (
    Adam,
    AdamW,
    RMSprop,
    SGD,
    Nadam,
    Adamax,
    Adagrad,
    Adadelta,
    Guess,
)

__all__ = [
    "OPTIMIZERS",
    "SGD",
    "Adadelta",
    "Adagrad",
    "Adam",
    "AdamW",
    "Adamax",
    "GradientOptimizer",
    "Guess",
    "Nadam",
    "Optimizer",
    "RMSprop",
]
