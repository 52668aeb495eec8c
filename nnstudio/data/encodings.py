"""Encodings: the ways to write which class a sample belongs to, told apart and turned into class indices."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnstudio.data.arrays import Array, ClassIndices, Flags, OneHot
from nnstudio.data.names import counted

_CHUNK = 1 << 16
_FEWEST_COLUMNS = 3  # two columns of 0 and 1 that exclude each other say the same; three are no accident


def hits(predicted: ClassIndices, actual: ClassIndices) -> Flags:
    """Return which samples (n,) were predicted right: the one place where classes are compared."""
    if predicted.ndim != 1 or predicted.shape != actual.shape:
        raise TypeError(f"class indices are one number per sample, not {predicted.shape} and {actual.shape}")
    return np.asarray(predicted == actual)


def indices_of(one_hot: OneHot) -> ClassIndices:
    """Return the class of each row (n, classes)."""
    return ClassIndices(one_hot.argmax(axis=1).astype(np.int64, copy=False))


def one_hot_of(indices: ClassIndices, classes: int) -> OneHot:
    """Return rows (n, classes) with a 1 at the class of each sample."""
    return OneHot(np.eye(classes, dtype=np.float32)[indices])


def one_hot_rows(y: Array) -> ClassIndices | None:
    """Return the class that each row of ``y`` (n, columns) marks with a 1; None where it holds other values.

    Raises:
        ValueError: half of the rows or more mark one class, and others do not; the sentence says how many.
    """
    if y.ndim != 2 or y.shape[1] < 2 or not len(y):
        return None
    marks = np.concatenate([_marks(y[start : start + _CHUNK]) for start in range(0, len(y), _CHUNK)])
    wrong = np.flatnonzero(marks < 0)
    if not len(wrong):
        return ClassIndices(marks)
    if len(wrong) * 2 > len(y):
        return None
    raise ValueError(
        f"expected one-hot rows, each with a single 1, found {counted(len(wrong), 'row')} of {len(y):,} "
        f"written another way, the first in row {wrong[0] + 1:,}. Write all labels the same way: as class "
        "indices, as one-hot rows or as names."
    )


def _marks(y: Array) -> Array:
    """Return the column of the only 1 among zeros in each row, -1 where a row is otherwise."""
    ones = y == 1
    single = (ones.sum(axis=1) == 1) & ((y == 0).sum(axis=1) == y.shape[1] - 1)
    return np.where(single, ones.argmax(axis=1), -1)


def one_hot_columns(names: Sequence[str], x: Array) -> tuple[tuple[str, ...], ...]:
    """Return the groups of neighbouring columns of ``x`` (n, columns) that mark one class in each row.

    Such columns can be the target of a table, written as one-hot rows; each group has three columns or more.
    """
    binary = ((x == 0) | (x == 1)).all(axis=0) if len(x) else np.zeros(len(names), bool)
    groups: list[tuple[str, ...]] = []
    start = 0
    while start < len(names):
        stop = _group_end(x, binary, start)
        if stop - start >= _FEWEST_COLUMNS:
            groups.append(tuple(names[start:stop]))
        start = max(stop, start + 1)
    return tuple(groups)


def _group_end(x: Array, binary: Flags, start: int) -> int:
    """Return where the group of one-hot columns ends that begins at ``start``; ``start`` where none does."""
    total = np.zeros(len(x))
    for place in range(start, x.shape[1]):
        if not binary[place]:
            break
        total += x[:, place]
        if total.max() > 1:
            break
        if total.min() == 1:
            return place + 1
    return start


def one_hot_sentence(group: Sequence[str]) -> str:
    """Return what to tell of a group of columns that `one_hot_columns` found."""
    shown = ", ".join(group[:3]) + (", ..." if len(group) > 3 else "")
    return (
        f"{shown}: each row has a 1 in exactly one of these {len(group)} columns. They may be one target in "
        "one-hot form, with the names of the columns as its classes."
    )
