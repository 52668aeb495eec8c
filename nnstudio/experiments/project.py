"""Project: everything that a person works on, as it is saved: the study, the runs, notes and perhaps data."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from nnstudio.data.dataset import Dataset, Samples
from nnstudio.data.recipe import Recipe
from nnstudio.experiments.run import Run
from nnstudio.experiments.study import Study
from nnstudio.task import DataFacts, Task

MOST_NOTES = 1_000_000  # letters


@dataclass(frozen=True, eq=False)
class Project:
    """A value that is written and read whole.

    A network that was trained elsewhere and opened here is a run as well. ``shown`` is the key of the run
    that predicts; "" where fresh weights do. ``facts`` and ``fingerprint`` tell what the data were that the
    project was saved with; ``dataset`` is a copy of them, if one is kept.
    """

    study: Study = field(default_factory=Study)
    runs: tuple[Run, ...] = ()
    shown: str = ""
    notes: str = ""
    facts: DataFacts | None = None
    fingerprint: str = ""
    dataset: Dataset | None = None

    def run(self, key: str) -> Run | None:
        """Return the run with ``key``."""
        return next((run for run in self.runs if run.key == key), None)

    def with_data_at(self, place: Recipe) -> Project:
        """Return the project with its data taken from ``place``, where they were moved to."""
        missing = self.study.recipe
        runs = (replace(run, study=_moved(run.study, missing, place)) for run in self.runs)
        return replace(self, study=_moved(self.study, missing, place), runs=tuple(runs))

    def without_data(self, why: str) -> Dataset:
        """Return a data set of the same kind without samples; ``why`` is told with it."""
        facts = self.facts or DataFacts(
            "Missing data", self.study.design.input_shape or (1,), Task.REGRESSION
        )
        facts = replace(facts, training_count=0, test_count=0, validation_count=0)
        x = np.empty((0, *facts.sample_shape), np.float32)
        y = np.empty(0, np.int64) if facts.is_classes else np.empty((0, facts.outputs), np.float32)
        samples = Samples(x, y)
        return Dataset(self.study.recipe, samples, samples, facts, why)


def _moved(study: Study, missing: Recipe, place: Recipe) -> Study:
    recipe = study.recipe
    if recipe.source != missing.source:
        return study
    split = recipe.split
    if split.validation_path == missing.split.validation_path:
        split = replace(split, validation_path=place.split.validation_path)
    return replace(study, recipe=replace(recipe, source=place.source, split=split))
