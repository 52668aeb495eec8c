"""Recipe: where data come from and how they are prepared, as a value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

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
        """Return the recipe that reads the same from where its file or folder was moved to.

        A file that validates has moved with it where it lay beside it, and is not there any more.
        """
        moved = {"path": place} if self.source.place else {}
        apart = Path(self.split.validation_path)
        if self.split.validation_path and apart.parent == Path(self.source.place).parent:
            apart = apart if apart.exists() else Path(place).parent / apart.name
        split = replace(self.split, validation_path=str(apart) if self.split.validation_path else "")
        return replace(self, source=replace(self.source, **moved), split=split)


def recipe_of(source: Source) -> Recipe:
    """Return the recipe that is proposed for ``source``."""
    return Recipe(source, preparation=source.proposed_preparation)
