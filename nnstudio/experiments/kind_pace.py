"""KindPace: what each kind of layer and of optimizer costs here, so that no network is unknown altogether."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.engine.layer import Layer, size_of
from nnstudio.engine.layers import LAYERS, Embedding
from nnstudio.engine.layers.recurrent import Recurrent
from nnstudio.engine.scratch import Scratch
from nnstudio.errors import ShapeError
from nnstudio.settings import problems_with
from nnstudio.task import Shape

Clock = Callable[[], float]
Array = npt.NDArray[Any]

# Layers of a small and of a large size, for samples of the first of these shapes that they take.
_SHAPES: tuple[tuple[Shape, ...], ...] = (((12,), (8, 8, 1), (8, 8)), ((784,), (26, 26, 16), (28, 28)))
_SIZES: dict[str, tuple[int, int]] = {"units": (8, 256), "filters": (4, 24)}
_RECURRENT_UNITS = (8, 64)
_BATCHES = (1, 128)
_LONGEST_SECONDS, _FEWEST, _MOST = 0.012, 3, 40


@dataclass(frozen=True)
class KindPace:
    """The seconds that a layer takes to learn from a batch, forward and back.

    ``call`` for being called, which a recurrent layer is at every step; ``work`` for a multiply-add,
    ``number`` for a number that comes out. The share ``check`` of all that predicting takes.
    """

    call: float
    work: float
    number: float
    check: float

    def layer(self, cost: Cost, batch_size: int, share: float = 1.0) -> float:
        """Return the seconds of a layer; ``share`` of its multiply-adds are done."""
        sample = share * self.work * cost.multiply_adds + self.number * cost.numbers
        return self.call * cost.calls + batch_size * sample


@dataclass(frozen=True)
class Cost:
    """What a layer of a design comes to, for one sample."""

    calls: int
    multiply_adds: int
    numbers: int


def cost_of(layer: Layer, shape: Shape, output: Shape, multiply_adds: int) -> Cost:
    """Return the cost of ``layer`` for a sample of ``shape``; a recurrent one has numbers at every step."""
    if isinstance(layer, Recurrent):
        return Cost(shape[0], multiply_adds, shape[0] * layer.units)
    return Cost(1, multiply_adds, max(size_of(output), 0 if multiply_adds else size_of(shape)))


def measure_kinds(watch: Watch = UNWATCHED, clock: Clock = time.perf_counter) -> dict[str, KindPace]:
    """Measure all kinds of layers, by the names of their classes.

    Raises:
        Cancelled: somebody asked for an end.
    """
    found = {}
    for kind in LAYERS:
        watch.go_on()
        points = [Point(*case, *_seconds(*case, watch, clock)) for case in _cases(kind)]
        if points:
            found[kind.__name__] = fitted(points)
    return found


@dataclass(frozen=True)
class Point:
    """A measurement: how long a layer took to learn from a batch, and to predict."""

    layer: Layer
    shape: Shape
    batch_size: int
    learning: float
    predicting: float

    @property
    def row(self) -> list[float]:
        """The costs whose prices are looked for."""
        output, work = self.layer.output_shape(self.shape), self.layer.multiply_adds(self.shape)
        cost = cost_of(self.layer, self.shape, output, work)
        return [cost.calls, self.batch_size * cost.multiply_adds, self.batch_size * cost.numbers]


def _cases(kind: type[Layer]) -> Iterator[tuple[Layer, Shape, int]]:
    """Yield layers of a kind with shapes that they take, and sizes of batches."""
    for size, shapes in enumerate(_SHAPES):
        layer = _sized(kind(), size)
        shape = next((shape for shape in shapes if _takes(layer, shape)), None)
        if shape is not None:
            yield from ((layer, shape, batch_size) for batch_size in _BATCHES)


def _sized(layer: Layer, size: int) -> Layer:
    for setting, sizes in _SIZES.items():
        if hasattr(layer, setting):
            sizes = _RECURRENT_UNITS if isinstance(layer, Recurrent) else sizes
            settings: dict[str, Any] = {setting: sizes[size]}
            return replace(layer, **settings)
    return layer


def _takes(layer: Layer, shape: Shape) -> bool:
    if isinstance(layer, Recurrent) and len(shape) != 2:
        return False
    try:
        layer.output_shape(shape)
    except ShapeError:
        return False
    return not list(problems_with(layer))


def _seconds(layer: Layer, shape: Shape, batch_size: int, watch: Watch, clock: Clock) -> tuple[float, float]:
    """Return the seconds of learning from a batch and of predicting it: the median of a few times."""
    rng = np.random.default_rng(0)
    specs = layer.weight_specs(shape)
    weights = {spec.name: spec.initializer.draw(rng, spec.shape).astype(np.float32) for spec in specs}
    grads = {name: np.empty_like(array) for name, array in weights.items()}
    x = rng.random((batch_size, *shape), np.float32)
    if isinstance(layer, Embedding):
        x = np.floor(x * layer.input_dim)
    scratch, other = Scratch(rng), Scratch(rng)
    dy = np.ones_like(layer.forward(weights, x, scratch))

    def learn() -> None:
        layer.forward(weights, x, scratch)
        layer.backward(weights, grads, dy, scratch)

    return _usual(learn, watch, clock), _usual(lambda: layer.predict(weights, x, other), watch, clock)


def _usual(act: Callable[[], object], watch: Watch, clock: Clock) -> float:
    act()
    times: list[float] = []
    while len(times) < _FEWEST or (len(times) < _MOST and sum(times) < _LONGEST_SECONDS):
        watch.go_on()
        began = clock()
        act()
        times.append(clock() - began)
    return statistics.median(times)


def fitted(points: list[Point]) -> KindPace:
    """Return the prices that explain the times best, relatively, and are not below nothing."""
    rows = np.array([point.row for point in points])
    times = np.maximum(np.array([point.learning for point in points]), 1e-9)
    prices = _not_negative(rows / times[:, None])
    shares = [point.predicting / point.learning for point in points if point.learning > 0.0]
    return KindPace(*prices, check=float(np.median(shares)) if shares else 1.0)


def _not_negative(rows: Array) -> tuple[float, float, float]:
    """Solve rows @ prices = 1 by least squares; prices that come out below 0 are left out."""
    prices, used = np.zeros(3), np.asarray(rows.any(0))
    while used.any():
        scale = rows[:, used].max(0)
        found = np.linalg.lstsq(rows[:, used] / scale, np.ones(len(rows)), rcond=None)[0] / scale
        if (found >= 0.0).all():
            prices[used] = found
            break
        used[np.flatnonzero(used)[found < 0.0]] = False
    call, work, number = (float(price) for price in prices)
    return call, work, number
