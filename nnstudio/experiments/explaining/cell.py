"""Cell: what the samples of a cell of the confusion matrix have in common."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnstudio.data.arrays import Array, IntArray
from nnstudio.data.dataset import Samples
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.experiments.explaining.ordinary import class_means, mean_of


@dataclass(frozen=True, eq=False)
class CellMeans:
    """The average of some samples, and those of the classes that they are and are read as.

    Each mean is a sample as it came, (*shape) float32. ``closer`` is how much nearer the average of the
    samples is to that of the class they are read as: above 1 it is nearer to that, below 1 to their own.
    """

    rows: IntArray
    mean: Array
    actual_mean: Array | None
    predicted_mean: Array | None
    closer: float | None


def cell_means(
    samples: Samples,
    rows: IntArray,
    training: Samples,
    actual: int | None,
    predicted: int | None,
    watch: Watch = UNWATCHED,
) -> CellMeans:
    """Average ``rows`` of ``samples``, and the classes ``actual`` and ``predicted`` over those that train.

    Raises:
        Cancelled: a person stopped it.
    """
    wanted = [one for one in dict.fromkeys((actual, predicted)) if one is not None]
    means = dict(zip(wanted, class_means(training, wanted, watch), strict=True))
    mean = mean_of(samples, rows, watch)
    own = means[actual] if actual is not None else None
    other = means[predicted] if predicted is not None and predicted != actual else None
    closer = None
    if own is not None and other is not None:
        scaler = training.scaler
        here, near, far = (scaler.apply(one).reshape(-1) for one in (mean, other, own))
        to_other, to_own = float(np.linalg.norm(here - near)), float(np.linalg.norm(here - far))
        closer = to_own / to_other if to_other else None
    return CellMeans(rows, mean, own, other, closer)
