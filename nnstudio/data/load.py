"""Load: a recipe becomes a data set, and a file that a person chose becomes a recipe."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nnstudio.data.dataset import Dataset
from nnstudio.data.files import kind_of, opened, system_errors, wrong_file
from nnstudio.data.idx import idx_dimensions
from nnstudio.data.idx_files import find_idx_files, is_idx_name
from nnstudio.data.mnist import arrays_in, load_idx, load_npz, load_sample
from nnstudio.data.npz import npz_header
from nnstudio.data.preparation import NO_SCALING, ZERO_TO_ONE, Preparation
from nnstudio.data.recipe import IDX, MNIST_SAMPLE, NPZ, Recipe
from nnstudio.errors import DataError

SOURCES: dict[str, Callable[[Recipe], Dataset]] = {
    MNIST_SAMPLE: load_sample,
    IDX: load_idx,
    NPZ: load_npz,
}
_EXPECTED = "IDX files or an npz file"
_ADVICE = "Choose a file such as train-images-idx3-ubyte.gz or Keras' mnist.npz."


def load(recipe: Recipe) -> Dataset:
    """Return the data set that ``recipe`` describes, the same at every call.

    Raises:
        FileError: its file cannot be read as what it should be.
        DataError: this version of nnstudio does not know its source, or its path can be none.
    """
    if recipe.source not in SOURCES:
        raise DataError(
            f"Expected data of the kind {', '.join(SOURCES)}, found {recipe.source!r}. "
            "Open the project with the version of nnstudio that saved it, or choose other data."
        )
    if "\0" in recipe.path:  # the system takes no such name
        raise DataError("Expected the path of a file, found one with a zero byte. Choose the data anew.")
    return SOURCES[recipe.source](recipe)


def recipe_for(path: Path) -> Recipe:
    """Return the recipe that reads ``path``, a file or a folder that a person chose.

    Only names and headers are read: `load` still finds what is wrong behind them.

    Raises:
        FileError: no recipe reads it.
    """
    # Kept as an absolute path: the working folder may be another one when the project is opened.
    path = path.absolute()
    if path.is_dir():
        return _recipe_for_folder(path)
    with opened(path, _EXPECTED) as file:
        head = file.read(8)
    if head.startswith(b"PK"):
        return _npz_recipe(path)
    if idx_dimensions(path):
        return Recipe(IDX, str(find_idx_files(path).training.images))
    raise wrong_file(path, _EXPECTED, kind_of(head), _ADVICE)


def _recipe_for_folder(folder: Path) -> Recipe:
    with system_errors(folder, _EXPECTED):
        names = sorted(file.name for file in folder.iterdir() if file.is_file())
    if any(map(is_idx_name, names)):
        return Recipe(IDX, str(find_idx_files(folder).training.images))
    archives = [name for name in names if name.lower().endswith(".npz")]
    if len(archives) == 1:
        return _npz_recipe(folder / archives[0])
    found = f"{len(archives)} npz files in this folder" if archives else "none of them in this folder"
    raise wrong_file(folder, _EXPECTED, found, _ADVICE)


def _npz_recipe(path: Path) -> Recipe:
    """Return the recipe for an archive: whole numbers are taken for pixels, others stay as they are."""
    pixels = npz_header(path, arrays_in(path)[0]).dtype.kind in "iu"
    return Recipe(NPZ, str(path), Preparation(ZERO_TO_ONE if pixels else NO_SCALING))
