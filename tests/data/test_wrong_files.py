"""Every wrong file is refused in a sentence that names it, and stays as it was."""

from __future__ import annotations

import gzip
import os
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnstudio.data import npz
from nnstudio.data.idx import read_idx
from nnstudio.data.load import load
from nnstudio.data.npz import read_npz
from nnstudio.data.opening import recipe_for
from nnstudio.errors import FileError
from tests.data.makers import (
    TEST_LABELS,
    TRAIN_IMAGES,
    TRAIN_LABELS,
    idx_bytes,
    images,
    labels,
    write_idx_set,
    write_npz,
)
from tests.data.wrong import GOOD, PACKED, WHOLE, WRONG_ARRAYS, WRONG_IDX, WRONG_NPZ


def refused(read: Callable[[], Any], path: Path) -> str:
    """Return the sentence with which ``path`` is refused; check its form and that nothing has changed."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(FileError) as caught:
        read()
    sentence = str(caught.value)
    assert sentence.startswith(f"{path.name}: expected ") and sentence.endswith(".")
    assert ", found " in sentence
    assert str(path.parent) not in sentence and "\n" not in sentence
    assert before is None or path.read_bytes() == before
    return sentence


@pytest.mark.parametrize("content,found", WRONG_IDX.values(), ids=WRONG_IDX)
def test_wrong_idx_files_are_refused(tmp_path: Path, content: bytes, found: str) -> None:
    path = tmp_path / TRAIN_IMAGES
    path.write_bytes(content)
    assert found in refused(lambda: read_idx(path, 3), path)


@pytest.mark.parametrize("content,found", WRONG_NPZ.values(), ids=WRONG_NPZ)
def test_wrong_npz_files_are_refused(tmp_path: Path, content: bytes, found: str) -> None:
    path = tmp_path / "digits.npz"
    path.write_bytes(content)
    assert found in refused(lambda: read_npz(path, ("x", "y")), path)


@pytest.mark.parametrize("changes,found", WRONG_ARRAYS.values(), ids=WRONG_ARRAYS)
def test_arrays_that_are_no_data_set_are_refused(tmp_path: Path, changes: dict[str, Any], found: str) -> None:
    path = write_npz(tmp_path / "digits.npz", **changes)
    assert found in refused(lambda: load(recipe_for(path)), path)


@given(st.binary(max_size=60), st.integers(0, len(PACKED)), st.booleans())
def test_no_damage_to_an_idx_file_ends_in_anything_but_a_sentence(
    tmp_path_factory: Any, damage: bytes, place: int, packed: bool
) -> None:
    content = PACKED if packed else GOOD
    path = tmp_path_factory.getbasetemp() / TRAIN_IMAGES
    path.write_bytes(content[:place] + damage + content[place + len(damage) :])
    with suppress(FileError):
        assert read_idx(path, 3).ndim == 3


@given(st.binary(min_size=1, max_size=20), st.integers(0, len(WHOLE)))
def test_no_damage_to_an_npz_file_ends_in_anything_but_a_sentence(
    tmp_path_factory: Any, damage: bytes, place: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "digits.npz"
    path.write_bytes(WHOLE[:place] + damage + WHOLE[place + len(damage) :])
    with suppress(FileError):
        load(recipe_for(path))


READERS: dict[str, Callable[[Path], Any]] = {
    "idx": lambda path: read_idx(path, 3),
    "npz": lambda path: read_npz(path, ("x",)),
    "choice": recipe_for,
}
with_every_reader = pytest.mark.parametrize("read", READERS.values(), ids=READERS)


@with_every_reader
def test_a_missing_file_is_refused(tmp_path: Path, read: Callable[[Path], Any]) -> None:
    path = tmp_path / TRAIN_IMAGES
    assert "no such file" in refused(lambda: read(path), path)


@with_every_reader
def test_a_folder_is_refused(tmp_path: Path, read: Callable[[Path], Any]) -> None:
    path = tmp_path / "folder"
    path.mkdir()
    assert "folder" in refused(lambda: read(path), path)


@with_every_reader
def test_a_pipe_is_refused_without_waiting(tmp_path: Path, read: Callable[[Path], Any]) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    path = tmp_path / TRAIN_IMAGES
    os.mkfifo(path)
    assert "a device or pipe" in refused(lambda: read(path), path)


@with_every_reader
@pytest.mark.parametrize(
    "error,found",
    [(PermissionError(13, "denied"), "not permitted"), (OSError(5, "I/O error"), "I/O error")],
)
def test_a_file_that_the_system_refuses_is_refused(
    tmp_path: Path, monkeypatch: Any, read: Callable[[Path], Any], error: OSError, found: str
) -> None:
    # Raised by hand, since the tests may run as a user whom nothing is forbidden.
    path = tmp_path / TRAIN_IMAGES
    path.write_bytes(GOOD)

    def refuse(*_: Any, **__: Any) -> Any:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr("builtins.open", refuse)
        with pytest.raises(FileError, match=found) as caught:
            read(path)
    assert str(caught.value).startswith(f"{TRAIN_IMAGES}: expected ")


def test_a_gzip_bomb_is_read_no_further_than_its_header_says(tmp_path: Path) -> None:
    path = tmp_path / TRAIN_IMAGES
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(idx_bytes(images(1)))
        for _ in range(64):
            file.write(bytes(2**20))
    tracemalloc.start()
    refused(lambda: read_idx(path, 3), path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**21


def test_archives_are_refused_by_the_sum_of_their_headers(tmp_path: Path, monkeypatch: Any) -> None:
    path = write_npz(tmp_path / "digits.npz")
    monkeypatch.setattr(npz, "LIMIT_BYTES", 60 * 28 * 28 + 70)
    assert "declared" in refused(lambda: load(recipe_for(path)), path)


def test_labels_and_images_of_different_number_are_refused_with_both_numbers(tmp_path: Path) -> None:
    write_idx_set(tmp_path)
    (tmp_path / TRAIN_LABELS).write_bytes(idx_bytes(labels(119)))
    path = tmp_path / TRAIN_IMAGES
    assert "120 images and 119 labels" in refused(lambda: load(recipe_for(path)), path)


@pytest.mark.parametrize("gone", [TRAIN_LABELS, TEST_LABELS, TRAIN_IMAGES])
def test_a_lonely_file_is_refused_with_what_is_missing_beside_it(tmp_path: Path, gone: str) -> None:
    (write_idx_set(tmp_path) / gone).unlink()
    with pytest.raises(FileError, match="a file of (images|labels) beside it, found none"):
        recipe_for(tmp_path)


def test_an_idx_file_with_another_name_is_refused_with_the_name_it_needs(tmp_path: Path) -> None:
    path = tmp_path / "digits.bin"
    path.write_bytes(GOOD)
    assert "train-images-idx3-ubyte" in refused(lambda: recipe_for(path), path)


def test_a_folder_with_several_sets_is_refused(tmp_path: Path) -> None:
    write_idx_set(tmp_path)
    (tmp_path / "letters-images-idx3-ubyte").write_bytes(GOOD)
    assert "more than one set" in refused(lambda: recipe_for(tmp_path), tmp_path)
