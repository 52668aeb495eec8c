"""Tests of formats.hdf5: what h5py writes, in every version of the format, is read to the same bits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from nnstudio.errors import FileError
from nnstudio.formats.hdf5 import Dataset, Group, Memory, Outside, root_of

VERSIONS = ("earliest", "v108", "v110", "v112", "v114", "latest")
X = np.random.default_rng(1).normal(size=(37, 23)).astype("<f4")
ARRAYS: dict[str, Any] = {
    "float32": X,
    "big-endian float64": X.astype(">f8"),
    "float16": X.astype("<f2"),
    "one number": np.float32(3.5),
    "nothing": np.zeros((0, 3), "<f4"),
    **{f"int {code}": np.arange(-3, 9).astype(code) for code in ("<i1", "<i8", ">i4")},
    "unsigned": np.arange(9, dtype="<u2"),
}
CHUNKED: dict[str, dict[str, Any]] = {
    "pieces": {"chunks": (8, 8)},
    "one piece": {"chunks": (37, 23)},
    "packed": {"chunks": (8, 8), "compression": "gzip", "shuffle": True, "fletcher32": True},
    "one packed piece": {"chunks": (37, 23), "compression": "gzip"},
    "checked": {"chunks": (1, 1), "fletcher32": True},
}


def compare(theirs: h5py.Group, ours: Group) -> None:
    """Compare everything in a group, and in the groups in it."""
    assert set(theirs.attrs) == set(ours.attributes)
    for name, value in theirs.attrs.items():
        attribute = ours.attributes[name]
        if attribute.is_text:
            texts = [value] if np.ndim(value) == 0 else list(value)
            wanted = [text if isinstance(text, bytes) else text.encode() for text in texts]
            assert attribute.texts(ours.memory) == wanted
    for name in theirs:
        member = ours.member(name)
        if not isinstance(theirs.get(name, getlink=True), h5py.HardLink):
            assert isinstance(member, Outside)
        elif isinstance(theirs[name], h5py.Group):
            assert isinstance(member, Group)
            compare(theirs[name], member)
        else:
            assert isinstance(member, Dataset)
            compare_arrays(theirs[name], member)


def compare_arrays(theirs: h5py.Dataset, ours: Dataset) -> None:
    assert (ours.shape, ours.kind.dtype) == (theirs.shape, theirs.dtype)
    assert ours.stored == theirs.id.get_storage_size()
    found = np.empty(ours.shape, theirs.dtype)
    ours.read_into(found)
    assert found.tobytes() == theirs[()].tobytes()


def compare_files(path: Path) -> None:
    with h5py.File(path) as theirs, open(path, "rb") as stream:
        compare(theirs, root_of(Memory(stream)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file.h5"


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("user_block", [0, 512, 2048])
def test_arrays_of_every_kind_are_read(version: str, user_block: int, path: Path) -> None:
    with h5py.File(path, "w", libver=version, userblock_size=user_block) as file:
        for name, array in ARRAYS.items():
            file[name] = array
        for name, options in CHUNKED.items():
            file.create_dataset(name, data=X, **options)
        file["a link"] = h5py.SoftLink("/float32")
        file["elsewhere"] = h5py.ExternalLink("other.h5", "/x")
    compare_files(path)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("count", [0, 1, 8, 9, 200, 2500])
def test_groups_of_every_size_are_read(version: str, count: int, path: Path) -> None:
    with h5py.File(path, "w", libver=version) as file:
        group = file.create_group("group")
        for number in range(count):
            group.create_group(f"layer_{number}")
        for number in range(min(count, 200)):
            group.attrs[f"text {number}"] = "ä" * number
        group.attrs["fixed"] = np.array([b"one", b"three"])
        group.attrs["texts"] = ["one", "", "größe"]
        group.attrs["no names"] = np.zeros(0)
    compare_files(path)


def test_an_array_within_its_description_is_read(path: Path) -> None:
    with h5py.File(path, "w") as file:
        compact = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        compact.set_layout(h5py.h5d.COMPACT)
        space = h5py.h5s.create_simple((3,))
        dataset = h5py.h5d.create(file.id, b"x", h5py.h5t.IEEE_F32LE, space, compact)
        dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, np.arange(3, dtype="<f4"))
    compare_files(path)


def read(path: Path, name: str) -> Any:
    with open(path, "rb") as stream:
        member = root_of(Memory(stream)).member(name)
        assert isinstance(member, Dataset)
        found = np.empty(member.shape, np.float32)
        member.read_into(found)
        return found


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"chunks": (8, 8), "compression": "lzf"}, "LZF packing"),
        ({"chunks": (8, 8), "scaleoffset": 3}, "scale-offset packing"),
    ],
)
def test_what_no_keras_writes_is_refused_by_name(options: dict[str, Any], words: str, path: Path) -> None:
    with h5py.File(path, "w") as file:
        file.create_dataset("x", data=X, **options)
    with pytest.raises(FileError, match=words):
        read(path, "x")


def test_damage_that_a_checksum_shows_is_refused(path: Path) -> None:
    with h5py.File(path, "w") as file:
        x = file.create_dataset("x", data=X, chunks=(37, 23), fletcher32=True)
        place = x.id.get_chunk_info(0).byte_offset
    content = bytearray(path.read_bytes())
    content[place + 100] ^= 1
    path.write_bytes(content)
    with pytest.raises(FileError, match="damaged"):
        read(path, "x")


def test_an_array_whose_pieces_were_never_written_is_refused(path: Path) -> None:
    with h5py.File(path, "w") as file:
        file.create_dataset("x", (20, 20), "<f4", chunks=(5, 5))[:5] = 1.0
        file.create_dataset("y", (20, 20), "<f4")
    for name in ("x", "y"):
        with pytest.raises(FileError, match="damaged"):
            read(path, name)


def test_groups_that_contain_themselves_are_no_matter(path: Path) -> None:
    with h5py.File(path, "w") as file:
        file["a"] = X
        file["b/a"] = X
        file["b/root"] = file["/"]
    with open(path, "rb") as stream:
        found: Any = root_of(Memory(stream))
        for _ in range(50):
            found = found.member("b").member("root")
        assert isinstance(found.member("a"), Dataset)
