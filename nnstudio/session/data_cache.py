"""DataCache: the data sets that were read lately, by their recipes, as many as fit into memory."""

from __future__ import annotations

from dataclasses import replace

from nnstudio.data.dataset import Dataset
from nnstudio.data.preparation import NO_SCALING
from nnstudio.data.recipe import Recipe

MOST_BYTES = 1 << 30


class DataCache:
    """What undo and redo find again at once; the oldest go first, the newest never."""

    def __init__(self, *datasets: Dataset) -> None:
        self._datasets = {dataset.recipe: dataset for dataset in datasets}

    def find(self, recipe: Recipe) -> Dataset | None:
        """Return what ``recipe`` makes where it was read before, also with another scaling."""
        known = self._datasets.get(recipe)
        if known is not None:
            return known
        for other, dataset in self._datasets.items():
            if _unscaled(other) == _unscaled(recipe):
                return self.keep(dataset.scaled(recipe.preparation.scaling))
        return None

    def keep(self, dataset: Dataset) -> Dataset:
        """Keep a data set for what its recipe makes, unless there is one; return the one that is kept."""
        kept = self._datasets.pop(dataset.recipe, dataset)
        self._datasets[dataset.recipe] = kept
        while len(self._datasets) > 1 and self._bytes() > MOST_BYTES:
            self._datasets.pop(next(iter(self._datasets)))
        return kept

    def replace(self, dataset: Dataset) -> None:
        """Keep a data set that was read elsewhere in the place of any other."""
        self._datasets.pop(dataset.recipe, None)
        self.keep(dataset)

    def _bytes(self) -> int:
        """Return how much memory the samples take; those that are only scaled otherwise share theirs."""
        sets = self._datasets.values()
        samples = [part for one in sets for part in (one.training, one.test, one.validation)]
        parts = [part.x for part in samples if part is not None]
        return sum({id(part): part.nbytes for part in parts}.values())


def _unscaled(recipe: Recipe) -> Recipe:
    return replace(recipe, preparation=replace(recipe.preparation, scaling=NO_SCALING))
