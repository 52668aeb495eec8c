"""Aligned: memory that begins at a cache line, where the processor reads vectors without a seam."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.task import Shape

Array = npt.NDArray[Any]

_LINE_BYTES = 64


def aligned_empty(shape: Shape, dtype: npt.DTypeLike) -> Array:
    """Return an uninitialised array whose first number lies at the beginning of a cache line."""
    kind = np.dtype(dtype)
    size = math.prod(shape) * kind.itemsize
    memory = np.empty(size + _LINE_BYTES, np.uint8)
    start = -memory.ctypes.data % _LINE_BYTES
    return memory[start : start + size].view(kind).reshape(shape)


def aligned_full(shape: Shape, value: float, dtype: npt.DTypeLike) -> Array:
    """Return an aligned array that holds ``value`` everywhere."""
    array = aligned_empty(shape, dtype)
    array.fill(value)
    return array
