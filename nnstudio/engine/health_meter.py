"""HealthMeter: measures how each layer learns, on one batch and with a copy of the weights."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from nnstudio.engine.health import LayerHealth
from nnstudio.engine.layer import Array, Layer, Weights
from nnstudio.engine.layers import ReLU
from nnstudio.engine.network import Network, Snapshot
from nnstudio.engine.optimizers import Guess
from nnstudio.engine.peeling import peel
from nnstudio.engine.scratch import Scratch

_NEAR = 0.05  # as a share of the way from end to end: nearer to an end, hardly any gradient passes
_ENDS = {
    "sigmoid": (0.0, 1.0),
    "hard_sigmoid": (0.0, 1.0),
    "hard_sigmoid_keras2": (0.0, 1.0),
    "tanh": (-1.0, 1.0),
    "softsign": (-1.0, 1.0),
}
_CUTS = ("relu", "relu6")  # give 0 for all that is negative
_Units = tuple[float | None, float | None, int]
_NO_UNITS: _Units = (None, None, 0)


class HealthMeter:
    """A network of its own for one design and shape, to be used again and again by one thread."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.design, self.input_shape = snapshot.design, snapshot.input_shape
        self._network = Network(self.design, self.input_shape)
        self._stack, _ = peel(self.design)
        rng = np.random.default_rng(0)
        self._scratches = tuple(Scratch(rng) for _ in self._stack)
        self._names = tuple(
            tuple(spec.name for spec in specs if spec.trainable and layer.trainable)
            for specs, layer in zip(self._network.layout.specs, self.design.layers, strict=True)
        )

    def fits(self, snapshot: Snapshot) -> bool:
        """Return whether the network is that of ``snapshot``."""
        return (self.design, self.input_shape) == (snapshot.design, snapshot.input_shape)

    def measure(
        self, snapshot: Snapshot, before: Snapshot | None, batches: int, x: Array, y: Array
    ) -> tuple[LayerHealth, ...]:
        """Return the health of each layer with weights that learn.

        ``before`` are the weights ``batches`` batches earlier, which tell how much they change; ``x`` (batch,
        *input shape) and ``y`` are one batch. Nothing of the training is touched.
        """
        with np.errstate(all="ignore"):  # what is no number any more is what it says
            return self._measured(snapshot, before, batches, x, y)

    def _measured(
        self, snapshot: Snapshot, before: Snapshot | None, batches: int, x: Array, y: Array
    ) -> tuple[LayerHealth, ...]:
        network = self._network
        network.restore(snapshot)
        network.backpropagate(x, y, None)
        units = self._units(x)
        if isinstance(
            self.design.optimizer, Guess
        ):  # as large as a person set it, whatever there is to learn
            before = None
        old = network.layout.views(before.parameters) if before is not None and batches else None
        now = network.layout.views(snapshot.parameters)
        grads = self._gradients()
        found = []
        for index, (layer, names) in enumerate(zip(self.design.layers, self._names, strict=True)):
            if names:
                size = _length(now[index], names)
                moved = None if old is None or not size else _length(now[index], names, old[index])
                update = None if moved is None else moved / batches / size
                gradient = _length(grads[index], names)
                dead, saturated, count = units[index]
                found.append(LayerHealth(layer.name, gradient, update, dead, saturated, units=count))
        return _with_reach(found)

    def _gradients(self) -> tuple[Weights, ...]:
        """Return the gradients by layer; those of frozen weights are missing."""
        layout, flat = self._network.layout, self._network.gradients
        return tuple(
            {name: place.view(flat) for name, place in places.items() if place.start < layout.trainable_size}
            for places in layout.places
        )

    def _units(self, x: Array) -> list[_Units]:
        """Return for each layer how its units stand, up to the function behind it; not for the last one.

        What comes out at the end is to be 0 or 1 as far as it can.
        """
        found, owner = [_NO_UNITS] * len(self._stack), None
        stages = zip(self._stack, self._network.weights, self._scratches, strict=True)
        last = len(self._stack) - 1
        for index, (layer, weights, scratch) in enumerate(stages):
            x = layer.predict(weights, x, scratch)
            owner = index if self._names[index] else owner
            function = _function_of(self.design.layers[index])
            if owner is not None and function and index != last:
                found[owner] = _standing(function, x)
        return found


def measure(
    snapshot: Snapshot, before: Snapshot | None, batches: int, x: Array, y: Array
) -> tuple[LayerHealth, ...]:
    """Return the health of each layer, measured once; see `HealthMeter.measure`."""
    return HealthMeter(snapshot).measure(snapshot, before, batches, x, y)


def _function_of(layer: Layer) -> str:
    if isinstance(layer, ReLU):
        return "" if layer.negative_slope else "relu"
    return str(getattr(layer, "activation", ""))


def _standing(function: str, outputs: Array) -> _Units:
    """Return the share of units that are dead, that of outputs at an end, and how many units there are."""
    rows = outputs.reshape(-1, outputs.shape[-1])
    if function in _CUTS:
        return float((rows.max(axis=0) <= 0).mean()), None, rows.shape[1]
    if function in _ENDS:
        low, high = _ENDS[function]
        near = _NEAR * (high - low)
        count = np.count_nonzero(rows < low + near) + np.count_nonzero(rows > high - near)
        return None, count / rows.size, rows.shape[1]
    return None, None, rows.shape[1]


def _with_reach(found: list[LayerHealth]) -> tuple[LayerHealth, ...]:
    most = max((one.gradient for one in found), default=0.0)
    if not np.isfinite(most) or most <= 0.0:  # nothing left to learn is nothing that is lost on the way
        return tuple(found)
    return tuple(replace(one, reach=one.gradient / most) for one in found)


def _length(arrays: Weights, names: tuple[str, ...], minus: Weights | None = None) -> float:
    parts = (arrays[name] if minus is None else arrays[name] - minus[name] for name in names)
    return float(np.sqrt(sum(float(np.vdot(part, part)) for part in parts)))
