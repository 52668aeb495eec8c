"""Toys: points of a plane that belong to classes by a formula, made to look at what a network learns."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nnstudio.data.arrays import Array, IntArray
from nnstudio.data.columns import Column
from nnstudio.data.preparation import NO_SCALING, Preparation
from nnstudio.data.raw import Raw
from nnstudio.data.source import GENERATED, Source
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.settings import setting
from nnstudio.task import Task

FEWEST, MOST = 10, 100_000
_INPUTS = (Column("x1"), Column("x2"))
_TURN = 2.0 * math.pi


@dataclass(frozen=True)
class Toy(Source):
    """Points with two inputs, as many of each class, between about -1 and 1."""

    summary: ClassVar[str] = "2 inputs, 2 classes"
    group: ClassVar[str] = GENERATED
    class_names: ClassVar[tuple[str, ...]] = ()

    count: int = setting(
        1000, "How many points there are, for training and test together.", minimum=FEWEST, maximum=MOST
    )
    noise: float = setting(
        0.05, "How far points lie from where the formula puts them, as a rule.", minimum=0.0, maximum=1.0
    )
    seed: int = setting(0, "Another seed makes other points.", minimum=0, arbitrary=True)

    @property
    def proposed_preparation(self) -> Preparation:
        return Preparation(NO_SCALING)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the classes."""
        return self.class_names

    def read(self, watch: Watch = UNWATCHED) -> Raw:
        rng = np.random.default_rng(self.seed)
        names = self.names
        y = np.arange(self.count) % len(names)
        x = self._place(y, rng) + self.noise * rng.standard_normal((self.count, 2))
        order = rng.permutation(self.count)
        task = Task.TWO_CLASSES if len(names) == 2 else Task.MANY_CLASSES
        x, y = x[order].astype(np.float32), y[order].astype(np.int64)
        return Raw(self.title, task, x, y, names, columns=_INPUTS)

    def _place(self, y: IntArray, rng: np.random.Generator) -> Array:
        """Return a place for a point of each class in ``y`` (n,), without noise: (n, 2)."""
        raise NotImplementedError


@dataclass(frozen=True)
class Circle(Toy):
    """A disc of radius 0.5, and a ring around it from 0.7 to 1."""

    title: ClassVar[str] = "Circle"
    class_names: ClassVar[tuple[str, ...]] = ("inside", "outside")

    def _place(self, y: IntArray, rng: np.random.Generator) -> Array:
        low, high = np.where(y == 0, 0.0, 0.7), np.where(y == 0, 0.5, 1.0)
        radius = np.sqrt(low**2 + rng.random(len(y)) * (high**2 - low**2))
        return _around(radius, _TURN * rng.random(len(y)))


@dataclass(frozen=True)
class Xor(Toy):
    """Four squares: opposite ones belong to one class, so that no single line parts the two."""

    title: ClassVar[str] = "XOR"
    class_names: ClassVar[tuple[str, ...]] = ("same sign", "other sign")

    def _place(self, y: IntArray, rng: np.random.Generator) -> Array:
        size = 0.1 + 0.9 * rng.random((len(y), 2))
        first = np.where(rng.random(len(y)) < 0.5, -1.0, 1.0)
        x: Array = size * np.stack((first, np.where(y == 0, first, -first)), axis=1)
        return x


@dataclass(frozen=True)
class Gaussians(Toy):
    """A cloud of points for each class, in a circle around the origin."""

    title: ClassVar[str] = "Gaussians"

    noise: float = setting(0.15, "How wide each cloud is.", minimum=0.0, maximum=1.0)
    classes: int = setting(2, "How many clouds there are.", minimum=2, maximum=5)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(f"cloud {number}" for number in range(1, self.classes + 1))

    def _place(self, y: IntArray, rng: np.random.Generator) -> Array:
        return _around(np.full(len(y), 0.6), _TURN * (y / self.classes + 0.125))


@dataclass(frozen=True)
class Spirals(Toy):
    """Two arms that wind around each other, the hardest of the toys."""

    title: ClassVar[str] = "Spirals"
    class_names: ClassVar[tuple[str, ...]] = ("blue", "orange")

    noise: float = setting(
        0.01, "How far points lie from where the formula puts them, as a rule.", minimum=0.0, maximum=1.0
    )
    turns: float = setting(1.75, "How often each arm goes around.", minimum=0.25, maximum=5.0)

    def _place(self, y: IntArray, rng: np.random.Generator) -> Array:
        way = 0.05 + 0.95 * np.sqrt(rng.random(len(y)))  # the outer parts are longer, and get more points
        return _around(way, _TURN * (self.turns * way + y / 2.0))


@dataclass(frozen=True)
class Moons(Toy):
    """Two half circles, each of which reaches into the other."""

    title: ClassVar[str] = "Moons"
    class_names: ClassVar[tuple[str, ...]] = ("upper", "lower")

    def _place(self, y: IntArray, rng: np.random.Generator) -> Array:
        half = _around(np.full(len(y), 0.6), math.pi * (rng.random(len(y)) + y))
        apart: Array = np.where(y == 0, -1.0, 1.0)[:, None] * np.array([0.3, -0.15])
        return half + apart


def _around(radius: Array, angle: Array) -> Array:
    """Return the points at some distances and angles from the origin, (n, 2)."""
    return np.stack((radius * np.cos(angle), radius * np.sin(angle)), axis=1)
