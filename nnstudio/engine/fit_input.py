"""Fit input: whether the layers that look numbers up get the whole numbers of the data."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from nnstudio.engine.design import Design
from nnstudio.engine.problems import Fix, Problem, Severity


def input_problems(design: Design) -> Iterator[Problem]:
    """Warn of each layer that takes whole numbers but stands behind one that makes others of them."""
    changing = ""  # the last layer before that changes numbers
    for layer in design.layers:
        if layer.takes_indices and changing:
            yield Problem(
                layer.name,
                Severity.WARNING,
                f'{type(layer).__name__} takes whole numbers, but "{changing}" gives any.',
                "It looks up a row for each whole number of the data, so it belongs to the front.",
                (Fix("Move it to the front", partial(Design.with_moved, names=(layer.name,), index=0)),),
            )
        if layer.family != "shape":
            changing = layer.name
