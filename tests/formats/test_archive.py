"""Archives are read part by part: what is whole is read, what is damaged is told, nothing is trusted."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as nps

from nnstudio.errors import FileError
from nnstudio.formats.archive import Archive, Part, reading_archive, write_archive

NUMBERS = np.arange(12, dtype=np.float32).reshape(3, 4)
PARTS: list[Part] = [("a.json", '{"é": 1}'), ("b.npy", NUMBERS), ("c.json", "[]")]


def packed(parts: list[Part] = PARTS) -> bytes:
    stream = io.BytesIO()
    write_archive(stream, parts)
    return stream.getvalue()


def zipped(name: str, content: bytes, method: int = zipfile.ZIP_STORED) -> bytes:
    """Return an archive that another program wrote."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


@given(st.lists(st.text(max_size=30), max_size=4), st.data())
def test_texts_and_arrays_come_back(texts: list[str], data: st.DataObject) -> None:
    dtypes = nps.floating_dtypes(sizes=(32, 64), endianness="<") | nps.integer_dtypes(endianness="<")
    array = data.draw(nps.arrays(dtypes, nps.array_shapes(min_dims=0, min_side=0)))
    archive = Archive(packed([*((f"{i}.json", text) for i, text in enumerate(texts)), ("x.npy", array)]))
    assert [archive.text(f"{i}.json") for i in range(len(texts))] == texts
    found = archive.array("x.npy")
    assert (found.dtype, found.shape, found.tobytes()) == (array.dtype, array.shape, array.tobytes())


def test_other_programs_can_read_what_is_written() -> None:
    with zipfile.ZipFile(io.BytesIO(packed())) as archive:
        assert archive.testzip() is None and archive.namelist() == ["a.json", "b.npy", "c.json"]
        np.testing.assert_array_equal(np.load(io.BytesIO(archive.read("b.npy"))), NUMBERS)


def test_a_part_that_another_program_deflated_is_read() -> None:
    assert Archive(zipped("a.json", b"x" * 500, zipfile.ZIP_DEFLATED)).text("a.json") == "x" * 500


@pytest.mark.parametrize("kept", [0.0, 0.2, 0.5, 0.9, 0.99])
def test_what_lies_before_a_cut_is_read(kept: float) -> None:
    whole = packed()
    archive = Archive(whole[: int(len(whole) * kept)])
    for name, content in PARTS:
        if name in archive and isinstance(content, str):
            assert archive.text(name) == content
        elif name not in archive:
            with pytest.raises(FileError, match="missing"):
                archive.text(name)


def test_a_damaged_part_takes_no_other_along() -> None:
    whole = bytearray(packed())
    whole[whole.index(NUMBERS.tobytes()) + 5] ^= 1
    archive = Archive(bytes(whole))
    with pytest.raises(FileError, match="damaged"):
        archive.array("b.npy")
    assert archive.text("a.json") == PARTS[0][1] and archive.text("c.json") == "[]"


def test_a_damaged_header_takes_no_other_part_along() -> None:
    whole = bytearray(packed())
    start = whole.index(b"PK\x03\x04", 4)
    whole[start + 18 : start + 22] = struct.pack("<L", 2**31)  # the size of b.npy
    archive = Archive(bytes(whole))
    assert "b.npy" not in archive and archive.text("c.json") == "[]"


@given(st.integers(0, len(packed()) - 1), st.integers(0, 255))
def test_any_changed_byte_is_noticed_or_does_not_matter(place: int, value: int) -> None:
    whole = bytearray(packed())
    whole[place] = value
    archive = Archive(bytes(whole))
    for name, content in PARTS:
        try:
            found = archive.text(name) if isinstance(content, str) else archive.array(name).tobytes()
        except FileError as error:
            assert str(error).endswith(".")
        else:
            assert found == (content if isinstance(content, str) else content.tobytes())


@pytest.mark.parametrize(
    "array",
    [
        np.array([{}], dtype=object),
        np.array(["text"]),
        np.array([1 + 2j]),
        np.asfortranarray(np.ones((3, 4))),
        np.zeros(3, dtype=[("a", "<f4")]),
    ],
)
def test_what_is_no_array_of_numbers_is_refused(array: np.ndarray) -> None:
    stream = io.BytesIO()
    np.lib.format.write_array(stream, array, allow_pickle=True)
    with pytest.raises(FileError, match="no array of numbers"):
        Archive(zipped("x.npy", stream.getvalue())).array("x.npy")


def test_an_array_that_promises_more_than_there_is_is_refused() -> None:
    stream = io.BytesIO()
    np.lib.format.write_array(stream, np.zeros(3, np.float32))
    content = stream.getvalue().replace(b"(3,)", b"(10**12,)"[:4])
    grown = stream.getvalue().replace(b"(3,), }   ", b"(3333333,)")
    for wrong in (content, grown, b"", b"\x93NUMPY"):
        with pytest.raises(FileError, match="no array of numbers"):
            Archive(zipped("x.npy", wrong)).array("x.npy")


def test_a_bomb_is_passed_over() -> None:
    bomb = zipped("x.json", b"0" * 50_000_000, zipfile.ZIP_DEFLATED)
    assert "x.json" not in Archive(bomb)


def test_a_file_of_another_kind_is_refused_by_its_name(tmp_path: Path) -> None:
    file = tmp_path / "note.nnstudio"
    for content in (b"", b"hello", b"\x89PNG....", b"\x89HDF\r\n\x1a\n"):
        file.write_bytes(content)
        with (
            pytest.raises(FileError, match="note.nnstudio: expected a project"),
            reading_archive(file, expected="a project"),
        ):
            pass
