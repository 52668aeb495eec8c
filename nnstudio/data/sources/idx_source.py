"""IdxSource: images and labels in the files that MNIST comes in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from nnstudio.data.idx import read_idx
from nnstudio.data.idx_files import Pair, find_idx_files
from nnstudio.data.labelled import Labelled, class_samples, labelled
from nnstudio.data.raw import Raw
from nnstudio.data.source import Source
from nnstudio.data.sources.known import known
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.settings import setting


@dataclass(frozen=True)
class IdxSource(Source):
    """The data set whose IDX files are ``path`` and those named like it beside it."""

    title: ClassVar[str] = "IDX files"

    path: str = setting("", "One of the files; the others are found beside it.")

    def read(self, watch: Watch = UNWATCHED) -> Raw:
        files = find_idx_files(Path(self.path))
        training = _read_pair(files.training)
        watch.go_on()
        name = files.training.images.resolve().parent.name or files.training.images.name
        if files.test is None:
            return class_samples(files.training.images, name, training)
        return known(class_samples(files.test.images, name, training, _read_pair(files.test)))


def _read_pair(pair: Pair) -> Labelled:
    return labelled(pair.images, read_idx(pair.images, 3), read_idx(pair.labels, 1))
