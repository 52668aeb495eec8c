"""Metric data: a few targets and outputs, made by arithmetic, and what Keras makes of them."""

from __future__ import annotations

import numpy as np

from nnstudio.engine.layer import Array
from nnstudio.engine.metrics import (
    AUC,
    BinaryAccuracy,
    CategoricalAccuracy,
    F1Score,
    MeanAbsoluteError,
    MeanSquaredError,
    Metric,
    Precision,
    R2Score,
    Recall,
    RootMeanSquaredError,
    SparseCategoricalAccuracy,
    SparseTopKCategoricalAccuracy,
    TopKCategoricalAccuracy,
)

COUNT, CLASSES = 40, 4
NUMBERS = np.arange(COUNT)
COLUMNS = np.arange(CLASSES)
ONE = (NUMBERS * 37 % 101 / 100.0).astype(np.float32)[:, None]  # from 0 to 1, some on thresholds
MANY = ((NUMBERS[:, None] * 29 + COLUMNS * 53 + NUMBERS[:, None] * COLUMNS * 11) % 97 / 97.0).astype(
    np.float32
)
YES = ((NUMBERS * NUMBERS * 7 + NUMBERS) % 5 < 2).astype(np.int64)
OF_CLASS = (NUMBERS * 3 + NUMBERS // 7) % CLASSES
ROWS = np.eye(CLASSES, dtype=np.float32)[OF_CLASS]
LABELS = ((NUMBERS[:, None] * 5 + COLUMNS * 3) % 7 < 3).astype(np.float32)
VALUES = ((NUMBERS[:, None] * 13 + np.arange(2) * 7) % 17 / 4.0 - 1.0).astype(np.float32)
OUTPUTS = (VALUES + ((NUMBERS[:, None] * 11 + np.arange(2) * 5) % 9 / 8.0 - 0.4)).astype(np.float32)
LOGITS = np.concatenate([OUTPUTS, -OUTPUTS], axis=1)

# What Keras 3.15 (on JAX) makes of these arrays, given in three batches.
KERAS: tuple[tuple[Metric, Array, Array, float], ...] = (
    (BinaryAccuracy(), YES, ONE, 0.525),
    (BinaryAccuracy(threshold=0.3), LABELS, MANY, 0.3875),
    (CategoricalAccuracy(), ROWS, MANY, 0.275),
    (SparseCategoricalAccuracy(), OF_CLASS, MANY, 0.275),
    (TopKCategoricalAccuracy(k=2), ROWS, MANY, 0.4),
    (SparseTopKCategoricalAccuracy(k=3), OF_CLASS, MANY, 0.725),
    (Precision(), YES, ONE, 0.8421053),
    (Precision(thresholds=0.7), LABELS, MANY, 0.3829787),
    (Precision(), ROWS, MANY, 0.2469136),
    (Recall(), YES, ONE, 0.5),
    (Recall(thresholds=0.7), LABELS, MANY, 0.2608696),
    (F1Score(threshold=0.5), YES, ONE, 0.6274509),
    (F1Score(), ROWS, MANY, 0.268409),
    (F1Score(average="weighted"), ROWS, MANY, 0.2658181),
    (F1Score(average="micro", threshold=0.4), LABELS, MANY, 0.4268292),
    (AUC(), YES, ONE, 0.6132812),
    (AUC(), LABELS, MANY, 0.4248288),
    (AUC(num_thresholds=11), YES, ONE, 0.6171875),
    (AUC(curve="PR"), YES, ONE, 0.8714255),
    (AUC(from_logits=True), LABELS, LOGITS, 0.4834369),
    (MeanAbsoluteError(), VALUES, OUTPUTS, 0.288125),
    (MeanSquaredError(), VALUES, OUTPUTS, 0.1124219),
    (RootMeanSquaredError(), VALUES, OUTPUTS, 0.3352937),
    (R2Score(), VALUES, OUTPUTS, 0.9255981),
    (R2Score(), YES, ONE, -0.8809376),
)
# Targets and outputs that come together: class numbers, rows and values.
DATA = {
    "yes or no": (YES, ONE),
    "yes or no in bytes": (YES.astype(np.uint8), ONE),
    "yes or no in rows": (YES[:, None].astype(np.float64), ONE),
    "class numbers": (OF_CLASS, MANY),
    "class bytes": (OF_CLASS.astype(np.uint8), MANY),
    "classes as reals": (OF_CLASS.astype(np.float64), MANY),
    "class rows": (ROWS, MANY),
    "labels": (LABELS, MANY),
    "values": (VALUES, OUTPUTS),
}


def figure(metric: Metric, y: Array, p: Array, *ends: int) -> float:
    """Return the metric of all samples, tallied in batches that end at ``ends``."""
    starts, ends = (0, *ends), (*ends, len(y))
    batches = zip(starts, ends, strict=True)
    return metric.value(sum(metric.tally(y[start:end], p[start:end]) for start, end in batches))
