"""Samples: what the engine asks of data."""

from __future__ import annotations

from typing import Any, Protocol

import numpy.typing as npt

Array = npt.NDArray[Any]


class Samples(Protocol):
    """Inputs and targets by row number."""

    def __len__(self) -> int:
        """How many samples there are."""
        ...

    def x_rows(self, rows: Array, out: Array) -> Array:
        """Fill the beginning of ``out`` with the prepared inputs of ``rows``; return that part."""
        ...

    def y_rows(self, rows: Array) -> Array:
        """Return the targets of ``rows``: class indices (batch,) or values (batch, outputs)."""
        ...
