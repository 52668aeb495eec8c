"""Gate functions: activations for numbers that lie as (gates * units, batch), a sample in each column."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from nnstudio.engine.activations import ACTIVATIONS, ActivationFunction
from nnstudio.engine.layer import Array


def needs_input(*names: str) -> bool:
    """Whether the derivative of any of the activations called ``names`` looks at what went in."""
    return any(ACTIVATIONS[name].needs_input for name in names)


@cache
def gate_function(name: str, units: int) -> ActivationFunction:
    """Return activation ``name`` for arrays (any number of gates * ``units``, batch).

    One that takes each number by itself does not care how they lie. Any other, such as softmax, works on rows
    and is shown each gate of each sample as one.
    """
    function = ACTIVATIONS[name]
    if not function.of_rows:
        return function

    def rows(array: Array) -> Array:
        return array.reshape(-1, units, array.shape[-1]).swapaxes(1, 2)

    def forward(x: Array, out: Array) -> Array:
        function.forward(rows(x), rows(out))
        return out

    def backward(x: Array, y: Array, dy: Array, out: Array) -> Array:
        function.backward(rows(x), rows(y), rows(dy), rows(out))
        return out

    return replace(function, forward=forward, backward=backward)
