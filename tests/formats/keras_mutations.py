"""Keras mutations: files of Keras with something wrong in them, the same ones for the same seed."""

from __future__ import annotations

import contextlib
import copy
import io
import json
import random
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

import h5py
import numpy as np

from nnstudio.formats.keras_h5 import model_bytes
from tests.formats.keras_index import FIXTURES, FOLDER
from tests.formats.registry_models import model_of, small_design

OWN = "nnstudio.h5"  # what nnstudio itself writes
FILES = sorted({entry["file"] for entry in FIXTURES.values()} | {OWN}) + 5 * [OWN]
_HEADS = 4096  # most of the structure of a small file lies here
_NASTY: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 10**30, 1e308, -0.5, "", "x" * 5000, "../..", "<b>", "\0", "None",
    [], {}, [[]], [None], {"class_name": "Lambda", "config": {}}, {"class_name": 3}, [1, 2, 3], "relu",
)  # fmt: skip
_DTYPES = ("<f4", ">f8", "i8", "u1", "c8", "S4")
_TEXTS = ("", "{", "[]", "null", "NaN", '{"a":' * 2000, "1e999", "\ud800", '{"class_name": "Sequential"}')


def mutated(seed: int) -> tuple[str, bytes]:
    """Return the name of a file and its bytes with something wrong."""
    rng = random.Random(seed)
    name = rng.choice(FILES)
    content = _own() if name == OWN else (FOLDER / name).read_bytes()
    ways = _ZIP_WAYS if name.endswith(".keras") else _HDF5_WAYS
    return name, rng.choice(ways)(content, rng)


@cache
def _own() -> bytes:
    return model_bytes(model_of(small_design(), (7,)))


def _bytes(content: bytes, rng: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 4, 16, 64))):
        place = rng.randrange(len(data) if rng.random() < 0.5 else min(_HEADS, len(data)))
        count = rng.choice((1, 1, 2, 4, 8, 32))
        patches = (
            rng.randbytes(count),
            rng.choice((b"\xff", b"\0", b"\x7f", b"\x80", b"\x01")) * count,
            rng.randrange(len(data)).to_bytes(8, "little"),
            data[rng.randrange(len(data)) :][:count],
        )
        data[place : place + count] = rng.choice(patches)[:count]
    return bytes(data)


def _cut(content: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(content))
    return content[:start] + (content[start + rng.randrange(1, 2000) :] if rng.random() < 0.7 else b"")


def _attributes(content: bytes, rng: random.Random) -> bytes:
    """Change, remove or add attributes and members, as a program that writes whole HDF5 files would."""

    def change(file: h5py.File) -> None:
        for _ in range(rng.randrange(1, 4)):
            _edit(_somewhere(file, rng), rng)

    return _with_hdf5(content, change)


def _somewhere(file: h5py.File, rng: random.Random) -> Any:
    places: list[str] = []
    file.visit(places.append)
    return file[rng.choice(["/", *places])]


def _edit(owner: Any, rng: random.Random) -> None:
    names = list(owner.attrs) or ["layer_names"]
    name, way = rng.choice(names), rng.randrange(6)
    if way == 0:
        owner.attrs.pop(name, None)
    elif way == 1:
        owner.attrs[name] = rng.choice((3, 2.5, [1, 2], np.zeros((2, 2)), "text", [b"a", b"b"], np.zeros(0)))
    elif way == 2:
        found = owner.attrs.get(name)
        if isinstance(found, np.ndarray) and found.size:
            owner.attrs[name] = [rng.choice(list(found)) for _ in range(rng.randrange(1, 2 * found.size + 1))]
    elif isinstance(owner, h5py.Group):
        _edit_member(owner, way, rng)
    elif owner.shape and owner.dtype.kind == "f":
        owner[...] = rng.choice((np.nan, np.inf, -1.0, 1e30))


def _edit_member(group: h5py.Group, way: int, rng: random.Random) -> None:
    name = rng.choice([*group, "new"])
    if way == 3 and name in group:
        del group[name]
    elif way == 4:
        group.pop(name, None)
        links = (h5py.SoftLink("/"), h5py.ExternalLink("/etc/hostname", "/"), h5py.SoftLink(name))
        group[name] = rng.choice((*links, group))
    else:
        group.pop(name, None)
        shape = rng.choice(((), (3,), (10**6, 10**6), (0, 4), (5, 5)))
        group.create_dataset(
            name, shape, rng.choice(("<f4", ">f8", "i8", "u1", "c8", "S4")), chunks=bool(shape) or None
        )


def _json(content: bytes, rng: random.Random) -> bytes:
    def change(file: h5py.File) -> None:
        places = [("/", "model_config"), ("/", "training_config"), ("nnstudio", "study")]
        there = [(place, name) for place, name in places if place in file and name in file[place].attrs]
        if there:
            place, name = rng.choice(there)
            file[place].attrs[name] = _other_json(file[place].attrs[name], rng)

    return _with_hdf5(content, change)


def _other_json(text: str | bytes, rng: random.Random) -> str:
    if rng.random() < 0.1:
        return rng.choice(_TEXTS[:-2])
    value = json.loads(text)
    for _ in range(rng.randrange(1, 4)):
        _damage(value, rng)
    return json.dumps(value)


def _damage(value: Any, rng: random.Random) -> None:
    """Put something else in some place of a tree of lists and objects."""
    while True:
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not keys:
            return
        key = rng.choice(keys)
        if isinstance(value[key], dict | list) and value[key] and rng.random() < 0.8:
            value = value[key]
            continue
        way = rng.random()
        if way < 0.2:
            del value[key]
        elif way < 0.3 and isinstance(value, list):
            value.append(copy.deepcopy(value[key]))
        else:
            value[key] = copy.deepcopy(rng.choice(_NASTY))  # it may itself be damaged next
        return


def _with_hdf5(content: bytes, change: Callable[[h5py.File], None]) -> bytes:
    stream = io.BytesIO(content)
    # An earlier change can be in the way of the next one, such as a link that leads to itself.
    with h5py.File(stream, "r+") as file, contextlib.suppress(RuntimeError, KeyError, OSError, ValueError):
        change(file)
    return stream.getvalue()


def _parts(content: bytes, rng: random.Random) -> bytes:
    """Change what one part of a zip holds, its name or how it is packed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = rng.choice(list(parts))
    if name.endswith(".json") and rng.random() < 0.8:
        parts[name] = _other_json(parts[name], rng).encode()
    elif name.endswith(".h5"):
        parts[name] = rng.choice(_HDF5_WAYS)(parts[name], rng)
    elif rng.random() < 0.5:
        parts.pop(name)
    else:
        parts[rng.choice(("../x", "/x", "C:\\x", "x" * 999))] = parts.pop(name)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return stream.getvalue() if rng.random() < 0.7 else _bytes(stream.getvalue(), rng)


_HDF5_WAYS = (_bytes, _bytes, _cut, _attributes, _json)
_ZIP_WAYS = (_bytes, _cut, _parts, _parts)
