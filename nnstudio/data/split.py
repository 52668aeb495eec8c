"""Split: which samples train and which test, as a value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnstudio.data.arrays import Array, IntArray
from nnstudio.settings import setting


@dataclass(frozen=True)
class Split:
    """Part samples the same way at every reading; where a source has test samples of its own, they test.

    The tail of what trains is a fair sample of it: the training plan may take it to validate.
    """

    test_share: float = setting(
        0.2, "Share of the samples that only test, where the data have no test part.", minimum=0.0, below=1.0
    )
    shuffled: bool = setting(True, "Whether samples are mixed first, or the last of them test.")
    stratified: bool = setting(True, "Whether every part gets the same share of each class.")
    seed: int = setting(0, "Another seed parts the samples another way.", minimum=0, arbitrary=True)
    left_out: tuple[str, ...] = setting(
        (), "Classes that the network never sees in training; they still test.", advanced=True
    )
    validation_path: str = setting(
        "", "A file or folder of its own whose samples validate; none: a share of what trains.", advanced=True
    )

    def rows(self, y: Array) -> tuple[IntArray, IntArray]:
        """Return the rows that train and the rows that test, for targets ``y`` (n,) or (n, outputs)."""
        order = self._order(y)
        count = round(len(y) * self.test_share)
        count = min(max(count, int(self.test_share > 0)), max(0, len(y) - 1))
        return order[: len(y) - count], order[len(y) - count :]

    def _order(self, y: Array) -> IntArray:
        if not self.shuffled:
            return np.arange(len(y))
        rng = np.random.default_rng(self.seed)
        order = rng.permutation(len(y))
        return order[_spread(y[order], rng)] if self.stratified and y.ndim == 1 else order


def _spread(y: IntArray, rng: np.random.Generator) -> IntArray:
    """Return an order of ``y`` (n,) in which each class is evenly spread, so that every piece is fair."""
    by_class = np.argsort(y, kind="stable")
    counts = np.bincount(y)
    first = np.cumsum(counts) - counts
    rank = np.empty(len(y))
    rank[by_class] = np.arange(len(y)) - first[y[by_class]]
    return np.argsort((rank + rng.random(len(counts))[y]) / counts[y], kind="stable")
