"""Smoothing: the moving average that makes noisy batches readable, at the cost of what is new."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.experiments.history import room

Array = npt.NDArray[Any]

_BLOCK = 64
_DEBIASED = 1e-12  # below it, what a smoothed value lacks of its past cannot be seen


class Smoother:
    """The de-biased exponential moving average of values that only grow in number.

    ``weight`` from 0 (as they are) to below 1 says how much of the past is kept:
    s[n] = (1 - weight) (y[n] + weight y[n-1] + ...) / (1 - weight^n). The division keeps the first
    values from being drawn towards zero, as in Adam.
    """

    def __init__(self, weight: float) -> None:
        self._weight = weight
        self._past = 0.0  # the newest sum, before its bias is removed
        self._result = np.empty(0)
        self._count = 0

    def extended(self, y: Array) -> Array:
        """Return the average of ``y`` (n,), which begins with the values given before; read-only, (n,)."""
        if self._weight <= 0.0:
            return y
        if len(y) > self._count:
            self._reserve(len(y))
            new = slice(self._count, len(y))
            self._result[new] = _moving_sums(y[new], self._weight, self._past)
            self._past = float(self._result[len(y) - 1])
            self._remove_bias(new)
            self._count = len(y)
        return self._result[: len(y)]

    def _reserve(self, count: int) -> None:
        if count > len(self._result):
            grown = room(2 * count, 1)[:, 0]
            grown[: self._count] = self._result[: self._count]
            self._result = grown

    def _remove_bias(self, new: slice) -> None:
        biased = math.ceil(math.log(_DEBIASED) / math.log(self._weight))
        stop = min(new.stop, biased)
        if new.start < stop:
            counts = np.arange(new.start + 1.0, stop + 1.0)
            self._result[new.start : stop] /= 1.0 - self._weight**counts


def _moving_sums(y: Array, weight: float, past: float) -> Array:
    """Solve s[n] = weight s[n-1] + (1 - weight) y[n] with s[-1] = ``past``, a block of rows at a time."""
    kernel, powers = _block_kernel(weight)
    blocks = np.zeros((-(-len(y) // _BLOCK), _BLOCK))
    blocks.reshape(-1)[: len(y)] = y
    sums = blocks @ kernel
    pasts = np.empty((len(blocks), 1))
    for index, end in enumerate(sums[:, -1].tolist()):
        pasts[index] = past
        past = end + past * float(powers[-1])
    sums += pasts * powers
    result: Array = sums.reshape(-1)[: len(y)]
    return result


@lru_cache(maxsize=8)
def _block_kernel(weight: float) -> tuple[Array, Array]:
    places = np.arange(_BLOCK)
    distances = places[np.newaxis, :] - places[:, np.newaxis]
    kernel = np.where(distances >= 0, (1.0 - weight) * weight ** np.abs(distances), 0.0)
    return kernel, weight ** (places + 1.0)


def smoothed(y: Array, weight: float) -> Array:
    """Return the de-biased exponential moving average of ``y``, (n,)."""
    return Smoother(weight).extended(y)
