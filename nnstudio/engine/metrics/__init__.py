"""Metrics: figures that a person reads beside the loss, by Keras' definitions; ``METRICS`` as one chooses."""

from nnstudio.engine.metrics.accuracies import (
    Accuracy,
    BinaryAccuracy,
    CategoricalAccuracy,
    SparseCategoricalAccuracy,
)
from nnstudio.engine.metrics.auc import AUC
from nnstudio.engine.metrics.class_scores import F1Score, Precision, Recall
from nnstudio.engine.metrics.confusion import confusion_counts, predicted_classes
from nnstudio.engine.metrics.errors import (
    MeanAbsoluteError,
    MeanSquaredError,
    R2Score,
    RootMeanSquaredError,
)
from nnstudio.engine.metrics.metric import HitMetric, MeanMetric, Metric, mean_tally, mean_value
from nnstudio.engine.metrics.top_k import SparseTopKCategoricalAccuracy, TopKCategoricalAccuracy

METRICS: tuple[type[Metric], ...] = (
    Accuracy,
    BinaryAccuracy,
    CategoricalAccuracy,
    SparseCategoricalAccuracy,
    TopKCategoricalAccuracy,
    SparseTopKCategoricalAccuracy,
    Precision,
    Recall,
    F1Score,
    AUC,
    MeanAbsoluteError,
    MeanSquaredError,
    RootMeanSquaredError,
    R2Score,
)

_BY_NAME = {metric.keras_name: metric for metric in METRICS}


def figure_title(name: str) -> str:
    """Return what a person calls a column of the history: "Loss", "Mean absolute error"."""
    known = _BY_NAME.get(name)
    return known.title if known else name.replace("_", " ").capitalize()


def is_share(name: str) -> bool:
    """Whether a column of the history, of the training or of the validation, is a share shown in percent."""
    known = _BY_NAME.get(name.removeprefix("val_"))
    return known is not None and known.share


__all__ = [
    "AUC",
    "METRICS",
    "Accuracy",
    "BinaryAccuracy",
    "CategoricalAccuracy",
    "F1Score",
    "HitMetric",
    "MeanAbsoluteError",
    "MeanMetric",
    "MeanSquaredError",
    "Metric",
    "Precision",
    "R2Score",
    "Recall",
    "RootMeanSquaredError",
    "SparseCategoricalAccuracy",
    "SparseTopKCategoricalAccuracy",
    "TopKCategoricalAccuracy",
    "confusion_counts",
    "figure_title",
    "is_share",
    "mean_tally",
    "mean_value",
    "predicted_classes",
]
