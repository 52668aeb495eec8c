"""ArrayFile: samples and labels in one of NumPy's own archives."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from nnstudio.data.array_names import Pairs, pairs_of
from nnstudio.data.labelled import AUTOMATIC, MEANINGS, labelled, raw_samples
from nnstudio.data.names import listed
from nnstudio.data.npz import missing_arrays, npz_names, read_npz
from nnstudio.data.raw import Raw
from nnstudio.data.source import Source
from nnstudio.data.sources.known import known
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.settings import setting

KERAS_ARRAYS = ("x_train", "y_train", "x_test", "y_test")
LABELS_HELP = (
    "What the labels are: classes, written as whole numbers, one-hot rows or names; or values to predict, "
    "for which fractions are taken."
)


@dataclass(frozen=True)
class ArrayFile(Source):
    """The data set in an npz file like Keras' mnist.npz, or in one with x and y alone."""

    title: ClassVar[str] = "NumPy arrays"

    path: str = setting("", "The npz file.")
    labels: str = setting(AUTOMATIC, LABELS_HELP, choices=MEANINGS)

    def read(self, watch: Watch = UNWATCHED) -> Raw:
        path = Path(self.path)
        pairs = arrays_in(path)
        arrays = read_npz(path, pairs.names, (pairs.training[1], pairs.test[1] if pairs.test else ""))
        watch.go_on()
        parts = [
            labelled(path, arrays[x], arrays[y], x, y) for x, y in filter(None, (pairs.training, pairs.test))
        ]
        return known(raw_samples(path, path.stem, parts, left_out_words(pairs), self.labels))


def arrays_in(path: Path) -> Pairs:
    """Return which arrays of the npz file ``path`` make a data set: Keras' four, or x and y.

    Raises:
        FileError: the file holds neither.
    """
    found = npz_names(path)
    pairs = pairs_of(found)
    if pairs is None:
        raise missing_arrays(path, KERAS_ARRAYS, found)
    return pairs


def left_out_words(pairs: Pairs) -> str:
    """Say which arrays are of no use."""
    if not pairs.left_out:
        return ""
    was = "was" if len(pairs.left_out) == 1 else "were"
    return f"{listed(pairs.left_out)} {was} left out."
