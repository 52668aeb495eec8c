"""Layout: where each weight of a stack lies in the one flat vector of parameters."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from nnstudio.engine.layer import Array, Layer, Weights, WeightSpec
from nnstudio.task import Shape


@dataclass(frozen=True)
class Place:
    """The stretch of the vector that holds one weight array."""

    start: int
    shape: Shape

    def view(self, vector: Array) -> Array:
        """Return the array as a view into ``vector``."""
        return vector[self.start : self.start + math.prod(self.shape)].reshape(self.shape)


@dataclass(frozen=True)
class Layout:
    """The places of all weights and the shapes between the layers.

    ``shapes[i]`` goes into layer i and ``shapes[i + 1]`` comes out. Of ``size`` numbers in all the optimizer
    changes the first ``trainable_size``; behind them, up to ``moving_size``, lie the statistics that layers
    move themselves, and then everything that is frozen.
    """

    shapes: tuple[Shape, ...]
    specs: tuple[tuple[WeightSpec, ...], ...]
    places: tuple[dict[str, Place], ...]
    trainable_size: int
    moving_size: int
    size: int

    def views(self, vector: Array) -> tuple[Weights, ...]:
        """Return every layer's weights as views into ``vector`` (size,)."""
        return tuple({name: place.view(vector) for name, place in places.items()} for places in self.places)


def lay_out(layers: tuple[Layer, ...], input_shape: Shape) -> Layout:
    """Compute shapes and places for ``layers`` one after another; allocates nothing.

    Raises:
        ShapeError: a layer cannot take the shape it is given.
    """
    shapes = [input_shape]
    specs = []
    for layer in layers:
        shape = shapes[-1]
        shapes.append(layer.output_shape(shape))
        specs.append(layer.weight_specs(shape))
    places: tuple[dict[str, Place], ...] = tuple({} for _ in layers)
    ends = [0]
    for kind in ("trainable", "moving", "frozen"):
        ends.append(_place(places, _chosen(layers, specs, kind), ends[-1]))
    in_order = tuple(
        {spec.name: found[spec.name] for spec in wanted} for found, wanted in zip(places, specs, strict=True)
    )
    return Layout(tuple(shapes), tuple(specs), in_order, *ends[1:])


def _chosen(
    layers: tuple[Layer, ...], specs: list[tuple[WeightSpec, ...]], kind: str
) -> Iterator[tuple[int, WeightSpec]]:
    for index, (layer, wanted) in enumerate(zip(layers, specs, strict=True)):
        for spec in wanted:
            moving = "trainable" if spec.trainable else "moving"
            if kind == (moving if layer.trainable else "frozen"):
                yield index, spec


def _place(places: tuple[dict[str, Place], ...], chosen: Iterator[tuple[int, WeightSpec]], start: int) -> int:
    for index, spec in chosen:
        places[index][spec.name] = Place(start, spec.shape)
        start += spec.size
    return start
