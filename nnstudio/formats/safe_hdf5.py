"""SafeHdf5: read only what lies in the file itself, and only as much as it can hold.

HDF5 follows links into other files, reads the bytes of any file as an array and unpacks gigabytes out of a
few kilobytes, all without asking. Everything is looked at here before it is followed or read.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import numpy.typing as npt

from nnstudio.data.files import COPY_AGAIN, LIMIT_BYTES, kind_of, opened, wrong_file
from nnstudio.errors import FileError
from nnstudio.formats.hdf5_heaps import has_endless_heap
from nnstudio.formats.values import shortened

Array = npt.NDArray[Any]
EXPECTED = "a Keras model (.h5)"

# What HDF5 and h5py raise when a file is damaged.
_DAMAGE = (OSError, RuntimeError, KeyError, ValueError, TypeError, OverflowError, MemoryError)
_MOST_NAMES = 10_000
_BOMB_BYTES = 2**26
_BOMB_RATIO = 1000  # gzip reaches it only with constant data


@contextmanager
def reading(path: Path) -> Iterator[h5py.File]:
    """Open the HDF5 file ``path``; whatever goes wrong with it becomes a FileError that names it."""
    with opened(path, EXPECTED) as file:
        head = file.read(8)
        if os.fstat(file.fileno()).st_size > LIMIT_BYTES:
            raise wrong_file(path, f"at most {LIMIT_BYTES / 1e9:.1f} GB", "more", "Choose another file.")
    if not h5py.is_hdf5(path):
        raise wrong_file(path, EXPECTED, kind_of(head), "Choose a file that Keras or nnstudio saved.")
    if has_endless_heap(path):
        raise wrong_file(path, EXPECTED, "a damaged file", COPY_AGAIN)
    try:
        with h5py.File(path, "r") as file:
            yield file
    except FileError as error:
        raise FileError(f"{path.name} cannot be opened. {error}") from error
    except _DAMAGE as error:
        raise wrong_file(path, EXPECTED, "a damaged or incomplete file", COPY_AGAIN) from error


def group_in(parent: h5py.Group, name: str) -> h5py.Group:
    """Return the group ``name`` of ``parent``; FileError where there is none."""
    found = _member(parent, name)
    if not isinstance(found, h5py.Group):
        raise FileError(shortened(f"It has no group {name}."))
    return found


def dataset_in(parent: h5py.Group, name: str) -> h5py.Dataset:
    """Return the dataset ``name`` of ``parent``; FileError where there is none that is safe to read."""
    found = _member(parent, name)
    if not isinstance(found, h5py.Dataset):
        raise FileError(shortened(f"It has no array {name}."))
    if found.is_virtual or found.external:
        raise FileError(shortened(f"Its array {name} lies in another file, which nnstudio does not read."))
    if found.dtype.kind not in "fiu":
        raise FileError(shortened(f"Its array {name} holds {found.dtype}, not numbers."))
    return found


def _member(parent: h5py.Group, path: str) -> Any:
    """Follow ``path`` step by step, through nothing but what the file itself holds."""
    found: Any = parent
    for step in path.split("/"):
        if step in ("", ".", "..") or not isinstance(found, h5py.Group):
            return None
        # A name with a null in it would end there for HDF5.
        link = None if "\0" in step else found.get(step, getlink=True)
        if link is not None and not isinstance(link, h5py.HardLink):
            raise FileError(shortened(f"Its part {path} is a link, which nnstudio does not follow."))
        found = None if link is None else found[step]
    return found


def read_array(dataset: h5py.Dataset, dtype: npt.DTypeLike) -> Array:
    """Return a dataset's numbers as ``dtype``, unless they are far more than the file can hold."""
    declared = math.prod(dataset.shape or ()) * dataset.dtype.itemsize
    stored = dataset.id.get_storage_size()
    if declared > LIMIT_BYTES or (declared > _BOMB_BYTES and declared > _BOMB_RATIO * stored):
        found = f"Its array {dataset.name} promises {declared:,} bytes, but holds {stored:,}."
        raise FileError(shortened(found))
    with np.errstate(over="ignore"):
        return np.asarray(dataset[()]).astype(dtype)


def text_attribute(owner: h5py.Group, name: str) -> str | None:
    """Return an attribute that is one text, or None where there is none."""
    if name not in owner.attrs:
        return None
    value = _attribute(owner, name)
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        raise FileError(f"Its attribute {name} is no text.")
    return value


def names_attribute(owner: h5py.Group, name: str) -> list[str]:
    """Return an attribute that is a list of names; Keras cuts a long one up as name0, name1, ..."""
    parts = [name] if name in owner.attrs else []
    while f"{name}{len(parts)}" in owner.attrs and parts[:1] != [name]:
        parts.append(f"{name}{len(parts)}")
    if not parts:
        raise FileError(shortened(f"Its part {owner.name} has no {name}."))
    values = [np.asarray(_attribute(owner, part)) for part in parts]
    if any(value.ndim != 1 for value in values):
        raise FileError(f"Its attribute {name} is no list of names.")
    return [_text(entry) for value in values for entry in value]


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _attribute(owner: h5py.Group, name: str) -> Any:
    """Return an attribute that holds texts, or nothing: reading a damaged one of another type can crash."""
    attribute = h5py.h5a.open(owner.id, name.encode())
    count = math.prod(attribute.shape or ())
    is_text = isinstance(attribute.get_type(), h5py.h5t.TypeStringID)
    if count and (count > _MOST_NAMES or not is_text):
        raise FileError(f"Its attribute {name} is no text.")
    return owner.attrs[name]
