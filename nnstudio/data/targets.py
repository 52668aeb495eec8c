"""Targets: what an array of labels says: classes in one of three encodings, or values to predict."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from nnstudio.data.arrays import Array
from nnstudio.data.encodings import one_hot_rows
from nnstudio.data.names import counted, printable

MOST_CLASSES = 1000
_MOST_WHOLE = 100  # floats that are whole numbers are classes where there are few of them


class Encoding(StrEnum):
    """How labels are written."""

    INDICES = "class indices"
    ONE_HOT = "one-hot rows"
    NAMES = "names"
    VALUES = "values"


@dataclass(frozen=True, eq=False)
class Targets:
    """Labels as they stand in one array: ``y`` are whole numbers (n,), names (n,), or values (n, outputs).

    ``columns`` is how many classes one-hot rows have. ``name`` is what the array is called.
    """

    name: str
    encoding: Encoding
    y: Array
    columns: int = 0


class OddLabelsError(ValueError):
    """Labels that cannot be understood: what was expected, what was found and what to do."""

    def __init__(self, expected: str, found: str, advice: str) -> None:
        super().__init__(f"expected {expected}, found {found}. {advice}")
        self.expected, self.found, self.advice = expected, found, advice


def read_targets(name: str, y: Array) -> Targets:
    """Return what the array ``y``, called ``name``, says.

    Raises:
        OddLabelsError: it mixes encodings, misses values, or has another shape.
    """
    if y.ndim == 2 and y.shape[1] == 1 and (y.dtype.kind in "biuUS" or _few_whole(y[:, 0])):
        y = y[:, 0]
    if y.dtype.kind in "US":
        return Targets(name, Encoding.NAMES, _names(name, y))
    if y.ndim not in (1, 2):
        raise OddLabelsError(
            f"one label per sample in {name}", f"the shape {y.shape}", "Choose another file."
        )
    if y.dtype.kind == "f" and not np.isfinite(y).all():
        raise OddLabelsError(f"finite numbers in {name}", "missing or endless ones", "Choose another file.")
    if y.ndim == 2:
        return _rows(name, y)
    if y.dtype.kind in "biu" or _few_whole(y):
        return Targets(name, Encoding.INDICES, whole_labels(name, y))
    return Targets(name, Encoding.VALUES, y.astype(np.float32)[:, None])


def _rows(name: str, y: Array) -> Targets:
    try:
        marked = one_hot_rows(y)
    except ValueError as error:
        _, _, found = str(error).partition(", found ")
        found, _, advice = found.partition(". ")
        raise OddLabelsError(f"one-hot rows in {name}, each with a single 1", found, advice) from error
    if marked is not None:
        return Targets(name, Encoding.ONE_HOT, marked, y.shape[1])
    if y.dtype.kind in "biu" and y.min() >= 0 and y.max() <= 1:
        found = "rows with none or several"
        advice = "Several classes at once cannot be learnt here; choose one, or save values as float32."
        raise OddLabelsError(f"one-hot rows in {name}, each with a single 1", found, advice)
    return Targets(name, Encoding.VALUES, y.astype(np.float32))


def _names(name: str, y: Array) -> Array:
    if y.ndim != 1:
        raise OddLabelsError(f"one name per sample in {name}", f"the shape {y.shape}", "Choose another file.")
    if y.dtype.kind == "S":
        y = np.char.decode(y, "utf-8", "replace")
    y = np.char.strip(y)
    if (y == "").any():
        empty = counted(int((y == "").sum()), "sample")
        raise OddLabelsError(f"a class for each sample in {name}", f"{empty} without one", "Leave them out.")
    whole = {label: is_whole_text(label) for label in map(str, np.unique(y))}
    if any(whole.values()) and not all(whole.values()):
        odd = [next(label for label in whole if whole[label] is kind) for kind in (True, False)]
        raise OddLabelsError(
            f"either names or class indices in {name}",
            f"both, such as {printable(odd[0])} and {printable(odd[1])}",
            "Write all labels the same way.",
        )
    return y


def is_whole_text(label: str) -> bool:
    """Return whether a label is a whole number, written as text."""
    return label.removeprefix("-").isdecimal()


def _few_whole(y: Array) -> bool:
    """Return whether floats are class indices: 0, 1, 2, ... without a gap, or -1 and 1."""
    if y.dtype.kind != "f" or not len(y) or not np.isfinite(y).all():
        return False
    low, high = float(y.min()), float(y.max())
    if not (low == -1 == -high or (low in (0, 1) and high < _MOST_WHOLE)) or (y != np.rint(y)).any():
        return False
    present = np.unique(y)
    return bool(len(present) == 2 if low < 0 else len(present) == high - low + 1 >= 2)


def whole_labels(name: str, y: Array) -> Array:
    """Return class indices ``y`` (n,) as int64; OddLabelsError where they cannot be any."""
    low, high = int(y.min()), int(y.max())
    if (low < 0 or high >= MOST_CLASSES) and not _is_plus_minus(y):
        advice = "Number the classes from 0, or save values to predict as float32."
        raise OddLabelsError(f"{name} from 0 to {MOST_CLASSES - 1}", f"{low} to {high}", advice)
    return y.astype(np.int64)


def _is_plus_minus(y: Array) -> bool:
    return y.dtype.kind != "u" and bool(np.isin(y, (-1, 1)).all())
