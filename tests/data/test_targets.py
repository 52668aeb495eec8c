"""Labels in every encoding become the same class indices; what mixes encodings is refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnstudio.data.arrays import ClassIndices
from nnstudio.data.encodings import hits, indices_of, one_hot_columns, one_hot_of, one_hot_sentence
from nnstudio.data.load import load
from nnstudio.data.opening import recipe_for
from nnstudio.data.recipe import Recipe
from nnstudio.data.sources.array_file import ArrayFile
from nnstudio.data.sources.array_pair import ArrayPair
from nnstudio.errors import FileError
from nnstudio.task import Task
from tests.data.makers import images, labels, write_npz

ROOT = Path(__file__).parents[2]
Y = labels(60).astype(np.int64)
NAMES = np.array(["ant", "bee", "cat", "dog", "eel", "fox", "gnu", "hen", "ibis", "jay"])
# The same labels in other words: what is in the file, and the names that the classes get.
ENCODINGS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "indices": (Y, tuple("0123456789")),
    "floats": (Y.astype(np.float32), tuple("0123456789")),
    "a column": (Y[:, None], tuple("0123456789")),
    "a column of floats": (Y[:, None] / 1.0, tuple("0123456789")),
    "from one on": (Y + 1, tuple(map(str, range(1, 11)))),
    "one-hot": (np.eye(10, dtype=np.uint8)[Y], tuple("0123456789")),
    "one-hot floats": (np.eye(10)[Y], tuple("0123456789")),
    "one-hot flags": (np.eye(10, dtype=bool)[Y], tuple("0123456789")),
    "names": (NAMES[Y], tuple(NAMES)),
    "names as bytes": (NAMES[Y].astype("S"), tuple(NAMES)),
    "names in a column": (NAMES[Y][:, None], tuple(NAMES)),
    "digits as text": (Y.astype(str), tuple("0123456789")),
}


def write_pair(folder: Path, y: Any, x: Any = None, names: tuple[str, str] = ("x", "y")) -> Path:
    for name, array in zip(names, (images(len(y)) if x is None else x, y), strict=True):
        np.save(folder / f"{name}.npy", array)
    return folder / f"{names[0]}.npy"


@pytest.mark.parametrize("y,names", ENCODINGS.values(), ids=ENCODINGS)
def test_every_encoding_becomes_the_same_classes(tmp_path: Path, y: Any, names: tuple[str, ...]) -> None:
    raw = recipe_for(write_pair(tmp_path, y)).source.read()
    assert raw.y.tolist() == Y.tolist() and raw.y.dtype == np.int64
    assert raw.class_names == names and raw.task is Task.MANY_CLASSES


@pytest.mark.parametrize("y", [np.array([-1, 1] * 30), np.array([-1.0, 1.0] * 30)])
def test_minus_one_and_one_are_two_classes(tmp_path: Path, y: Any) -> None:
    raw = recipe_for(write_pair(tmp_path, y)).source.read()
    assert raw.class_names == ("-1", "1") and raw.y.tolist() == [0, 1] * 30
    assert raw.task is Task.TWO_CLASSES and "became the class indices 0 and 1" in raw.notes


@pytest.mark.parametrize(
    "kinds", [("one-hot", "indices"), ("indices", "one-hot floats"), ("one-hot", "from one on")]
)
def test_parts_in_different_encodings_become_one_and_that_is_told(
    tmp_path: Path, kinds: tuple[str, str]
) -> None:
    training, test = (ENCODINGS[kind][0] for kind in kinds)
    path = write_npz(tmp_path / "mixed.npz", y_train=training, y_test=test[:20])
    data = load(recipe_for(path))
    assert data.training.y.tolist() == Y.tolist() and data.test.y.tolist() == Y[:20].tolist()
    assert "one-hot rows; they became class indices, like those of the other part" in data.notes


def test_names_that_only_the_test_part_has_are_classes_as_well(tmp_path: Path) -> None:
    path = write_npz(tmp_path / "n.npz", y_train=NAMES[Y % 3], y_test=NAMES[Y[:20] % 4])
    data = load(recipe_for(path))
    assert data.class_names == ("ant", "bee", "cat", "dog") and data.test.y.tolist() == (Y[:20] % 4).tolist()


VALUES: dict[str, tuple[Any, int]] = {
    "fractions": (np.linspace(0, 3, 60), 1),
    "whole numbers with gaps": (np.arange(60) * 7.0, 1),
    "a column": (np.linspace(0, 3, 60)[:, None], 1),
    "three outputs": (np.linspace(0, 3, 180).reshape(60, 3), 3),
    "counts in two columns": (np.arange(120).reshape(60, 2), 2),
}


@pytest.mark.parametrize("y,outputs", VALUES.values(), ids=VALUES)
def test_values_are_a_regression(tmp_path: Path, y: Any, outputs: int) -> None:
    data = load(recipe_for(write_pair(tmp_path, y)))
    assert data.facts.task is Task.REGRESSION and data.facts.outputs == outputs and not data.class_names
    assert data.training.y.dtype == np.float32 and data.training.y.shape[1:] == (outputs,)
    assert np.allclose(data.training.y, y.reshape(60, -1)[data.training.numbers])


def test_a_person_can_say_what_the_labels_are(tmp_path: Path) -> None:
    path = write_pair(tmp_path, Y.astype(np.float32) * 7)
    assert len(ArrayPair(str(path), labels="classes").read().class_names) == 64
    assert ArrayPair(str(write_pair(tmp_path, Y)), labels="values").read().task is Task.REGRESSION
    with pytest.raises(FileError, match="found numbers with fractions"):
        ArrayPair(str(write_pair(tmp_path, Y / 3)), labels="classes").read()


NAMED: dict[str, tuple[str, str]] = {
    "plain": ("x", "y"),
    "capitals": ("X", "Y"),
    "training": ("x_train", "y_train"),
    "words": ("images", "labels"),
    "a name before": ("flowers-data", "flowers-targets"),
    "the part before": ("train_images", "train_labels"),
}


@pytest.mark.parametrize("by", [0, 1, "folder"])
@pytest.mark.parametrize("names", NAMED.values(), ids=NAMED)
def test_pairs_are_found_by_either_file_or_their_folder(
    tmp_path: Path, names: tuple[str, str], by: int | str
) -> None:
    write_pair(tmp_path, Y, names=names)
    path = tmp_path if by == "folder" else tmp_path / f"{names[int(by)]}.npy"
    recipe = recipe_for(path)
    assert recipe.source.place == str(tmp_path / f"{names[0]}.npy")
    assert load(recipe).facts.training_count == 48


def test_files_of_a_test_part_are_found_and_others_told(tmp_path: Path) -> None:
    path = write_pair(tmp_path, Y, names=("X_train", "y_train"))
    write_pair(tmp_path, Y[:20], names=("X_test", "y_test"))
    write_pair(tmp_path, Y[:10], names=("X_val", "y_val"))
    data = load(recipe_for(path))
    assert (len(data.training), len(data.test)) == (60, 20) and "X_val, y_val were left out" in data.notes


def test_a_test_part_alone_or_without_labels_is_no_data_set(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="found no pair of files with such names"):
        recipe_for(write_pair(tmp_path, Y, names=("x_test", "y_test")))
    np.save(tmp_path / "x.npy", images(3))
    with pytest.raises(FileError, match="x.npy: expected arrays of samples and labels beside each other"):
        recipe_for(tmp_path / "x.npy")


def test_rows_of_features_are_a_table_of_numbers(tmp_path: Path) -> None:
    recipe = recipe_for(write_pair(tmp_path, Y, np.linspace(0, 1, 240, dtype=np.float32).reshape(60, 4)))
    assert load(recipe).facts.sample_shape == (4,) and recipe.preparation.scaling == "none"


def test_large_arrays_stay_in_their_files_where_nothing_is_mixed(tmp_path: Path) -> None:
    path = write_pair(tmp_path, Y, names=("x_train", "y_train"))
    write_pair(tmp_path, Y[:20], names=("x_test", "y_test"))
    data = load(recipe_for(path))
    base: Any = data.training.x
    while base is not None and not isinstance(base, np.memmap):
        base = base.base
    assert isinstance(base, np.memmap)


def test_what_must_be_mixed_but_is_too_large_is_refused(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("nnstudio.data.sources.array_pair.LIMIT_BYTES", 1000)
    with pytest.raises(FileError, match="Mix the samples and save some of them as x_test.npy"):
        load(recipe_for(write_pair(tmp_path, Y)))


WRONG_NPY: dict[str, tuple[bytes, str]] = {
    "an empty file": (b"", "an empty file"),
    "text": (b"hello, this is no array", "other content"),
    "magic alone": (b"\x93NUMPY", "a damaged header"),
    "a torn header": (b"\x93NUMPY\x01\x00\x76\x00{'descr", "a damaged header"),
    "a new version": (b"\x93NUMPY\x09\x00\x76\x00{'descr", "a newer format"),
}


@pytest.mark.parametrize("content,found", WRONG_NPY.values(), ids=WRONG_NPY)
def test_damaged_arrays_are_refused(tmp_path: Path, content: bytes, found: str) -> None:
    path = write_pair(tmp_path, Y)
    path.write_bytes(content)
    with pytest.raises(FileError) as caught:
        load(Recipe(ArrayPair(str(path))))
    assert str(caught.value).startswith("x.npy: expected ") and found in str(caught.value)


@pytest.mark.parametrize("change,found", [(b"\0", "more"), (None, "fewer")])
def test_arrays_of_another_length_than_they_say_are_refused(
    tmp_path: Path, change: bytes | None, found: str
) -> None:
    path = write_pair(tmp_path, Y)
    content = path.read_bytes()
    path.write_bytes(content + change if change else content[:-1])
    with pytest.raises(FileError, match=f"x 28 values, found {found}"):
        load(recipe_for(path))


def test_objects_are_never_unpacked(tmp_path: Path) -> None:
    path = write_pair(tmp_path, Y)
    np.save(tmp_path / "y.npy", np.array([{"a": 1}] * 60, dtype=object), allow_pickle=True)
    with pytest.raises(FileError, match="Python objects, which could run code"):
        load(recipe_for(path))


def test_the_npz_source_reads_the_same_as_the_pair(tmp_path: Path) -> None:
    np.savez(tmp_path / "both.npz", x=images(60), y=NAMES[Y])
    from_archive = ArrayFile(str(tmp_path / "both.npz")).read()
    from_pair = ArrayPair(str(write_pair(tmp_path, NAMES[Y]))).read()
    assert np.array_equal(from_archive.x, from_pair.x) and from_archive.class_names == from_pair.class_names


@given(st.lists(st.integers(0, 6), min_size=1, max_size=30))
def test_one_hot_rows_and_indices_say_the_same(classes: list[int]) -> None:
    indices = ClassIndices(np.array(classes, np.int64))
    assert hits(indices_of(one_hot_of(indices, 7)), indices).all()


def test_comparing_encodings_is_refused_while_it_runs() -> None:
    indices = ClassIndices(np.arange(3))
    rows: Any = one_hot_of(indices, 3)
    with pytest.raises(TypeError, match="one number per sample"):
        hits(indices, rows)


def test_comparing_encodings_is_refused_before_it_runs(tmp_path: Path) -> None:
    file = tmp_path / "bug.py"
    file.write_text(
        "from nnstudio.data.arrays import ClassIndices, OneHot\n"
        "from nnstudio.data.encodings import hits, indices_of\n\n\n"
        "def right(predicted: ClassIndices, labels: OneHot) -> None:\n"
        "    hits(predicted, indices_of(labels))\n"
        "    hits(predicted, labels)\n"
        "    indices_of(predicted)\n"
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), str(file)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=110, cwd=ROOT)
    assert "bug.py:6" not in result.stdout and result.stdout.count("error:") == 2, result.stdout
    assert 'bug.py:7: error: Argument 2 to "hits" has incompatible type "OneHot"' in result.stdout


def test_groups_of_one_hot_columns_are_found_in_a_table() -> None:
    rng = np.random.default_rng(0)
    kinds = np.eye(4)[rng.integers(0, 4, 50)]
    x = np.column_stack((rng.random(50), rng.integers(0, 2, 50), kinds, rng.integers(0, 2, 50)))
    names = ("age", "smokes", "ant", "bee", "cat", "dog", "old")
    assert one_hot_columns(names, x) == (("ant", "bee", "cat", "dog"),)
    assert "exactly one of these 4 columns" in one_hot_sentence(names[2:6])
    assert one_hot_columns(names, x[:0]) == () == one_hot_columns(names[:2], x[:, :2])
