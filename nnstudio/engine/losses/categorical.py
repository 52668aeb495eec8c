"""Categorical crossentropies: the surprise about one class of many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from nnstudio.engine.losses.crossentropy import Crossentropy
from nnstudio.engine.losses.loss import EPSILON, Aim, Array
from nnstudio.engine.losses.targets import (
    are_class_numbers,
    class_numbers,
    one_hot,
    refuse_outside,
    row_starts,
    smoothed,
)
from nnstudio.errors import DataError
from nnstudio.settings import setting


@dataclass(frozen=True)
class _OneOfMany(Crossentropy):
    """loss = -sum(y log(p)), with p scaled to a sum of 1 and clipped to [epsilon, 1 - epsilon].

    ``y`` are class numbers (batch,), or rows (batch, classes).
    """

    aim: ClassVar[Aim] = Aim.CLASSES

    def of_probabilities(self, y: Array, p: Array) -> tuple[Array, Array]:
        y = one_hot(y, p.shape[-1], p.dtype) if y.ndim == 1 else y
        total = p.sum(axis=-1, keepdims=True)
        q = p / total
        clipped = np.clip(q, EPSILON, 1.0 - EPSILON)
        losses = -np.add.reduce(y * np.log(clipped), -1)
        moving = np.where(clipped == q, y, 0.0)  # a clipped probability does not move the loss
        slope = (moving.sum(axis=-1, keepdims=True) - moving / clipped) / (total * len(p))
        return losses, slope

    def fused(self, y: Array, z: Array, p: Array) -> tuple[Array, Array]:
        """loss = log(sum(exp(z))) - z[y], dz = (p - y) / batch."""
        logs = _softmax(z, p)
        return _of_numbers(y, z, p, logs) if y.ndim == 1 else _of_rows(y, z, p, logs)


def _softmax(z: Array, p: Array) -> Array:
    """Fill ``p`` with the softmax of ``z``; return log(sum(exp(z))), (batch,)."""
    top = z.take(row_starts(z.shape) + z.argmax(-1))  # several times as fast as the maximum itself
    np.subtract(z, top[:, None], p)
    np.exp(p, p)
    total = np.add.reduce(p, -1)
    p /= total[:, None]
    logs: Array = np.log(total, total)
    logs += top
    return logs


def _of_numbers(y: Array, z: Array, p: Array, logs: Array) -> tuple[Array, Array]:
    own = row_starts(z.shape) + y
    logs -= z.take(own)
    slopes = p.take(own)
    slopes -= 1.0
    slopes /= len(z)
    dz: Array = p / len(z)
    dz.put(own, slopes)
    return logs, dz


def _of_rows(y: Array, z: Array, p: Array, logs: Array) -> tuple[Array, Array]:
    sums = np.add.reduce(y, -1)
    logs *= sums
    logs -= np.add.reduce(y * z, -1)
    dz: Array = p * sums[:, None]
    dz -= y
    dz /= len(z)
    return logs, dz


@dataclass(frozen=True)
class CategoricalCrossentropy(_OneOfMany):
    """The surprise about one class of many, with one output per class.

    loss = -sum(y log(p)), with p scaled to a sum of 1 and clipped to [epsilon, 1 - epsilon].
    ``y`` are rows (batch, classes); class numbers stay (batch,) unless they are smoothed.
    """

    keras_name: ClassVar[str] = "categorical_crossentropy"

    label_smoothing: float = setting(
        0.0, "Share of the target that is spread over all classes.", minimum=0.0, maximum=1.0, advanced=True
    )

    def encode(self, y: Array, outputs: int, dtype: npt.DTypeLike) -> Array:
        if outputs > 1 and not self.label_smoothing and are_class_numbers(y):
            return class_numbers(y, outputs)
        rows = super().encode(y, outputs, dtype)
        refuse_outside(rows, 0.0, 1.0, "CategoricalCrossentropy takes the share of each class, from 0 to 1")
        return smoothed(rows, self.label_smoothing, 1.0 / outputs)


@dataclass(frozen=True)
class SparseCategoricalCrossentropy(_OneOfMany):
    """Categorical crossentropy for targets that are class numbers.

    ``y`` are class numbers, (batch,).
    """

    keras_name: ClassVar[str] = "sparse_categorical_crossentropy"

    def encode(self, y: Array, outputs: int, dtype: npt.DTypeLike) -> Array:
        if y.size != len(y):
            raise DataError(
                f"{type(self).__name__} takes one class number per sample, but a target has "
                f"{y.size // max(1, len(y))} numbers. CategoricalCrossentropy takes such rows."
            )
        return class_numbers(y, outputs)
