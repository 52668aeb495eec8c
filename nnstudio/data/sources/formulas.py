"""Formulas: values to predict from one or two inputs, for regression."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nnstudio.data.arrays import Array
from nnstudio.data.columns import Column
from nnstudio.data.preparation import NO_SCALING, Preparation
from nnstudio.data.raw import Raw
from nnstudio.data.source import GENERATED, Source
from nnstudio.data.sources.toys import FEWEST, MOST
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.settings import setting
from nnstudio.task import Task


@dataclass(frozen=True)
class Formula(Source):
    """Inputs spread evenly from -1 to 1, and a value for each of them."""

    group: ClassVar[str] = GENERATED
    columns: ClassVar[tuple[Column, ...]] = ()

    count: int = setting(
        1000, "How many samples there are, for training and test together.", minimum=FEWEST, maximum=MOST
    )
    noise: float = setting(
        0.05, "How far values lie from those of the formula, as a rule.", minimum=0.0, maximum=1.0
    )
    seed: int = setting(0, "Another seed makes other samples.", minimum=0, arbitrary=True)

    @property
    def proposed_preparation(self) -> Preparation:
        return Preparation(NO_SCALING)

    def read(self, watch: Watch = UNWATCHED) -> Raw:
        rng = np.random.default_rng(self.seed)
        x = 2.0 * rng.random((self.count, len(self.columns))) - 1.0
        y = self._values(x) + self.noise * rng.standard_normal(self.count)
        return Raw(
            name=self.title,
            task=Task.REGRESSION,
            x=x.astype(np.float32),
            y=y[:, None].astype(np.float32),
            columns=self.columns,
            target_names=("y",),
        )

    def _values(self, x: Array) -> Array:
        """Return the value for each row of ``x`` (n, inputs), without noise: (n,)."""
        raise NotImplementedError


@dataclass(frozen=True)
class Plane(Formula):
    """y = (x1 + x2) / 2: one neuron without activation can learn it."""

    title: ClassVar[str] = "Plane"
    summary: ClassVar[str] = "2 inputs, one value"
    columns: ClassVar[tuple[Column, ...]] = (Column("x1"), Column("x2"))

    def _values(self, x: Array) -> Array:
        return (x[:, 0] + x[:, 1]) / 2.0


@dataclass(frozen=True)
class Sine(Formula):
    """y = sin(2 pi periods x / 2): a curve, for which a network needs a hidden layer."""

    title: ClassVar[str] = "Sine"
    summary: ClassVar[str] = "1 input, one value"
    columns: ClassVar[tuple[Column, ...]] = (Column("x"),)

    periods: float = setting(
        1.0, "How often the curve goes up and down between -1 and 1.", above=0.0, maximum=10.0
    )

    def _values(self, x: Array) -> Array:
        return np.sin(math.pi * self.periods * x[:, 0])
