"""Source: where samples come from: a file, a folder, a formula; a value that can read them again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from nnstudio.data.preparation import Preparation
from nnstudio.data.raw import Raw
from nnstudio.data.watch import UNWATCHED, Watch

PICTURES, TABLES, GENERATED = GROUPS = ("Digits and pictures", "Tables", "Generated")


@dataclass(frozen=True)
class Source:
    """What a person chose, with its settings. Equal sources read equal samples, bit for bit.

    A source with a ``path`` among its settings reads that file or folder. ``title`` names the kind, and
    ``summary`` says in a few words what is in it, where that is known before it is read. The Data tab lists
    it in its ``group``; only where it was opened, if it has a path.
    """

    title: ClassVar[str] = ""
    summary: ClassVar[str] = ""
    group: ClassVar[str] = PICTURES

    def read(self, watch: Watch = UNWATCHED) -> Raw:
        """Return the samples.

        Raises:
            FileError, DataError: they cannot be had, as a sentence.
            Cancelled: a person stopped it.
        """
        raise NotImplementedError

    def settled(self) -> Source:
        """Return the source with everything said that a person left to the moment of reading."""
        return self

    def anew(self) -> Source:
        """Return the source with nothing said that is better left to the moment of reading."""
        return self

    @property
    def fetched(self) -> bool:
        """Whether everything it reads is on this machine; what is not comes over the network at reading."""
        return True

    @property
    def download_size(self) -> int:
        """How many bytes come over the network where it is not `fetched`."""
        return 0

    @property
    def place(self) -> str:
        """The file or folder it reads; "" for none."""
        return getattr(self, "path", "")

    @property
    def proposed_preparation(self) -> Preparation:
        """How its samples are best prepared, until a person chooses otherwise."""
        return Preparation()
