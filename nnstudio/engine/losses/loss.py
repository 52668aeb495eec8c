"""Loss: what every loss is: one number per sample, and its gradient."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from nnstudio.engine.losses.targets import are_class_numbers, one_hot, value_rows

Array = npt.NDArray[Any]

EPSILON = 1e-7  # Keras' fuzz: probabilities are clipped to [epsilon, 1 - epsilon]


class Aim(StrEnum):
    """What a loss makes of the outputs: what it is for."""

    VALUES = "values"
    CLASSES = "one output per class"
    YES_NO = "a probability each"
    SIGNS = "a sign each"


@dataclass(frozen=True)
class Loss:
    """A loss as a value.

    The loss of a batch is the mean over its samples; that of a sample is the mean over its outputs, or a sum
    over the classes. Targets come as class numbers (batch,) or as values (batch, outputs); `encode` makes of
    them the ``y`` of all other methods, (batch, outputs) unless a subclass says otherwise.
    """

    keras_name: ClassVar[str] = ""
    aim: ClassVar[Aim] = Aim.VALUES

    @classmethod
    def one_line(cls) -> str:
        """The first sentence of the class's docstring."""
        return (cls.__doc__ or "").strip().split("\n")[0]

    @property
    def fuses(self) -> str:
        """The last activation whose gradient is simpler together with the loss, see `fused`; "" for none."""
        return ""

    @property
    def end(self) -> str:
        """The activation that the outputs should come from; "" where many will do."""
        return self.fuses

    @property
    def boundary(self) -> float:
        """The output above which a single output means yes."""
        return 0.5

    def encode(self, y: Array, outputs: int, dtype: npt.DTypeLike) -> Array:
        """Return targets as the loss computes with them; class numbers become rows of 0 and one 1.

        Raises:
            DataError: they do not fit the outputs or the loss.
        """
        if outputs > 1 and are_class_numbers(y):
            return one_hot(y, outputs, dtype)
        return value_rows(y, outputs, dtype)

    def with_gradient(self, y: Array, p: Array) -> tuple[Array, Array]:
        """Return the losses (batch,) and the derivative of their mean by the outputs ``p``, in its shape."""
        raise NotImplementedError

    def fused(self, y: Array, z: Array, p: Array) -> tuple[Array, Array]:
        """Return the losses (batch,) and the gradient by ``z``, of which ``p`` is filled with the activation.

        Both are exact also where the probabilities are 0 or 1.
        """
        raise NotImplementedError

    def per_sample(self, y: Array, p: Array) -> Array:
        """Return the loss of each sample, (batch,)."""
        return self.with_gradient(y, p)[0]

    def gradient(self, y: Array, p: Array) -> Array:
        """Return the derivative of the batch's mean loss by ``p``, in the shape of ``p``."""
        return self.with_gradient(y, p)[1]


@dataclass(frozen=True)
class MeanLoss(Loss):
    """A loss that is the mean of one number per output."""

    def terms(self, y: Array, p: Array) -> tuple[Array, Array]:
        """Return each output's loss and its derivative by that output: two new arrays, (batch, outputs)."""
        raise NotImplementedError

    def with_gradient(self, y: Array, p: Array) -> tuple[Array, Array]:
        values, slopes = self.terms(y, p)
        slopes /= p.size
        return row_means(values), slopes


def row_means(values: Array) -> Array:
    """Return the mean of each row, (batch,); of rows of one number without any arithmetic."""
    if values.shape[-1] == 1:
        return values[..., 0]
    means: Array = np.add.reduce(values, -1)
    means /= values.shape[-1]
    return means
