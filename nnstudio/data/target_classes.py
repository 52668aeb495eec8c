"""TargetClasses: the labels of all parts of a data set, brought to the same classes or values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnstudio.data.arrays import Array, ClassIndices
from nnstudio.data.names import natural_key, printable
from nnstudio.data.targets import MOST_CLASSES, Encoding, OddLabelsError, Targets, is_whole_text, whole_labels


@dataclass(frozen=True, eq=False)
class Classes:
    """Labels of all parts as class indices, the names of the classes, and what was done, in sentences."""

    parts: tuple[ClassIndices, ...]
    names: tuple[str, ...]
    notes: tuple[str, ...] = ()


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
    return all(is_whole_text(str(part.y[0])) for part in parts)


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
    return Targets(part.name, Encoding.INDICES, whole_labels(part.name, part.y[:, 0]))
