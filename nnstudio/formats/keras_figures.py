"""KerasFigures: losses and metrics as Keras describes them in a file, and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from nnstudio.engine.losses import LOSSES, Loss, SparseCategoricalCrossentropy
from nnstudio.engine.metrics import METRICS, Accuracy, Metric
from nnstudio.errors import FileError
from nnstudio.formats.keras_dialect import Dialect
from nnstudio.formats.keras_owners import config_of, read_config
from nnstudio.formats.values import Json, name_and_config, owner_from_json, shortened, squashed

_Kind = TypeVar("_Kind", Loss, Metric)
_ALIASES = {
    "acc": "Accuracy",
    "bce": "BinaryCrossentropy",
    "huberloss": "Huber",
    "kld": "KLDivergence",
    "kullbackleiblerdivergence": "KLDivergence",
    "mae": "MeanAbsoluteError",
    "mape": "MeanAbsolutePercentageError",
    "mse": "MeanSquaredError",
    "msle": "MeanSquaredLogarithmicError",
}
# What Keras calls accuracy is one of these, chosen by the shapes.
_ACCURACIES = ("BinaryAccuracy", "CategoricalAccuracy", "SparseCategoricalAccuracy")
# What Keras writes and what changes nothing,
_IDLE = {"name", "dtype", "fn", "axis"}
# or stands at what nnstudio does anyway.
_USUAL = {
    "reduction": ("sum_over_batch_size", "auto", "mean", "mean_with_sample_weight"),
    "summation_method": ("interpolation",),
    "class_aggregation": ("uniform_average",),
}


def loss_entry(loss: Loss) -> Any:
    """Return Keras' description of ``loss``: its name, or an object where its settings are others."""
    if loss == type(loss)():
        return loss.keras_name
    config = {"name": loss.keras_name, "reduction": "sum_over_batch_size", **config_of(loss)}
    return {"class_name": type(loss).__name__, "config": config}


def metric_entry(metric: Metric, loss: Loss, outputs: int) -> Json:
    """Return the metric; the accuracy by the class that fits, which Keras 2 cannot work out for itself."""
    kind = type(metric).__name__
    if isinstance(metric, Accuracy):
        sparse = isinstance(loss, SparseCategoricalCrossentropy)
        several = "SparseCategoricalAccuracy" if sparse else "CategoricalAccuracy"
        kind = several if outputs > 1 else "BinaryAccuracy"
    config = {"name": metric.keras_name, "dtype": "float32", **config_of(metric)}
    return {"class_name": kind, "config": config}


def read_loss(value: Any, notes: list[str]) -> Loss:
    """Return the loss that ``value`` describes: by itself, or for the network's only output.

    Raises:
        FileError: nnstudio has none like it.
    """
    if isinstance(value, dict) and "class_name" not in value and len(value) == 1:
        value = next(iter(value.values()))
        notes.append("The file names the output that its loss is for: here there is one output only.")
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return _read(LOSSES, *_name_and_config(value), "loss", notes)


def read_metric(value: Any, outputs: int, notes: list[str]) -> Metric:
    """Return the metric that ``value`` describes for a network of ``outputs`` numbers, 0 where it is unknown.

    Raises:
        FileError: nnstudio has none like it.
    """
    name, config = _name_and_config(value)
    chosen = next((kind for kind in _ACCURACIES if squashed(kind) == squashed(name)), None)
    fits = chosen != "BinaryAccuracy" or (outputs <= 1 and config.get("threshold", 0.5) == 0.5)
    if chosen and fits and config.get("name") in (Accuracy.keras_name, "acc"):
        return Accuracy()
    return _read(METRICS, name, config, "metric", notes)


def _name_and_config(value: Any) -> tuple[str, Json]:
    """Return name and settings of a figure, also of one that Keras described as a function."""
    name, config = name_and_config(value)
    if name in ("MeanMetricWrapper", "LossFunctionWrapper"):
        return str(config.get("fn")), config
    if name == "function" and isinstance(value, dict):
        return str(value.get("config")), {}
    return name, config


def _read(kinds: Iterable[type[_Kind]], name: str, config: Json, what: str, notes: list[str]) -> _Kind:
    wanted = squashed(_ALIASES.get(squashed(name), name))
    for kind in kinds:
        if wanted == squashed(kind.__name__):
            found = read_config(kind, config, Dialect.NNSTUDIO)
            notes += [
                shortened(f"nnstudio's {what} {kind.__name__} has no {key}; training goes on without it.")
                for key, value in found.foreign.items()
                if _matters(key, value)
            ]
            return owner_from_json(kind, found.settings)
    known = ", ".join(kind.__name__ for kind in kinds)
    raise FileError(shortened(f"expected one of {known}, found {name}."))


def _matters(key: str, value: Any) -> bool:
    if key == "ignore_class":
        return value is not None
    return key not in _IDLE and value not in (None, False, "", [], *_USUAL.get(key, ()))
