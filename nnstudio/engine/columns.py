"""Columns: sums and products by column of matrices with many rows, block by block and several rows at a time.

NumPy walks a matrix row by row where a number per column is added or multiplied; with few columns that is
slow. So the same memory is seen as ``wide`` rows, each of several rows side by side. Sums are products with
ones, which the matrix library computes at the speed of the memory; what takes several passes goes block by
block, so that a block is still in the cache at the next pass.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from nnstudio.engine.layer import Array
from nnstudio.engine.scratch import Scratch

_WIDTH = 8_192  # numbers: so wide a row and what it is multiplied with stay in the nearest cache
_BLOCK = 131_072


def widened(x: Array) -> Array:
    """Return ``x`` (..., columns) as (rows / n, n * columns), for an n that divides the number of rows."""
    columns = x.shape[-1]
    rows = x.size // columns
    most = 1 << (max(1, _WIDTH // columns).bit_length() - 1)
    side_by_side = math.gcd(rows, most)
    return x.reshape(rows // side_by_side, side_by_side * columns)


def blocks(x: Array) -> Iterator[slice]:
    """Return stretches of the rows of ``x`` that are worth a call each and stay in the cache."""
    step = max(1, _BLOCK // x.shape[1])
    return (slice(start, start + step) for start in range(0, len(x), step))


def spread(name: str, values: Array, wide: Array, scratch: Scratch) -> Array:
    """Return ``values`` (columns,) as often as they fit beside each other into a row of ``wide``.

    The array is the buffer ``name`` of the scratch.
    """
    row = scratch.array(name, (wide.shape[1] // len(values), len(values)))
    np.copyto(row, values)
    return row.reshape(-1)


def column_sums(wide: Array, columns: int) -> Array:
    """Return the sum of each column, (columns,)."""
    return folded(wide_sums(wide), columns)


def column_sums_and_dots(wide: Array, other: Array, columns: int) -> tuple[Array, Array]:
    """Return the sums of ``wide`` and of its products with ``other`` by column, (columns,) each."""
    sums, dots = np.zeros((2, wide.shape[1]), wide.dtype)
    for block in blocks(wide):
        sums += wide_sums(wide[block])
        dots += np.einsum("ij,ij->j", wide[block], other[block])
    return folded(sums, columns), folded(dots, columns)


def shifted_moments(wide: Array, shift: Array, out: Array, columns: int) -> tuple[Array, Array]:
    """Fill ``out`` with ``wide`` - ``shift`` (a wide row); return its mean and variance by column."""
    sums, squares = np.zeros((2, wide.shape[1]), wide.dtype)
    for block in blocks(wide):
        shifted = np.subtract(wide[block], shift, out=out[block])
        sums += wide_sums(shifted)
        squares += np.einsum("ij,ij->j", shifted, shifted)
    count = wide.size // columns
    mean = folded(sums, columns) / count
    return mean, np.maximum(folded(squares, columns) / count - mean * mean, 0.0)


def scaled_and_shifted(wide: Array, factor: Array | float, shift: Array | float, out: Array) -> Array:
    """Fill ``out`` with ``factor`` ``wide`` + ``shift``, both wide rows or single numbers."""
    for block in blocks(wide):
        part = np.multiply(wide[block], factor, out=out[block])
        np.add(part, shift, out=part)
    return out


def wide_sums(wide: Array) -> Array:
    """Return the sum of each column of a wide matrix."""
    sums: Array = np.dot(np.ones(len(wide), wide.dtype), wide)
    return sums


def folded(wide_row: Array, columns: int) -> Array:
    """Return the sums of what stands for the same column, (columns,)."""
    sums: Array = np.add.reduce(wide_row.reshape(-1, columns), axis=0)
    return sums
