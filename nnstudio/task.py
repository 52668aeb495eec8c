"""Task: what the checks, the cards and the loss need to know of the data, without the data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Shape = tuple[int, ...]


class Task(StrEnum):
    """What is to be learnt from a sample."""

    REGRESSION = "regression"
    TWO_CLASSES = "two classes"
    MANY_CLASSES = "many classes"


@dataclass(frozen=True)
class DataFacts:
    """The shape of one sample, the kind of task, the names of the classes and how many samples train.

    ``outputs`` is the number of values to predict in a regression; classes are counted by their names.
    ``validation_count`` is how many samples of a file of their own validate; 0 where there is none.
    """

    name: str
    sample_shape: Shape
    task: Task
    class_names: tuple[str, ...] = ()
    outputs: int = 1
    training_count: int = 0
    test_count: int = 0
    validation_count: int = 0

    @property
    def classes(self) -> int:
        """How many classes there are; 0 in a regression."""
        return len(self.class_names)

    @property
    def is_classes(self) -> bool:
        """Whether a sample belongs to a class, as against having values."""
        return self.task is not Task.REGRESSION
