"""Parts: what a data set is divided into: samples that train, that validate and that test."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nnstudio.data.dataset import Dataset, Samples
from nnstudio.data.file_sheet import FileSheet
from nnstudio.data.sheet import PictureSheet, Sheet
from nnstudio.data.value_sheet import ValueSheet
from nnstudio.errors import DataError

TRAINING, VALIDATION, TEST = PART_NAMES = ("Training", "Validation", "Test")
PART_ROLES = {TRAINING: "training", VALIDATION: "validation", TEST: "text_3"}


@dataclass(frozen=True, eq=False)
class Part:
    """Some samples of a data set; ``first`` is the number of the first among those it was cut from."""

    name: str
    samples: Samples
    class_names: tuple[str, ...] = ()
    first: int = 0
    dataset: Dataset | None = None

    def sheet(self, scaled: bool = False) -> Sheet:
        """Return the samples as rows and columns; ``scaled`` as the network sees them."""
        assert self.dataset is not None
        if self.samples.images:
            return PictureSheet(self.dataset, self.samples, self.first)
        records = self.dataset.test_records if self.name == TEST else self.dataset.records
        if scaled or records is None:
            return ValueSheet(self.dataset, self.samples, scaled)
        return FileSheet(self.dataset, self.samples, records)

    def number(self, index: int) -> int:
        """Return the row of a sample in its source, from 1 on; of an image its place in the data."""
        if self.samples.images:
            return self.first + index
        numbers = self.samples.numbers
        return 1 + (self.first + index if numbers is None else int(numbers[index]))

    def class_of(self, index: int) -> str:
        """Return the name of the class of a sample, or its value in a regression."""
        target = self.samples.y[index]
        if self.class_names:
            return self.class_names[int(target)]
        return ", ".join(f"{value:.4g}" for value in target.ravel())

    @property
    def noun(self) -> str:
        """What one sample is called."""
        return "image" if self.samples.images else "row"

    def words(self, index: int) -> str:
        """Say what a sample is: "Image 14,652, a 4, training"."""
        name = self.class_of(index)
        what = f"{article(name)} {name}" if self.class_names else f"target {name}"
        return f"{self.noun.capitalize()} {self.number(index):,}, {what}, {self.name.lower()}"


def parts_of(dataset: Dataset, validation_split: float) -> dict[str, Part]:
    """Return the three parts of ``dataset`` by name; nothing validates where nothing can be spared."""
    try:
        training, validation = dataset.split(validation_split)
    except DataError:
        training, validation = dataset.training, None
    names = dataset.class_names
    nothing = dataset.training.part(0, 0)
    return {
        TRAINING: Part(TRAINING, training, names, 0, dataset),
        VALIDATION: _validating(dataset, validation or nothing, len(training)),
        TEST: Part(TEST, dataset.test, names, 0, dataset),
    }


def _validating(dataset: Dataset, samples: Samples, first: int) -> Part:
    """Return the part that validates; of a file of its own, the records are of another file."""
    if dataset.validation is not None:
        dataset, first = replace(dataset, records=None), 0
    return Part(VALIDATION, samples, dataset.class_names, first, dataset)


def subtitle(dataset: Dataset) -> str:
    """Say what kind of samples there are: "Images of 28 × 28 pixels, 10 classes"."""
    shape, facts = dataset.facts.sample_shape, dataset.facts
    if dataset.training.images:
        kind = "Colour images" if len(shape) == 3 and shape[2] == 3 else "Images"
        what = f"{kind} of {shape[1]} × {shape[0]} pixels"
    else:
        values = "value" if shape == (1,) else "values"
        what = f"Rows of {' × '.join(map(str, shape))} {values}"
    return f"{what}, {facts.classes} classes" if facts.is_classes else f"{what}, {facts.outputs} to predict"


def article(name: str) -> str:
    """Return the article that goes before a name."""
    vowel = name[:1].lower() in tuple("aeiou8") or name in ("11", "18")
    return "an" if vowel else "a"
