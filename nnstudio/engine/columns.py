"""Columns: sums and products by column of matrices with many rows, taking several rows at a time.

NumPy walks a matrix row by row where a number per column is added or multiplied; with few columns that is
slow. So the same memory is seen as ``wide`` rows, each of several rows side by side. Sums are products with
ones, which the matrix library computes at the speed of the memory.
"""

from __future__ import annotations

import math

import numpy as np

from nnstudio.engine.layer import Array
from nnstudio.engine.scratch import Scratch

_WIDTH = 8_192  # numbers: so wide a row and what it is multiplied with stay in the L1 and L2 caches


def widened(x: Array) -> Array:
    """Return ``x`` (..., columns) as (rows / n, n * columns), for an n that divides the number of rows."""
    columns = x.shape[-1]
    rows = x.size // columns
    most = 1 << (max(1, _WIDTH // columns).bit_length() - 1)
    side_by_side = math.gcd(rows, most)
    return x.reshape(rows // side_by_side, side_by_side * columns)


def spread(values: Array, wide: Array, scratch: Scratch) -> Array:
    """Return ``values`` (columns,) as often as they fit beside each other into a row of ``wide``.

    The array is the scratch's own until the next call.
    """
    row = scratch.array("spread", (wide.shape[1] // len(values), len(values)))
    np.copyto(row, values)
    return row.reshape(-1)


def column_sums(wide: Array, columns: int) -> Array:
    """Return the sum of each column, (columns,)."""
    return _folded(np.ones(len(wide), wide.dtype) @ wide, columns)


def column_dots(wide: Array, other: Array, columns: int) -> Array:
    """Return the sum of the products of two matrices by column, (columns,)."""
    return _folded(np.einsum("ij,ij->j", wide, other), columns)


def row_sums(x: Array) -> Array:
    """Return the sum of each row, (rows, 1)."""
    sums: Array = np.matmul(x, np.ones((x.shape[1], 1), x.dtype))
    return sums


def row_dots(x: Array, other: Array) -> Array:
    """Return the sum of the products of two matrices by row, (rows, 1)."""
    dots: Array = np.einsum("ij,ij->i", x, other)
    return dots[:, None]


def _folded(sums: Array, columns: int) -> Array:
    folded: Array = sums.reshape(-1, columns).sum(axis=0)
    return folded
