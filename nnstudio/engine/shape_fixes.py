"""Shape fixes: the edits that give a layer a shape it takes."""

from __future__ import annotations

from functools import partial

from nnstudio.engine.design import Design
from nnstudio.engine.fit_words import shape_words
from nnstudio.engine.layers import Reshape
from nnstudio.engine.problems import Fix
from nnstudio.errors import ShapeError
from nnstudio.task import Shape


def shape_fixes(name: str, error: ShapeError) -> tuple[Fix, ...]:
    """Return what helps the layer called ``name`` out of ``error``; nothing where that is not obvious."""
    if error.wanted is None:
        return ()
    label = f"Insert Reshape to {shape_words(error.wanted)}"
    return (Fix(label, partial(_reshaped, name=name, shape=error.wanted)),)


def _reshaped(design: Design, name: str, shape: Shape) -> Design:
    return design.with_inserted(design.index(name), Reshape(target_shape=shape))
