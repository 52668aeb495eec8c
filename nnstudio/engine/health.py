"""Health: how each layer of a network learns, measured on one batch with a copy of its weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnstudio.engine.layer import Array
from nnstudio.engine.network import Network, Snapshot
from nnstudio.engine.peeling import peel
from nnstudio.engine.scratch import Scratch

_SATURATED = 0.05  # distance from the end of the function below which hardly any gradient passes
_ENDS = {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0)}
_MANY_DEAD, _MANY_SATURATED = 0.5, 0.7
_LEAST_RATIO, _MOST_RATIO = 1e-6, 1e-1
_LARGE_GRADIENT = 1e3


@dataclass(frozen=True)
class LayerHealth:
    """How one layer with weights learns; None where a figure means nothing for it.

    ``update`` is the size of the change per batch as a share of the weights; ``dead`` the share of units that
    give 0 for all samples; ``saturated`` the share of outputs at an end of their function.
    """

    name: str
    gradient: float
    update: float | None
    dead: float | None
    saturated: float | None

    @property
    def advice(self) -> str:
        """What is wrong and what to try, in a line; "" where nothing is."""
        if not np.isfinite(self.gradient) or self.gradient > _LARGE_GRADIENT:
            return "Exploding gradient: try a smaller learning rate"
        if self.dead is not None and self.dead > _MANY_DEAD:
            return "Most units are dead: try a smaller rate or leaky ReLU"
        if self.saturated is not None and self.saturated > _MANY_SATURATED:
            return "Saturated: scale the inputs or use ReLU"
        if self.update is not None and self.update > _MOST_RATIO:
            return "Weights jump: try a smaller learning rate"
        if self.update is not None and self.update < _LEAST_RATIO:
            return "Hardly learns: try a larger learning rate"
        return ""


def measure(
    snapshot: Snapshot, before: Snapshot | None, batches: int, x: Array, y: Array
) -> tuple[LayerHealth, ...]:
    """Return the health of each layer with weights that learn.

    ``before`` are the weights ``batches`` batches earlier, which tell how much they change; ``x`` (batch,
    *input shape) and ``y`` are one batch. Nothing of the training is touched.
    """
    network = Network(snapshot.design, snapshot.input_shape)
    np.copyto(network.parameters, snapshot.parameters)
    network.backpropagate(x, y, None)
    outputs = _outputs(network, x)
    layout = network.layout
    old = layout.views(before.parameters) if before is not None and batches else None
    grads = layout.views(
        np.concatenate((network.gradients, np.zeros(layout.size - network.gradients.size, x.dtype)))
    )
    found = []
    for index, layer in enumerate(snapshot.design.layers):
        names = [spec.name for spec in layout.specs[index] if spec.trainable and layer.trainable]
        if not names:
            continue
        now = layout.views(snapshot.parameters)[index]
        moved = None if old is None else _length(now, names, old[index]) / batches
        size = _length(now, names)
        found.append(
            LayerHealth(
                layer.name,
                _length(grads[index], names),
                None if moved is None or not size else moved / size,
                *_units(getattr(layer, "activation", ""), outputs[index]),
            )
        )
    return tuple(found)


def _outputs(network: Network, x: Array) -> list[Array]:
    stack, _ = peel(network.design)
    rng, outputs = np.random.default_rng(0), []
    for layer, weights in zip(stack, network.layout.views(network.parameters), strict=True):
        x = layer.predict(weights, x, Scratch(rng, x.dtype))
        outputs.append(x)
    return outputs


def _units(activation: object, outputs: Array) -> tuple[float | None, float | None]:
    if activation == "relu":
        return float((outputs.reshape(-1, outputs.shape[-1]) <= 0).all(axis=0).mean()), None
    if activation in _ENDS:
        low, high = _ENDS[str(activation)]
        near = (outputs < low + _SATURATED) | (outputs > high - _SATURATED)
        return None, float(near.mean())
    return None, None


def _length(arrays: dict[str, Array], names: list[str], minus: dict[str, Array] | None = None) -> float:
    parts = (arrays[name] if minus is None else arrays[name] - minus[name] for name in names)
    return float(np.sqrt(sum(float(np.vdot(part, part)) for part in parts)))
