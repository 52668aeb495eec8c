"""Top-k accuracies: the share of samples whose class is among the k largest outputs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nnstudio.engine.losses.targets import row_starts
from nnstudio.engine.metrics.metric import Array, HitMetric, true_classes
from nnstudio.settings import setting


@dataclass(frozen=True)
class TopKCategoricalAccuracy(HitMetric):
    """The share of samples whose class is among the k largest outputs.

    Of outputs that are equal all count as the larger.
    """

    keras_name: ClassVar[str] = "top_k_categorical_accuracy"
    title: ClassVar[str] = "Top-k accuracy"

    k: int = setting(5, "How many of the largest outputs count.", minimum=1, main=True)

    def hits(self, y: Array, p: Array) -> Array:
        if self.k >= p.shape[-1]:
            return np.ones(len(p), np.bool_)
        own = p.take(row_starts(p.shape) + true_classes(y).astype(np.intp, copy=False))
        ahead: Array = np.count_nonzero(p > own[:, None], axis=-1)
        return ahead < self.k


@dataclass(frozen=True)
class SparseTopKCategoricalAccuracy(TopKCategoricalAccuracy):
    """The share of samples whose class is among the k largest outputs; Keras' form for class numbers.

    Of outputs that are equal all count as the larger.
    """

    keras_name: ClassVar[str] = "sparse_top_k_categorical_accuracy"
    title: ClassVar[str] = "Sparse top-k accuracy"
