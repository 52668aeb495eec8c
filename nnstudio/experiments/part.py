"""Part: which samples of a data set are looked at: those that train, that validate or that test."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from nnstudio.data.dataset import Dataset, Samples
from nnstudio.errors import DataError

MOST_WHILE_TRAINING = 10_000


class Part(StrEnum):
    """The parts of a data set, as a person reads them."""

    TRAINING = "Training"
    VALIDATION = "Validation"
    TEST = "Test"


@dataclass(frozen=True, eq=False)
class Looked:
    """Samples to evaluate, where they come from, and how many of that part they are."""

    part: Part
    samples: Samples
    dataset: Dataset
    whole: int

    @property
    def complete(self) -> bool:
        """Whether these are all samples of the part."""
        return len(self.samples) == self.whole

    @property
    def name(self) -> str:
        """What the set is called; a bounded one says how many of all it has."""
        name = f"{self.dataset.name}, {self.part.lower()}"
        return name if self.complete else f"{name}, first {len(self.samples):,} of {self.whole:,}"

    def bounded(self, most: int) -> Looked:
        """Return the first ``most`` samples of these."""
        return (
            self
            if self.whole <= most
            else Looked(self.part, self.samples.part(0, most), self.dataset, self.whole)
        )


def look_at(dataset: Dataset, part: Part, validation_split: float) -> Looked | None:
    """Return the samples of a part; None where it has none."""
    samples = _samples(dataset, part, validation_split)
    return Looked(part, samples, dataset, len(samples)) if samples is not None and len(samples) else None


def _samples(dataset: Dataset, part: Part, validation_split: float) -> Samples | None:
    if part is Part.TEST:
        return dataset.test
    try:
        training, validation = dataset.split(validation_split)
    except DataError:
        training, validation = dataset.training, None
    if part is Part.TRAINING or validation is None:
        return training if part is Part.TRAINING else None
    if validation.numbers is not None:
        return validation
    first = 0 if dataset.validation is not None else len(training)  # else they stand behind those that train
    return replace(validation, numbers=np.arange(first, first + len(validation)))
