"""Polynomials: matrices that make a convolution along one axis out of fewer products.

To multiply two polynomials takes fewer products where both are evaluated at some points, the values are
multiplied, and the result is interpolated. A convolution is the same, read backwards.
Source: Winograd 1980, Arithmetic Complexity of Computations; Lavin and Gray 2016, Fast Algorithms for
Convolutional Neural Networks.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from nnstudio.engine.layer import Array

# Few points near 1 keep the rounding errors of float32 at about five times those of the plain sum; more would
# save more products, but cost digits. Infinity is one more.
_POINTS = (0.0, 1.0, -1.0, 0.5, -2.0)
MOST_POINTS = len(_POINTS) + 1


class Transforms(NamedTuple):
    """z = output ((kernel k) * (input x)), for z[i] = sum over j of x[i + j] k[j].

    There is one product for each of tile + size - 1 points instead of one for each of tile * size pairs.
    ``input`` is (points, points), as x has as many numbers, ``kernel`` (points, size), ``output``
    (tile, points).
    """

    input: Array
    kernel: Array
    output: Array


@cache
def transforms(tile: int, size: int, dtype: npt.DTypeLike) -> Transforms:
    """Return the matrices for ``tile`` outputs of a kernel of ``size``."""
    points = np.array(_POINTS[: tile + size - 2])
    others = [np.delete(points, index) for index in range(len(points))]
    gaps = [np.prod(point - rest) for point, rest in zip(points, others, strict=True)]
    # Rows of coefficients, lowest power first: polynomials that are zero at all points but one, and at all.
    interpolation = [*(np.append(np.poly(rest)[::-1], 0.0) for rest in others), np.poly(points)[::-1]]
    kernel = _powers(points, size) / np.array([*gaps, 1.0])[:, None]
    matrices = (np.array(interpolation), kernel, _powers(points, tile).T)
    return Transforms(*(np.ascontiguousarray(matrix, dtype) for matrix in matrices))


def _powers(points: Array, count: int) -> Array:
    """Return the powers 0, 1, ..., count - 1 of the points, and of infinity, (points + 1, count)."""
    at_infinity = np.eye(count)[-1:]  # where only the highest power counts
    return np.concatenate([points[:, None] ** np.arange(count), at_infinity])
