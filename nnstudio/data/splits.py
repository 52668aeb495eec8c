"""Splits: test samples held out of a fixed set, and an order whose tail is a fair sample."""

from __future__ import annotations

import numpy as np

from nnstudio.data.arrays import IntArray

_TAIL_SHARE = 0.2
_UNFAIR = 0.2


def hold_out(y: IntArray, part: int) -> tuple[IntArray, IntArray]:
    """Return the rows that train and the rows that test, both in their order in ``y`` (n,).

    Of each class the last ``1 / part`` tests, at least one sample where there are two.
    """
    tests = np.zeros(len(y), dtype=bool)
    for index in np.unique(y):
        rows = np.flatnonzero(y == index)
        count = max(len(rows) // part, min(1, len(rows) - 1))
        tests[rows[len(rows) - count :]] = True
    return np.flatnonzero(~tests), np.flatnonzero(tests)


def fair_order(y: IntArray) -> IntArray | None:
    """Return a fixed order for ``y`` whose tail is a fair sample, or None where it is one as it stands.

    Files are often sorted by class; validating on their tail would test classes never trained. Files
    that are mixed keep their order, so that Keras validates on the same samples.
    """
    classes = 1 + int(y.max())
    tail = y[int(len(y) * (1 - _TAIL_SHARE)) :]
    shares = np.bincount(y, minlength=classes) / len(y)
    tail_shares = np.bincount(tail, minlength=classes) / len(tail)
    # Half the summed difference: the share of the tail that would have to change its class.
    if np.abs(shares - tail_shares).sum() / 2 <= _UNFAIR:
        return None
    return np.random.default_rng(0).permutation(len(y))
