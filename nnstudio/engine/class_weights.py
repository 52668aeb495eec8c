"""ClassWeights: how much the samples of each class count in the loss.

As in Keras the loss of a batch is sum(weight_i loss_i) / batch; metrics and the validation are not weighted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.engine.fit_words import count_words
from nnstudio.engine.samples import Samples
from nnstudio.errors import DataError
from nnstudio.settings import setting

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class ClassWeights:
    """A rule that gives each class a weight."""

    @classmethod
    def one_line(cls) -> str:
        """The first sentence of the class's docstring."""
        return (cls.__doc__ or "").strip().split("\n")[0]

    @property
    def is_even(self) -> bool:
        """Whether all classes count the same, so that nothing has to be weighted."""
        return False

    def of(self, counts: Array) -> Array:
        """Return one weight per class, (classes,), where ``counts`` training samples are of each."""
        raise NotImplementedError

    def misfits(self, classes: int) -> Iterator[str]:
        """Tell why the rule cannot be used for data with so many classes; 0 means values to predict."""
        if not classes and not self.is_even:
            yield "Class weights are for classes, but these data have values to predict."


@dataclass(frozen=True)
class Even(ClassWeights):
    """Every sample counts the same."""

    @property
    def is_even(self) -> bool:
        return True

    def of(self, counts: Array) -> Array:
        return np.ones(len(counts))


@dataclass(frozen=True)
class Balanced(ClassWeights):
    """Every class counts the same, however many samples it has.

    weight = samples / (classes * samples of the class), over the classes that occur.
    """

    def of(self, counts: Array) -> Array:
        weights: Array = counts.sum() / (np.count_nonzero(counts) * np.maximum(counts, 1.0))
        return weights


@dataclass(frozen=True)
class Given(ClassWeights):
    """Every class counts as much as is written here."""

    weights: tuple[float, ...] = setting(
        (1.0, 1.0), "One weight for each class, in their order.", minimum=0.0, maximum=1e6, arbitrary=True
    )

    def conflicts(self) -> Iterator[str]:
        """Tell where no class would count."""
        if not any(self.weights):
            yield "The weight of at least one class must be above 0."

    def of(self, counts: Array) -> Array:
        return np.array(self.weights, float)

    def misfits(self, classes: int) -> Iterator[str]:
        yield from super().misfits(classes)
        if classes and len(self.weights) != classes:
            given = count_words(len(self.weights), "class weight")
            yield f"There must be one weight for each of the {classes} classes, not {given}."


CLASS_WEIGHTS: tuple[type[ClassWeights], ...] = (Even, Balanced, Given)


def weights_by_class(rule: ClassWeights, training: Samples, dtype: npt.DTypeLike) -> Array | None:
    """Return the weight of each class that ``training`` has, (classes,); None where all count the same.

    Raises:
        DataError: the targets are no class indices, or there are more classes than weights.
    """
    if rule.is_even:
        return None
    y = training.y_rows(np.arange(len(training)))
    if y.dtype.kind not in "biu" or y.size != len(y) or y.min(initial=0) < 0:
        raise DataError(next(rule.misfits(0)))
    counts = np.bincount(y.reshape(-1))
    weights = rule.of(counts).astype(dtype)
    if len(weights) < len(counts):
        raise DataError(next(rule.misfits(len(counts))))
    return weights
