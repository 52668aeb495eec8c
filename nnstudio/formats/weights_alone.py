"""WeightsAlone: what lies in a file that holds weights without their network."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

from nnstudio.data.files import opened
from nnstudio.formats.hdf5 import Dataset, Group
from nnstudio.formats.keras_archive import MAGIC
from nnstudio.formats.keras_contents import holds_weights_alone
from nnstudio.formats.safe_hdf5 import reading
from nnstudio.formats.values import shortened
from nnstudio.task import Shape

_MOST_DEPTH, _MOST_MEMBERS = 16, 5000


def arrays_alone(path: Path) -> tuple[tuple[str, Shape, int], ...] | None:
    """Return name, shape and size of the arrays in ``path``; None where it is no file of weights alone.

    Raises:
        FileError: it is damaged, or no file of Keras.
    """
    with opened(path, "a Keras model (.h5 or .keras)") as file:
        if file.read(len(MAGIC)) == MAGIC:
            return None
    with reading(path) as root:
        return tuple(_facts(root)) if holds_weights_alone(root) else None


def _facts(root: Group) -> Iterator[tuple[str, Shape, int]]:
    for dataset in _datasets(root):
        yield shortened(dataset.name.strip("/")), dataset.shape, math.prod(dataset.shape)


def _datasets(root: Group) -> Iterator[Dataset]:
    """Yield the arrays in their order; a file whose groups hold each other is looked at only so far."""
    waiting, left = [(root, 0)], _MOST_MEMBERS
    while waiting:
        group, depth = waiting.pop()
        inner: list[tuple[Group, int]] = []
        for name in group.names:
            left -= 1
            if left < 0:
                return
            member = group.member(name)
            if isinstance(member, Dataset):
                yield member
            elif isinstance(member, Group) and depth < _MOST_DEPTH:
                inner.append((member, depth + 1))
        waiting += reversed(inner)
