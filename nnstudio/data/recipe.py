"""Recipe: where data come from and how they are prepared, as a value."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nnstudio.data.preparation import Preparation
from nnstudio.data.source import Source
from nnstudio.data.sources import SOURCES
from nnstudio.data.sources.mnist_sample import MnistSample
from nnstudio.data.split import Split
from nnstudio.settings import setting


@dataclass(frozen=True)
class Recipe:
    """Everything that `load` needs to make the same data set again; holds no data."""

    source: Source = setting(MnistSample(), "Where the samples come from.", choices=SOURCES)
    split: Split = setting(Split(), "Which samples train and which test.", choices=(Split,))
    preparation: Preparation = setting(
        Preparation(), "How raw values become inputs of the network.", choices=(Preparation,)
    )

    def at(self, place: str) -> Recipe:
        """Return the recipe that reads the same from where its file or folder was moved to."""
        moved = {"path": place} if self.source.place else {}
        return replace(self, source=replace(self.source, **moved))


def recipe_of(source: Source) -> Recipe:
    """Return the recipe that is proposed for ``source``."""
    return Recipe(source, preparation=source.proposed_preparation)
