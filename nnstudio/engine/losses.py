"""Losses: how far the outputs are from the targets, by Keras' definitions.

The loss of a batch is the mean over its samples of each sample's mean over the last axis; the one of a
class crossentropy is a sum over the classes. Targets come as class indices (batch,) or as values
(batch, outputs); `Loss.encode` turns them into what the loss computes with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from nnstudio.engine.activations import sigmoid, softmax
from nnstudio.errors import DataError

Array = npt.NDArray[Any]

_EPSILON = 1e-7  # Keras' fuzz: probabilities are clipped to [epsilon, 1 - epsilon]


@dataclass(frozen=True)
class Loss:
    """A loss as a value.

    ``y`` are encoded targets and ``p`` outputs, both (batch, outputs) unless a subclass says otherwise.
    ``fuses`` names the last activation whose gradient is simpler together with the loss: then `fused`
    takes what stands before that activation, which is stable where the probabilities are 0 or 1.
    """

    keras_name: ClassVar[str] = ""
    fuses: ClassVar[str] = ""

    @classmethod
    def one_line(cls) -> str:
        """The first sentence of the class's docstring."""
        return (cls.__doc__ or "").strip().split("\n")[0]

    def encode(self, y: Array, outputs: int, dtype: npt.DTypeLike) -> Array:
        """Return targets as (batch, outputs): class indices become rows of 0 and one 1."""
        if y.ndim == 1 and np.issubdtype(y.dtype, np.integer) and outputs > 1:
            return one_hot(y, outputs, dtype)
        if y.size != len(y) * outputs:
            found = y.size // max(1, len(y))
            raise DataError(
                f"The network gives {outputs} numbers per sample, but a target has {found}. "
                "Set the units of the last layer to the number of targets."
            )
        return y.reshape(len(y), outputs).astype(dtype, copy=False)

    def per_sample(self, y: Array, p: Array) -> Array:
        """Return the loss of each sample, (batch,)."""
        raise NotImplementedError

    def gradient(self, y: Array, p: Array) -> Array:
        """Return the derivative of the batch's mean loss by ``p``, in the shape of ``p``."""
        raise NotImplementedError

    def fused(self, y: Array, z: Array, p: Array) -> tuple[Array, Array]:
        """Fill ``p`` with the activation of ``z``; return the losses (batch,) and the gradient by ``z``."""
        raise NotImplementedError


@dataclass(frozen=True)
class MeanSquaredError(Loss):
    """The mean of the squared differences, for values."""

    keras_name: ClassVar[str] = "mean_squared_error"

    def per_sample(self, y: Array, p: Array) -> Array:
        losses: Array = np.mean(np.square(p - y), axis=-1)
        return losses

    def gradient(self, y: Array, p: Array) -> Array:
        return (p - y) * (2.0 / p.size)


@dataclass(frozen=True)
class BinaryCrossentropy(Loss):
    """The surprise about yes-or-no outputs, each a probability from a sigmoid."""

    keras_name: ClassVar[str] = "binary_crossentropy"
    fuses: ClassVar[str] = "sigmoid"

    def per_sample(self, y: Array, p: Array) -> Array:
        q = np.clip(p, _EPSILON, 1.0 - _EPSILON)
        losses: Array = -np.mean(y * np.log(q) + (1.0 - y) * np.log(1.0 - q), axis=-1)
        return losses

    def gradient(self, y: Array, p: Array) -> Array:
        q = np.clip(p, _EPSILON, 1.0 - _EPSILON)
        slope = (q - y) / (q * (1.0 - q)) / p.size
        return np.where(q == p, slope, 0.0)  # a clipped probability does not move the loss

    def fused(self, y: Array, z: Array, p: Array) -> tuple[Array, Array]:
        sigmoid(z, p)
        losses = np.mean(np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z))), axis=-1)
        return losses, (p - y) / z.size


@dataclass(frozen=True)
class CategoricalCrossentropy(Loss):
    """The surprise about one class of many, with one output per class."""

    keras_name: ClassVar[str] = "categorical_crossentropy"
    fuses: ClassVar[str] = "softmax"

    def per_sample(self, y: Array, p: Array) -> Array:
        q = np.clip(p / p.sum(axis=-1, keepdims=True), _EPSILON, 1.0 - _EPSILON)
        losses: Array = -np.sum(y * np.log(q), axis=-1)
        return losses

    def gradient(self, y: Array, p: Array) -> Array:
        total = p.sum(axis=-1, keepdims=True)
        q = p / total
        clipped = np.clip(q, _EPSILON, 1.0 - _EPSILON)
        moving = np.where(clipped == q, y, 0.0)
        slope: Array = (moving.sum(axis=-1, keepdims=True) - moving / clipped) / (total * len(p))
        return slope

    def fused(self, y: Array, z: Array, p: Array) -> tuple[Array, Array]:
        losses = _log_sum_exp(z) * y.sum(axis=-1) - np.sum(y * z, axis=-1)
        softmax(z, p)
        return losses, (p * y.sum(axis=-1, keepdims=True) - y) / len(z)


@dataclass(frozen=True)
class SparseCategoricalCrossentropy(Loss):
    """Categorical crossentropy for targets that are class numbers.

    ``y`` are class indices, (batch,).
    """

    keras_name: ClassVar[str] = "sparse_categorical_crossentropy"
    fuses: ClassVar[str] = "softmax"

    def encode(self, y: Array, outputs: int, dtype: npt.DTypeLike) -> Array:
        if y.size != len(y):
            raise DataError(
                f"{type(self).__name__} takes one class number per sample, but a target has "
                f"{y.size // max(1, len(y))} numbers. CategoricalCrossentropy takes such rows."
            )
        indices = y.reshape(-1).astype(np.int64)
        _refuse_unknown_classes(indices, outputs)
        return indices

    def per_sample(self, y: Array, p: Array) -> Array:
        return CategoricalCrossentropy().per_sample(one_hot(y, p.shape[-1], p.dtype), p)

    def gradient(self, y: Array, p: Array) -> Array:
        return CategoricalCrossentropy().gradient(one_hot(y, p.shape[-1], p.dtype), p)

    def fused(self, y: Array, z: Array, p: Array) -> tuple[Array, Array]:
        rows = np.arange(len(y))
        losses = _log_sum_exp(z) - z[rows, y]
        dz = softmax(z, p).copy()
        dz[rows, y] -= 1.0
        dz /= len(z)
        return losses, dz


def one_hot(indices: Array, classes: int, dtype: npt.DTypeLike) -> Array:
    """Return (batch, classes): 1 in the column of each sample's class, else 0.

    Raises:
        DataError: an index is not below ``classes``.
    """
    _refuse_unknown_classes(indices, classes)
    rows = np.zeros((len(indices), classes), dtype)
    rows[np.arange(len(indices)), indices] = 1.0
    return rows


def _refuse_unknown_classes(indices: Array, classes: int) -> None:
    lowest, highest = (int(indices.min()), int(indices.max())) if len(indices) else (0, 0)
    if not 0 <= lowest <= highest < classes:
        raise DataError(
            f"The network tells {classes} classes apart, numbered from 0, but the data have class "
            f"{highest if lowest >= 0 else lowest}. "
            "Set the units of the last layer to the number of classes."
        )


def _log_sum_exp(z: Array) -> Array:
    top = z.max(axis=-1)
    result: Array = np.log(np.exp(z - top[:, None]).sum(axis=-1)) + top
    return result


LOSSES: tuple[type[Loss], ...] = (
    CategoricalCrossentropy,
    SparseCategoricalCrossentropy,
    BinaryCrossentropy,
    MeanSquaredError,
)
