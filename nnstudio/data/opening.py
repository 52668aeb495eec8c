"""Opening: a file or folder that a person chose becomes the recipe that reads it."""

from __future__ import annotations

from pathlib import Path

from nnstudio.data.files import kind_of, opened, system_errors, wrong_file
from nnstudio.data.idx import idx_dimensions
from nnstudio.data.idx_files import find_idx_files, is_idx_name
from nnstudio.data.images.opening import image_recipe, is_picture
from nnstudio.data.npy import npy_header
from nnstudio.data.npz import npz_header
from nnstudio.data.preparation import NO_SCALING, ZERO_TO_ONE, Preparation
from nnstudio.data.recipe import Recipe
from nnstudio.data.sources.array_file import ArrayFile, arrays_in
from nnstudio.data.sources.array_pair import ArrayPair, array_file_of
from nnstudio.data.sources.idx_source import IdxSource
from nnstudio.data.table_file import is_table
from nnstudio.data.table_preview import propose
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.errors import FileError

_EXPECTED = "a table, IDX files, NumPy arrays or a folder of images"
_ADVICE = "Choose a file such as train-images-idx3-ubyte.gz or Keras' mnist.npz, or a folder of images."


def recipe_for(path: Path, watch: Watch = UNWATCHED) -> Recipe:
    """Return the recipe that reads ``path``, a file or a folder that a person chose.

    Only names and headers are read, and some images of a folder: `load` still finds what is wrong behind
    them.

    Raises:
        FileError: no recipe reads it.
        Cancelled: a person stopped it.
    """
    # Kept as an absolute path: the working folder may be another one when the project is opened.
    path = path.absolute()
    if path.is_dir():
        return _recipe_for_folder(path, watch)
    with opened(path, _EXPECTED) as file:
        head = file.read(16)
    if head.startswith(b"PK"):
        return _array_recipe(path)
    if head.startswith(b"\x93NUMPY"):
        return _pair_recipe(path)
    if is_table(path, head):
        return propose(path).recipe
    if idx_dimensions(path):
        return _idx_recipe(path)
    if is_picture(head):
        advice = "Open the folder in which the images of each class have a folder of their own."
        raise wrong_file(path, "data to learn from", kind_of(head), advice)
    raise wrong_file(path, _EXPECTED, kind_of(head), _ADVICE)


def _recipe_for_folder(folder: Path, watch: Watch) -> Recipe:
    """Return the recipe for what makes a whole data set: IDX files, classes of images, or arrays."""
    with system_errors(folder, _EXPECTED):
        names = sorted(file.name for file in folder.iterdir() if file.is_file())
    if any(map(is_idx_name, names)):
        return _idx_recipe(folder)
    archives = [name for name in names if name.lower().endswith(".npz")]
    arrays = any(name.lower().endswith(".npy") for name in names)
    try:
        if (recipe := image_recipe(folder, watch)) is not None:
            return recipe
    except FileError:
        if not (archives or arrays):  # else the images there only illustrate the arrays
            raise
    if len(archives) == 1:
        return _array_recipe(folder / archives[0])
    if arrays and not archives:
        return _pair_recipe(folder)
    found = f"{len(archives)} npz files in this folder" if archives else "none of them in this folder"
    raise wrong_file(folder, _EXPECTED, found, _ADVICE)


def _idx_recipe(path: Path) -> Recipe:
    return Recipe(IdxSource(str(find_idx_files(path).training.images)))


def _array_recipe(path: Path) -> Recipe:
    kind = npz_header(path, arrays_in(path).training[0]).dtype.kind
    return Recipe(ArrayFile(str(path)), preparation=_preparation(kind))


def _pair_recipe(path: Path) -> Recipe:
    file = array_file_of(path)
    return Recipe(ArrayPair(str(file)), preparation=_preparation(npy_header(file).dtype.kind))


def _preparation(kind: str) -> Preparation:
    """Return how arrays are prepared: whole numbers are taken for pixels, others stay as they are."""
    return Preparation(ZERO_TO_ONE if kind in "iu" else NO_SCALING)
