"""Mnist: the digits that ship with nnstudio, and data sets in the files that MNIST comes in."""

from __future__ import annotations

from pathlib import Path

from nnstudio.data.dataset import Dataset
from nnstudio.data.files import wrong_file
from nnstudio.data.idx import read_idx
from nnstudio.data.idx_files import Pair, find_idx_files
from nnstudio.data.labelled import Labelled, class_dataset, labelled
from nnstudio.data.npz import missing_arrays, npz_names, read_npz
from nnstudio.data.recipe import Recipe
from nnstudio.data.splits import hold_out
from nnstudio.paths import resource

KERAS_ARRAYS = ("x_train", "y_train", "x_test", "y_test")
PLAIN_ARRAYS = ("x", "y")
_HELD_OUT = "The file has no test samples of its own: the last sixth of each class tests."
_SAMPLE_NOTES = "5,000 of MNIST's 60,000 training images; the last 100 of each digit test."


def load_sample(recipe: Recipe) -> Dataset:
    """Return the MNIST sample: 4,000 digits to train with, 100 of each class to test with."""
    path = resource("data", "mnist_sample.npz")
    arrays = read_npz(path, PLAIN_ARRAYS)
    digits = labelled(path, arrays["x"], arrays["y"])
    # 500 of each digit: a fifth of a class is 100.
    training, test = hold_out(digits.y, 5)
    return class_dataset(
        path, recipe, "MNIST sample", digits.rows(training), digits.rows(test), _SAMPLE_NOTES
    )


def load_idx(recipe: Recipe) -> Dataset:
    """Return the data set whose IDX files are ``recipe.path`` and those named like it beside it."""
    path = Path(recipe.path)
    files = find_idx_files(path)
    training = _read_pair(files.training)
    name = files.training.images.resolve().parent.name or files.training.images.name
    if files.test is None:
        return _with_held_out(path, recipe, name, training)
    return class_dataset(files.test.images, recipe, name, training, _read_pair(files.test))


def load_npz(recipe: Recipe) -> Dataset:
    """Return the data set in an npz file like Keras' mnist.npz, or in one with x and y alone."""
    path = Path(recipe.path)
    names = arrays_in(path)
    arrays = read_npz(path, names)
    training = labelled(path, arrays[names[0]], arrays[names[1]], names[0], names[1])
    if names == PLAIN_ARRAYS:
        return _with_held_out(path, recipe, path.stem, training)
    test = labelled(path, arrays["x_test"], arrays["y_test"], "x_test", "y_test")
    return class_dataset(path, recipe, path.stem, training, test)


def arrays_in(path: Path) -> tuple[str, ...]:
    """Return which arrays of the npz file ``path`` make a data set: Keras' four, or x and y.

    Raises:
        FileError: the file holds neither.
    """
    found = npz_names(path)
    for names in (KERAS_ARRAYS, PLAIN_ARRAYS):
        if set(names) <= set(found):
            return names
    raise missing_arrays(path, KERAS_ARRAYS, found)


def _read_pair(pair: Pair) -> Labelled:
    return labelled(pair.images, read_idx(pair.images, 3), read_idx(pair.labels, 1))


def _with_held_out(path: Path, recipe: Recipe, name: str, samples: Labelled) -> Dataset:
    training, test = hold_out(samples.y, 6)
    if not len(test):
        raise wrong_file(path, "two samples of a class or more", "one of each", "Choose a larger file.")
    name = f"{name} (a sixth tests)"
    return class_dataset(path, recipe, name, samples.rows(training), samples.rows(test), _HELD_OUT)
