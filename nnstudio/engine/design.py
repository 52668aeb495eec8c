"""Design: the stack of layers with its loss, optimizer and metrics; a value."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from nnstudio.engine.layer import Layer
from nnstudio.engine.losses import CategoricalCrossentropy, Loss
from nnstudio.engine.metrics import Accuracy, Metric
from nnstudio.engine.optimizers import Adam, Optimizer
from nnstudio.task import Shape


@dataclass(frozen=True)
class Design:
    """What a person builds: layers from input to output, and how they are to learn.

    Every edit returns a new design. Layers are told apart by their names, which are unique.
    ``input_shape`` is set where a file fixes it; otherwise the shape follows the data.
    """

    layers: tuple[Layer, ...] = ()
    loss: Loss = CategoricalCrossentropy()
    optimizer: Optimizer = Adam()
    metrics: tuple[Metric, ...] = (Accuracy(),)
    input_shape: Shape | None = None

    def index(self, name: str) -> int:
        """Return the position of the layer called ``name``; KeyError where there is none."""
        for index, layer in enumerate(self.layers):
            if layer.name == name:
                return index
        raise KeyError(name)

    def layer(self, name: str) -> Layer:
        """Return the layer called ``name``; KeyError where there is none."""
        return self.layers[self.index(name)]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the layers, in order."""
        return tuple(layer.name for layer in self.layers)

    def with_inserted(self, index: int, *layers: Layer) -> Design:
        """Put layers before position ``index``; one whose name is empty or taken gets a free name."""
        named = with_free_names(layers, self.names)
        return replace(self, layers=(*self.layers[:index], *named, *self.layers[index:]))

    def without(self, names: Collection[str]) -> Design:
        """Take layers out."""
        return replace(self, layers=tuple(layer for layer in self.layers if layer.name not in names))

    def with_moved(self, names: Collection[str], index: int) -> Design:
        """Put the layers called ``names``, in their order, before the layer now at ``index``."""
        moved = [layer for layer in self.layers if layer.name in names]
        before = [layer for layer in self.layers[:index] if layer.name not in names]
        after = [layer for layer in self.layers[index:] if layer.name not in names]
        return replace(self, layers=(*before, *moved, *after))

    def with_layer(self, name: str, /, **settings: Any) -> Design:
        """Change settings of the layer called ``name``."""
        index = self.index(name)
        changed = replace(self.layers[index], **settings)
        return replace(self, layers=(*self.layers[:index], changed, *self.layers[index + 1 :]))


def with_free_names(layers: Iterable[Layer], taken: Collection[str]) -> tuple[Layer, ...]:
    """Give every layer a name that neither ``taken`` nor another of them has, by Keras' rule.

    A name of its own a layer keeps unless it is taken, also where a nameless layer before it would like it.
    """
    layers = tuple(layers)
    used = set(taken)
    wanted = {layer.name for layer in layers}
    named = []
    for layer in layers:
        keeps = layer.name and layer.name not in used
        name = layer.name if keeps else free_name(layer.keras_name(), used | wanted)
        used.add(name)
        named.append(replace(layer, name=name))
    return tuple(named)


def free_name(base: str, taken: Collection[str]) -> str:
    """Return ``dense``, or the first of ``dense_1``, ``dense_2``, ... that is not taken."""
    if base not in taken:
        return base
    number = 1
    while f"{base}_{number}" in taken:
        number += 1
    return f"{base}_{number}"


def design_of(*layers: Layer, **rest: Any) -> Design:
    """Return a design of ``layers`` whose empty names are filled in."""
    return Design(with_free_names(layers, ()), **rest)
