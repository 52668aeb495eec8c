"""SafeHdf5: read only what lies in the file itself, and only as much as it can hold.

Links, arrays in other files and arrays made of others are refused; sizes are compared with what is stored
before memory is asked for.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from nnstudio.data.files import COPY_AGAIN, LIMIT_BYTES, kind_of, opened, wrong_file
from nnstudio.errors import FileError
from nnstudio.formats.hdf5 import Damaged, Dataset, Group, Memory, Outside, root_of
from nnstudio.formats.values import shortened

Array = npt.NDArray[Any]
EXPECTED = "a Keras model (.h5)"

_MAGIC = b"\x89HDF"
_BOMB_BYTES = 2**26
_BOMB_RATIO = 1000  # gzip reaches it only with constant data
_MOST_PARTS = 1000  # of a list of names that was cut up


@contextmanager
def reading(path: Path) -> Iterator[Group]:
    """Open the HDF5 file ``path``; whatever is wrong with it becomes a FileError that names it."""
    with opened(path, EXPECTED) as file:
        head = file.read(8)
        if os.fstat(file.fileno()).st_size > LIMIT_BYTES:
            raise wrong_file(path, f"at most {LIMIT_BYTES / 1e9:.1f} GB", "more", "Choose another file.")
        try:
            yield root_of(Memory(file))
        except Damaged as error:
            if not head.startswith(_MAGIC) and _is_other(file):
                advice = "Choose a file that Keras or nnstudio saved."
                raise wrong_file(path, EXPECTED, kind_of(head), advice) from error
            raise wrong_file(path, EXPECTED, "a damaged or incomplete file", COPY_AGAIN) from error
        except FileError as error:
            raise FileError(f"{shortened(path.name)} cannot be opened. {error}") from error


def _is_other(file: IO[bytes]) -> bool:
    """Say whether an open file is none of HDF5 at all."""
    try:
        Memory(file)
    except FileError:
        return True
    return False


def group_in(parent: Group, name: str) -> Group:
    """Return the group ``name`` of ``parent``; FileError where there is none."""
    found = _member(parent, name)
    if not isinstance(found, Group):
        raise FileError(shortened(f"It has no group {name}."))
    return found


def dataset_in(parent: Group, name: str) -> Dataset:
    """Return the dataset ``name`` of ``parent``; FileError where there is none that is safe to read."""
    found = _member(parent, name)
    if not isinstance(found, Dataset):
        raise FileError(shortened(f"It has no array {name}."))
    if found.is_elsewhere:
        raise FileError(shortened(f"Its array {name} lies in another file, which nnstudio does not read."))
    if found.kind.dtype is None:
        raise FileError(shortened(f"Its array {name} holds {found.kind.words}, not numbers."))
    return found


def _member(parent: Group, path: str) -> Group | Dataset | None:
    """Follow ``path`` step by step, through nothing but what the file itself holds."""
    found: Group | Dataset | Outside | None = parent
    for step in path.split("/"):
        if step in ("", ".", "..") or not isinstance(found, Group):
            return None
        found = found.member(step)
        if isinstance(found, Outside):
            raise FileError(shortened(f"Its part {path} is a link, which nnstudio does not follow."))
    return found if isinstance(found, Group | Dataset) else None


def read_array(dataset: Dataset, dtype: npt.DTypeLike) -> Array:
    """Return a dataset's numbers as ``dtype``, unless they are far more than the file can hold."""
    refuse_bombs([dataset])
    numbers = np.empty(dataset.shape, dtype)
    dataset.read_into(numbers)
    return numbers


def refuse_bombs(datasets: Sequence[Dataset]) -> None:
    """Refuse arrays that promise, alone or together, far more than the file holds of them."""
    sizes = [(dataset.name, dataset.declared, dataset.stored) for dataset in datasets]
    for name, declared, stored in sizes:
        if declared > LIMIT_BYTES or _is_bomb(declared, stored) or (declared and not stored):
            found = f"Its array {name.strip('/')} promises {declared:,} bytes, but holds {stored:,}."
            raise FileError(shortened(found))
    promised, held = sum(size for _, size, _ in sizes), sum(size for _, _, size in sizes)
    if _is_bomb(promised, held):
        raise FileError(f"Its arrays promise {promised:,} bytes, but hold {held:,}.")


def _is_bomb(declared: int, stored: int) -> bool:
    return declared > _BOMB_BYTES and declared > _BOMB_RATIO * stored


def text_attribute(owner: Group, name: str) -> str | None:
    """Return an attribute that is one text, or None where there is none."""
    if name not in owner.attributes:
        return None
    texts = _texts(owner, name)
    if len(texts) != 1:
        raise FileError(f"Its attribute {name} is no text.")
    return texts[0]


def names_attribute(owner: Group, name: str) -> list[str]:
    """Return an attribute that is a list of names; Keras cuts a long one up as name0, name1, ..."""
    attributes = owner.attributes
    parts = [name] if name in attributes else []
    while parts[:1] != [name] and len(parts) < _MOST_PARTS and f"{name}{len(parts)}" in attributes:
        parts.append(f"{name}{len(parts)}")
    if not parts:
        raise FileError(shortened(f"Its part {owner.name or '/'} has no {name}."))
    if any(len(attributes[part].shape) != 1 for part in parts):
        raise FileError(f"Its attribute {name} is no list of names.")
    return [text for part in parts for text in _texts(owner, part)]


def _texts(owner: Group, name: str) -> list[str]:
    attribute = owner.attributes[name]
    if not attribute.is_text:
        raise FileError(f"Its attribute {name} is no text.")
    try:
        return [text.decode("utf-8") for text in attribute.texts(owner.memory)]
    except UnicodeDecodeError as error:
        raise FileError(f"Its attribute {name} is no text: its letters are damaged.") from error
