"""StateGroup: a whole run state in nnstudio's own part of an .h5 file, so that the file alone can go on."""

from __future__ import annotations

import json
from typing import Any

import h5py

from nnstudio.engine.saved_state import SavedState
from nnstudio.errors import FileError
from nnstudio.formats.hdf5 import Group
from nnstudio.formats.safe_hdf5 import dataset_in, group_in, read_array, refuse_bombs, text_attribute
from nnstudio.formats.values import parse_json

_STATE, _ABOUT = "state", "numbers"
_MOST_ARRAYS = 1000
_KINDS = "biuf"


def write_state(parent: h5py.Group, saved: SavedState) -> None:
    """Write the numbers as JSON and each array as a dataset, in their order."""
    group = parent.create_group(_STATE)
    about = {"numbers": saved.numbers, "arrays": list(saved.arrays)}
    group.attrs[_ABOUT] = json.dumps(about, allow_nan=False)
    for index, array in enumerate(saved.arrays.values()):
        group.create_dataset(str(index), data=array)


def read_state(parent: Group, notes: list[str]) -> SavedState | None:
    """Return what `write_state` wrote; None where there is none, or where a note says what is wrong.

    Whether it fits its network is found out where it is gone on from.
    """
    if _STATE not in parent:
        return None
    try:
        return _read(group_in(parent, _STATE))
    except FileError as error:
        notes.append(f"The training cannot go on exactly where it was; its weights are there. {error}")
        return None


def _read(group: Group) -> SavedState:
    about = parse_json(text_attribute(group, _ABOUT) or "", "saved state")
    names, numbers = _parts(about)
    datasets = [dataset_in(group, str(index)) for index in range(len(names))]
    if any(dataset.kind.dtype is None or dataset.kind.dtype.kind not in _KINDS for dataset in datasets):
        raise FileError("An array of its saved state is no array of numbers.")
    refuse_bombs(datasets)
    arrays = (read_array(dataset, dataset.kind.dtype.newbyteorder("=")) for dataset in datasets)  # type: ignore[union-attr]
    return SavedState(dict(zip(names, arrays, strict=True)), numbers)


def _parts(about: Any) -> tuple[list[str], dict[str, Any]]:
    names = about.get("arrays") if isinstance(about, dict) else None
    numbers = about.get("numbers") if isinstance(about, dict) else None
    if not isinstance(names, list) or not isinstance(numbers, dict) or len(names) > _MOST_ARRAYS:
        raise FileError("Its saved state describes no state.")
    if not all(isinstance(name, str) for name in names) or len(set(names)) != len(names):
        raise FileError("The arrays of its saved state have no names.")
    return names, numbers
