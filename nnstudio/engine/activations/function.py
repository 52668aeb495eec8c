"""ActivationFunction: a function of one number, or of a row of them, with its derivative."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

PIECE_SIZE = 65_536
_WORTHWHILE_SIZE = 2_048
_ZEROS = np.zeros(PIECE_SIZE, np.float32)

# A call with an array takes half as long as one with a Python number, which counts where arrays are small.
# They are exact in float64 too.
ZERO, HALF, ONE = (np.array(number, np.float32) for number in (0.0, 0.5, 1.0))
for _shared in (_ZEROS, ZERO, HALF, ONE):
    _shared.flags.writeable = False


@dataclass(frozen=True)
class ActivationFunction:
    """A function and its derivative, both writing into an array that they are given.

    ``forward(x, out)`` returns y and may be called with ``out is x``.
    ``backward(x, y, dy, out)`` returns dx; its ``out`` is none of the others. Most derivatives follow from y
    alone and never look at x, so that it need not be kept; those that do say so in ``needs_input``. One that
    is ``of_rows`` takes all numbers along the last axis together.
    """

    name: str
    forward: Callable[[Array, Array], Array]
    backward: Callable[[Array, Array, Array, Array], Array]
    needs_input: bool = False
    of_rows: bool = False


def in_pieces(function: Callable[..., Array]) -> Callable[..., Array]:
    """Let a function of single numbers take large arrays piece by piece.

    Its arguments are arrays of one shape; it fills the last of them. What it needs on the way is then never
    large, and stays in the cache. One that computes in ``out`` alone gains nothing from this.
    """

    @wraps(function)
    def walk(*arrays: Array) -> Array:
        out = arrays[-1]
        if out.size <= PIECE_SIZE or not all(array.flags.c_contiguous for array in arrays):
            return function(*arrays)
        rows = [array.reshape(-1) for array in arrays]
        for start in range(0, out.size, PIECE_SIZE):
            function(*(row[start : start + PIECE_SIZE] for row in rows))
        return out

    return walk


def zeros_beside(x: Array) -> Array:
    """Return zeros that `np.maximum` and `np.minimum` compare with ``x``.

    They have its shape where that is faster: NumPy takes whole vectors at a time only from two arrays.
    """
    if _WORTHWHILE_SIZE <= x.size <= PIECE_SIZE and x.dtype == np.float32:
        return _ZEROS[: x.size].reshape(x.shape)
    return ZERO
