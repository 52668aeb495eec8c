"""Schedules: how the learning rate changes while training goes on, by Keras' names where it has one."""

from __future__ import annotations

from nnstudio.engine.schedules.decays import (
    CosineDecay,
    ExponentialDecay,
    InverseTimeDecay,
    PiecewiseConstantDecay,
    PolynomialDecay,
)
from nnstudio.engine.schedules.rises import LinearWarmup, OneCycle
from nnstudio.engine.schedules.schedule import Constant, Schedule

SCHEDULES: tuple[type[Schedule], ...] = (
    Constant,
    LinearWarmup,
    CosineDecay,
    OneCycle,
    ExponentialDecay,
    PiecewiseConstantDecay,
    PolynomialDecay,
    InverseTimeDecay,
)

__all__ = [
    "SCHEDULES",
    "Constant",
    "CosineDecay",
    "ExponentialDecay",
    "InverseTimeDecay",
    "LinearWarmup",
    "OneCycle",
    "PiecewiseConstantDecay",
    "PolynomialDecay",
    "Schedule",
]
