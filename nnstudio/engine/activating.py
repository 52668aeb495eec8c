"""Activating: how a layer sends what it computed through its activation, and the gradient back."""

from __future__ import annotations

from nnstudio.engine.activations import ACTIVATIONS
from nnstudio.engine.layer import Array
from nnstudio.engine.scratch import Scratch


def activate(name: str, z: Array, scratch: Scratch) -> Array:
    """Return activation ``name`` of ``z``, written over ``z`` where its derivative does not need it."""
    function = ACTIVATIONS[name]
    y = scratch.array("activated", z.shape) if function.needs_input else scratch.keep("activated", z)
    return function.forward(scratch.keep("z", z), y)


def activation_gradient(name: str, dy: Array, scratch: Scratch) -> Array:
    """Return the gradient by the z of the last `activate`, for the gradient ``dy`` by its result."""
    if name == "linear":
        return dy
    z, y = scratch["z"], scratch["activated"]
    return ACTIVATIONS[name].backward(z, y, dy, scratch.array("dz", dy.shape))
