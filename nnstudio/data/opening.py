"""Opening: a file or folder that a person chose becomes the recipe that reads it."""

from __future__ import annotations

from pathlib import Path

from nnstudio.data.files import kind_of, opened, system_errors, wrong_file
from nnstudio.data.idx import idx_dimensions
from nnstudio.data.idx_files import find_idx_files, is_idx_name
from nnstudio.data.npz import npz_header
from nnstudio.data.preparation import NO_SCALING, ZERO_TO_ONE, Preparation
from nnstudio.data.recipe import Recipe
from nnstudio.data.sources.array_file import ArrayFile, arrays_in
from nnstudio.data.sources.idx_source import IdxSource
from nnstudio.data.table_file import is_table
from nnstudio.data.table_preview import propose

_EXPECTED = "IDX files or an npz file"
_ADVICE = "Choose a file such as train-images-idx3-ubyte.gz or Keras' mnist.npz."


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
        return _array_recipe(path)
    if is_table(path, head):
        return propose(path).recipe
    if idx_dimensions(path):
        return _idx_recipe(path)
    raise wrong_file(path, _EXPECTED, kind_of(head), _ADVICE)


def _recipe_for_folder(folder: Path) -> Recipe:
    with system_errors(folder, _EXPECTED):
        names = sorted(file.name for file in folder.iterdir() if file.is_file())
    if any(map(is_idx_name, names)):
        return _idx_recipe(folder)
    archives = [name for name in names if name.lower().endswith(".npz")]
    if len(archives) == 1:
        return _array_recipe(folder / archives[0])
    found = f"{len(archives)} npz files in this folder" if archives else "none of them in this folder"
    raise wrong_file(folder, _EXPECTED, found, _ADVICE)


def _idx_recipe(path: Path) -> Recipe:
    return Recipe(IdxSource(str(find_idx_files(path).training.images)))


def _array_recipe(path: Path) -> Recipe:
    """Return the recipe for an archive: whole numbers are taken for pixels, others stay as they are."""
    pixels = npz_header(path, arrays_in(path)[0]).dtype.kind in "iu"
    return Recipe(ArrayFile(str(path)), preparation=Preparation(ZERO_TO_ONE if pixels else NO_SCALING))
