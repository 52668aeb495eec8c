"""Peeling: a last softmax or sigmoid is left to the loss where both together are simpler and more exact."""

from __future__ import annotations

from nnstudio.engine.design import Design
from nnstudio.engine.joining import join
from nnstudio.engine.layer import Layer
from nnstudio.engine.masking import masked


def peel(design: Design) -> tuple[tuple[Layer, ...], str]:
    """Return the stack as it runs, without its last activation, and the name of that.

    Where nothing is taken off, the name is "".
    """
    last, wanted = design.layers[-1:], design.loss.fuses
    bare = last[0].without_last_function() if last and wanted and last[0].last_function == wanted else None
    stack = (*design.layers[:-1], bare) if bare else design.layers
    return masked(join(stack)), wanted if bare else ""
