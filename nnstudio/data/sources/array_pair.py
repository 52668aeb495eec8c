"""ArrayPair: samples and labels in files of one NumPy array each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from nnstudio.data.array_names import Pair, Pairs, pairs_of
from nnstudio.data.files import LIMIT_BYTES, system_errors, wrong_file
from nnstudio.data.labelled import AUTOMATIC, MEANINGS, Labelled, labelled, raw_samples
from nnstudio.data.npy import read_npy
from nnstudio.data.raw import Raw
from nnstudio.data.source import Source
from nnstudio.data.sources.array_file import LABELS_HELP, left_out_words
from nnstudio.data.splits import fair_order
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.settings import setting

ENDING = ".npy"
_EXPECTED = "arrays of samples and labels"
_ADVICE = (
    "Name the files of samples and labels alike, such as x.npy and y.npy, or x_train.npy and y_train.npy."
)


@dataclass(frozen=True)
class ArrayPair(Source):
    """The data set in ``path`` and the files named like it beside it: x.npy and y.npy, x_train.npy, ...

    Arrays of uint8 and float32 are not read into the memory where nothing has to be mixed.
    """

    title: ClassVar[str] = "NumPy array files"

    path: str = setting("", "The file of the samples; that of the labels is found beside it.")
    labels: str = setting(AUTOMATIC, LABELS_HELP, choices=MEANINGS)

    def read(self, watch: Watch = UNWATCHED) -> Raw:
        path = Path(self.path)
        pairs = array_files_at(path)
        parts = []
        for pair in filter(None, (pairs.training, pairs.test)):
            parts.append(_read_pair(path.parent, pair))
            watch.go_on()
        _refuse_mixing(path, parts)
        name = path.resolve().parent.name or path.stem
        return raw_samples(path, name, parts, left_out_words(pairs), self.labels)


def array_files_at(path: Path) -> Pairs:
    """Return which files make a data set with ``path``, which is one of them or their folder, by name.

    Raises:
        FileError: it stands alone, or there is a choice.
    """
    folder = path if path.is_dir() else path.parent
    with system_errors(path, _EXPECTED):
        stems = [file.stem for file in folder.iterdir() if file.suffix.lower() == ENDING and file.is_file()]
    pairs = pairs_of(stems, "" if path.is_dir() else path.stem)
    if pairs is None:
        others = "no file with such a name" if len(stems) < 2 else "no pair of files with such names"
        raise wrong_file(path, f"{_EXPECTED} beside each other", others, _ADVICE)
    return pairs


def array_file_of(path: Path) -> Path:
    """Return the file of the samples to train with; FileError as in `array_files_at`."""
    return _file(path if path.is_dir() else path.parent, array_files_at(path).training[0])


def _read_pair(folder: Path, pair: Pair) -> Labelled:
    inputs, labels = (_file(folder, name) for name in pair)
    return labelled(inputs, read_npy(inputs), read_npy(labels, texts=True), *pair)


def _file(folder: Path, stem: str) -> Path:
    """Return the file with this name, however its ending is written."""
    found = [file for file in folder.iterdir() if file.stem == stem and file.suffix.lower() == ENDING]
    return min(found, default=folder / f"{stem}{ENDING}")


def _refuse_mixing(path: Path, parts: list[Labelled]) -> None:
    """Refuse samples that would have to be copied into the memory to be mixed or parted, but are too many."""
    if parts[0].x.nbytes <= LIMIT_BYTES:
        return
    indices = parts[0].y.ndim == 1 and parts[0].y.dtype.kind == "i"
    if len(parts) < 2 or (indices and fair_order(parts[0].y) is not None):
        advice = (
            "Mix the samples and save some of them as x_test.npy and y_test.npy: then they stay in the files."
        )
        expected = f"at most {LIMIT_BYTES:,} bytes where samples are mixed or parted"
        raise wrong_file(path, expected, f"{parts[0].x.nbytes:,}", advice)
