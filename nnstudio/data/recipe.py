"""Recipe: where data come from and how they are prepared, as a value."""

from __future__ import annotations

from dataclasses import dataclass

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


def recipe_of(source: Source) -> Recipe:
    """Return the recipe that is proposed for ``source``."""
    return Recipe(source, preparation=source.proposed_preparation)
