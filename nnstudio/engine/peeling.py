"""Peeling: a last softmax or sigmoid is left to the loss where both together are simpler and more exact."""

from __future__ import annotations

from dataclasses import replace

from nnstudio.engine.design import Design
from nnstudio.engine.layer import Layer


def peel(design: Design) -> tuple[tuple[Layer, ...], str]:
    """Return the stack without its last activation and the name of that; "" where nothing is taken off."""
    activation = getattr(design.layers[-1], "activation", None) if design.layers else None
    if not design.loss.fuses or activation != design.loss.fuses:
        return design.layers, ""
    bare = replace(design.layers[-1], activation="linear")  # type: ignore[call-arg]
    return (*design.layers[:-1], bare), design.loss.fuses
