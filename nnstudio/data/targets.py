"""Targets: what an array of labels says: classes in one of three encodings, or values to predict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from nnstudio.data.arrays import Array, ClassIndices
from nnstudio.data.encodings import one_hot_rows
from nnstudio.data.names import counted, natural_key, printable

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


@dataclass(frozen=True, eq=False)
class Classes:
    """Labels of all parts as class indices, the names of the classes, and what was done, in sentences."""

    parts: tuple[ClassIndices, ...]
    names: tuple[str, ...]
    notes: tuple[str, ...] = ()


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
        return Targets(name, Encoding.INDICES, _whole(name, y))
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
    whole = {label: _is_whole(label) for label in map(str, np.unique(y))}
    if any(whole.values()) and not all(whole.values()):
        odd = [next(label for label in whole if whole[label] is kind) for kind in (True, False)]
        raise OddLabelsError(
            f"either names or class indices in {name}",
            f"both, such as {printable(odd[0])} and {printable(odd[1])}",
            "Write all labels the same way.",
        )
    return y


def _is_whole(label: str) -> bool:
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


def _whole(name: str, y: Array) -> Array:
    low, high = int(y.min()), int(y.max())
    if (low < 0 or high >= MOST_CLASSES) and not _is_plus_minus(y):
        advice = "Number the classes from 0, or save values to predict as float32."
        raise OddLabelsError(f"{name} from 0 to {MOST_CLASSES - 1}", f"{low} to {high}", advice)
    return y.astype(np.int64)


def _is_plus_minus(y: Array) -> bool:
    return y.dtype.kind != "u" and bool(np.isin(y, (-1, 1)).all())


def as_classes(parts: Sequence[Targets]) -> Classes:
    """Return the labels of all parts of a data set as indices of the same classes.

    Raises:
        OddLabelsError: their encodings do not tell which class is which.
    """
    kinds = {part.encoding for part in parts}
    if kinds == {Encoding.NAMES}:
        return _by_name(parts)
    if kinds <= {Encoding.INDICES, Encoding.ONE_HOT}:
        return _by_number(parts)
    if kinds == {Encoding.NAMES, Encoding.INDICES} and _all_numbers(parts):
        return _by_name(tuple(_as_names(part) for part in parts))
    found = " but ".join(f"{part.encoding} in {part.name}" for part in parts)
    raise OddLabelsError("the same encoding in all parts", found, "Write all labels the same way.")


def _all_numbers(parts: Sequence[Targets]) -> bool:
    return all(_is_whole(str(part.y[0])) for part in parts)


def _as_names(part: Targets) -> Targets:
    return part if part.encoding is Encoding.NAMES else Targets(part.name, Encoding.NAMES, part.y.astype(str))


def _by_name(parts: Sequence[Targets]) -> Classes:
    known = [np.unique(part.y, return_inverse=True) for part in parts]
    names = sorted({str(label) for labels, _ in known for label in labels}, key=natural_key)
    if len(names) > MOST_CLASSES:
        raise OddLabelsError(
            f"at most {MOST_CLASSES:,} classes", f"{len(names):,} names", "Choose another file."
        )
    place = {name: index for index, name in enumerate(names)}
    indices = tuple(
        ClassIndices(np.array([place[str(label)] for label in labels], np.int64)[inverse.reshape(-1)])
        for labels, inverse in known
    )
    note = f"{parts[0].name} names the classes; they are numbered in the order of their names."
    return Classes(indices, tuple(map(printable, names)), (note,))


def _by_number(parts: Sequence[Targets]) -> Classes:
    columns = max(part.columns for part in parts)
    plain = [part.y for part in parts if part.encoding is Encoding.INDICES]
    low = min((int(y.min()) for y in plain), default=0)
    high = max((int(y.max()) for y in plain), default=0)
    if low < 0:
        return _plus_minus(parts, columns)
    count = max(columns, high + 1)
    first = int(low == 1 and (high == columns or not columns and _no_gap(plain, high)))
    shifted = [part.y - first if part.encoding is Encoding.INDICES else part.y for part in parts]
    names = tuple(map(str, range(first, max(columns, count - first) + first)))
    notes = _number_notes(parts, first, high)
    return Classes(tuple(map(ClassIndices, shifted)), names, notes)


def _no_gap(plain: list[Array], high: int) -> bool:
    return len(np.unique(np.concatenate(plain))) == high >= 2


def _plus_minus(parts: Sequence[Targets], columns: int) -> Classes:
    if columns not in (0, 2):
        found = f"-1 and 1 beside one-hot rows of {columns} classes"
        raise OddLabelsError("the same classes in all parts", found, "Write all labels the same way.")
    indices = tuple(
        ClassIndices((part.y > 0).astype(np.int64))
        if part.encoding is Encoding.INDICES
        else ClassIndices(part.y)
        for part in parts
    )
    return Classes(indices, ("-1", "1"), ("The labels −1 and 1 became the class indices 0 and 1.",))


def _number_notes(parts: Sequence[Targets], first: int, high: int) -> tuple[str, ...]:
    one_hot = [part.name for part in parts if part.encoding is Encoding.ONE_HOT]
    notes = []
    if one_hot:
        beside = "" if len(one_hot) == len(parts) else ", like those of the other part"
        have = "has" if len(one_hot) == 1 else "have"
        notes.append(f"{' and '.join(one_hot)} {have} one-hot rows; they became class indices{beside}.")
    if first:
        notes.append(
            f"The labels 1 to {high} became the class indices 0 to {high - 1}; they keep their names."
        )
    return tuple(notes)


def as_values(parts: Sequence[Targets]) -> tuple[Array, ...]:
    """Return the labels of all parts as values to predict, float32 (n, outputs).

    Raises:
        OddLabelsError: they are names, or their numbers differ.
    """
    values = tuple(_values(part) for part in parts)
    widths = {value.shape[1] for value in values}
    if len(widths) > 1:
        found = " and ".join(f"{value.shape[1]:,}" for value in values)
        raise OddLabelsError("as many values for each sample in all parts", found, "Choose another file.")
    return values


def _values(part: Targets) -> Array:
    if part.encoding in (Encoding.VALUES, Encoding.INDICES):
        numbers: Any = part.y if part.y.ndim == 2 else part.y[:, None]
        return np.asarray(numbers, np.float32)
    raise OddLabelsError(
        f"values to predict in {part.name}", str(part.encoding), "Write all labels the same way."
    )


def as_whole(part: Targets) -> Targets:
    """Return ``part`` as class indices where its values are whole numbers, though many or with gaps.

    Raises:
        OddLabelsError: they are not.
    """
    if part.encoding is not Encoding.VALUES:
        return part
    if part.y.shape[1] != 1 or (part.y != np.rint(part.y)).any():
        advice = f"Save {part.name} as whole numbers, such as uint8."
        raise OddLabelsError(f"class indices in {part.name}", "numbers with fractions", advice)
    return Targets(part.name, Encoding.INDICES, _whole(part.name, part.y[:, 0]))
