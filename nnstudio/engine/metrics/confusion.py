"""Confusion: how often each class was taken for each other."""

from __future__ import annotations

import numpy as np

from nnstudio.engine.metrics.metric import Array, true_classes


def predicted_classes(p: Array, boundary: float = 0.5) -> Array:
    """Return the class that outputs (batch, outputs) name, (batch,): the largest, or whether one is above."""
    classes: Array = p[:, 0] > boundary if p.shape[-1] == 1 else p.argmax(axis=-1)
    return classes.astype(np.int64, copy=False)


def confusion_counts(y: Array, p: Array, classes: int, boundary: float = 0.5) -> Array:
    """Return how many samples of class [row] were predicted as class [column], (classes, classes).

    ``y`` are class numbers (batch,) or rows, ``p`` outputs (batch, outputs); see `predicted_classes`.
    """
    pairs = true_classes(y).astype(np.int64, copy=False) * classes + predicted_classes(p, boundary)
    return np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)
