"""ArrayFile: samples and labels in NumPy's own files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from nnstudio.data.labelled import class_samples, labelled
from nnstudio.data.npz import missing_arrays, npz_names, read_npz
from nnstudio.data.raw import Raw
from nnstudio.data.source import Source
from nnstudio.data.sources.known import known
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.settings import setting

KERAS_ARRAYS = ("x_train", "y_train", "x_test", "y_test")
PLAIN_ARRAYS = ("x", "y")


@dataclass(frozen=True)
class ArrayFile(Source):
    """The data set in an npz file like Keras' mnist.npz, or in one with x and y alone."""

    title: ClassVar[str] = "NumPy arrays"

    path: str = setting("", "The npz file.")

    def read(self, watch: Watch = UNWATCHED) -> Raw:
        path = Path(self.path)
        names = arrays_in(path)
        arrays = read_npz(path, names)
        training = labelled(path, arrays[names[0]], arrays[names[1]], names[0], names[1])
        if names == PLAIN_ARRAYS:
            return class_samples(path, path.stem, training)
        test = labelled(path, arrays["x_test"], arrays["y_test"], "x_test", "y_test")
        return known(class_samples(path, path.stem, training, test))


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
