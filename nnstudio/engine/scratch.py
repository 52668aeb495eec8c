"""Scratch: the reused buffers of one layer, and the run's random numbers."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.engine.aligned import aligned_empty
from nnstudio.task import Shape

Array = npt.NDArray[Any]
_LEVELS = 65_536  # of sixteen random bits


class Scratch:
    """Named buffers that keep their memory from batch to batch.

    A buffer grows to the largest shape asked for; a smaller batch gets a view of its beginning.
    What was handed out or kept last under a name is ``scratch[name]``.
    """

    def __init__(self, rng: np.random.Generator, dtype: npt.DTypeLike = np.float32) -> None:
        self.rng = rng
        self.dtype = np.dtype(dtype)
        self.needs_dx = True
        self.empty_steps: Array | None = None  # (batch, steps): which a recurrent layer shall pass over
        self._memory: dict[str, Array] = {}
        self._views: dict[tuple[str, Shape], Array] = {}
        self._last: dict[str, Array] = {}

    def __getitem__(self, name: str) -> Array:
        return self._last[name]

    def array(self, name: str, shape: Shape, dtype: npt.DTypeLike | None = None) -> Array:
        """Return the uninitialised buffer ``name`` in ``shape``; the same memory every time."""
        view = self._views.get((name, shape))
        if view is None:
            view = self._views[name, shape] = self._carve(name, shape, np.dtype(dtype or self.dtype))
        assert dtype is None or view.dtype == dtype, f"buffer {name} is used with two types"
        self._last[name] = view
        return view

    def keep(self, name: str, array: Array) -> Array:
        """Remember an array that belongs to someone else, without copying it."""
        self._last[name] = array
        return array

    def mask(self, name: str, shape: Shape, rate: float) -> Array:
        """Return an array of 0 with probability ``rate`` and 1 / (1 - rate) otherwise.

        Sixteen random bits decide each element: four elements a raw draw, much faster than uniform floats.
        """
        size = math.prod(shape)
        raw = self.rng.bit_generator.random_raw((size + 3) // 4).view(np.uint16)[:size].reshape(shape)
        threshold = min(round(rate * _LEVELS), _LEVELS - 1)
        mask = self.array(name, shape)
        np.greater_equal(raw, threshold, out=mask)
        return np.multiply(mask, _LEVELS / (_LEVELS - threshold), out=mask)

    def noise(self, name: str, shape: Shape, stddev: float) -> Array:
        """Return normally distributed numbers around 0."""
        kind = np.float64 if self.dtype == np.float64 else np.float32
        noise = self.array(name, shape)
        self.rng.standard_normal(dtype=kind, out=noise)
        return np.multiply(noise, stddev, out=noise)

    def _carve(self, name: str, shape: Shape, dtype: np.dtype[Any]) -> Array:
        size = math.prod(shape)
        memory = self._memory.get(name)
        if memory is None or memory.size < size:
            memory = self._memory[name] = aligned_empty((size,), dtype)
            self._views = {key: view for key, view in self._views.items() if key[0] != name}
        return memory[:size].reshape(shape)
