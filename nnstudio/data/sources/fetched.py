"""Fetched: a public data set that comes over the network once and stays in the user's data folder."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from nnstudio.data.download import fetch, has_files
from nnstudio.data.idx import read_idx
from nnstudio.data.labelled import Labelled, class_samples, labelled
from nnstudio.data.raw import Raw
from nnstudio.data.remote import Collection
from nnstudio.data.source import Source
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.paths import user_data_dir


@dataclass(frozen=True)
class Fetched(Source):
    """Images to train with and to test with; ``collection`` says where their four files come from."""

    collection: ClassVar[Collection]
    class_names: ClassVar[tuple[str, ...]]

    @property
    def folder(self) -> Path:
        """Where the files are kept."""
        return user_data_dir() / "datasets" / self.collection.folder

    @property
    def fetched(self) -> bool:
        return has_files(self.collection, self.folder)

    @property
    def download_size(self) -> int:
        return self.collection.size

    def read(self, watch: Watch = UNWATCHED) -> Raw:
        """Return the samples, fetched first where they are not here or damaged."""
        fetch(self.collection, self.folder, watch)
        watch.told(None, f"Reading {self.title}")
        files = [self.folder / file.name for file in self.collection.files]
        training = _read_pair(files[0], files[1])
        watch.go_on()
        raw = class_samples(files[0], self.title, training, _read_pair(files[2], files[3]))
        return replace(raw, class_names=self.class_names)


def _read_pair(images: Path, labels: Path) -> Labelled:
    return labelled(images, read_idx(images, 3), read_idx(labels, 1))
