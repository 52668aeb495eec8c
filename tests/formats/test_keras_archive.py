"""Tests of formats.keras_archive: zips that are bombs, lead out, or are none that Keras wrote."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from nnstudio.errors import FileError
from nnstudio.formats.keras_files import read_model
from tests.formats.keras_index import FIXTURES, FOLDER

GOOD = FOLDER / FIXTURES["keras_v3_zip__k3t"]["file"]
Parts = dict[str, bytes]


def parts_of(path: Path = GOOD) -> Parts:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def written(path: Path, parts: Parts, packing: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def changed(change: Callable[[Parts], object]) -> Parts:
    parts = parts_of()
    change(parts)
    return parts


def without(name: str) -> Parts:
    return changed(lambda parts: parts.pop(name))


BAD: dict[str, tuple[Parts, str]] = {
    "no weights": (without("model.weights.h5"), "model.weights.h5 is missing"),
    "no description": (without("config.json"), "config.json is missing"),
    "other weights": (changed(lambda p: p.update({"model.weights.h5": b"text"})), "damaged or incomplete"),
    "no JSON": (changed(lambda p: p.update({"config.json": b"{"})), "cannot be read"),
    "no text": (changed(lambda p: p.update({"config.json": b"\xff"})), "is no text"),
    "nested": (changed(lambda p: p.update({"config.json": b"[" * 10**5})), "nested too deeply"),
    "leads out": (changed(lambda p: p.update({"../../evil": b""})), "leads out of it"),
    "absolute": (changed(lambda p: p.update({"/etc/evil": b""})), "leads out of it"),
    "a drive": (changed(lambda p: p.update({"C:\\evil": b""})), "leads out of it"),
    "very many": ({**parts_of(), **{f"x{number}": b"" for number in range(2000)}}, "far more parts"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_other_zips_are_refused_in_a_sentence(name: str, packing: int, tmp_path: Path) -> None:
    parts, words = BAD[name]
    with pytest.raises(FileError, match=words) as caught:
        read_model(written(tmp_path / "model.keras", parts, packing))
    assert str(caught.value).startswith("model.keras ")


@pytest.mark.parametrize("part", ["config.json", "model.weights.h5"])
def test_a_bomb_is_refused_before_it_is_unpacked(part: str, tmp_path: Path) -> None:
    parts = changed(lambda p: p.update({part: bytes(2**28)}))
    with pytest.raises(FileError, match="promises 268,435,456 bytes"):
        read_model(written(tmp_path / "model.keras", parts, zipfile.ZIP_DEFLATED))


def test_what_another_program_packed_is_read(tmp_path: Path) -> None:
    """With other names beside it, as some systems add them, deflated, and in a file of another ending."""
    parts = {**parts_of(), "__MACOSX/._config.json": b"x"}
    found = read_model(written(tmp_path / "model.h5", parts, zipfile.ZIP_DEFLATED))
    assert found.design == read_model(GOOD).design
    assert found.snapshot.parameters.tobytes() == read_model(GOOD).snapshot.parameters.tobytes()


def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "model.keras", parts_of())
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("config.json", json.dumps({}))
    with pytest.raises(FileError, match="config.json"):
        read_model(path)


def test_a_locked_part_is_told(tmp_path: Path) -> None:
    content = bytearray(written(tmp_path / "model.keras", parts_of()).read_bytes())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(signature)
        while start >= 0:
            content[start + place] |= 1
            start = content.find(signature, start + 4)
    (tmp_path / "model.keras").write_bytes(content)
    with pytest.raises(FileError, match="locked with a password"):
        read_model(tmp_path / "model.keras")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_an_archive_that_breaks_off_is_refused(share: float, tmp_path: Path) -> None:
    content = io.BytesIO(GOOD.read_bytes()).read()
    (tmp_path / "model.keras").write_bytes(content[: int(share * len(content))])
    with pytest.raises(FileError, match="a damaged zip archive"):
        read_model(tmp_path / "model.keras")
