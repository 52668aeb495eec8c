"""KerasCompile: loss, optimizer and metrics as Keras describes them in a file, for Keras 2 and 3 alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any, TypedDict, TypeVar

import numpy as np

from nnstudio.engine.losses import LOSSES, Loss, SparseCategoricalCrossentropy
from nnstudio.engine.metrics import METRICS, Accuracy, Metric
from nnstudio.engine.optimizers import OPTIMIZERS, Optimizer
from nnstudio.errors import FileError
from nnstudio.formats.values import (
    Json,
    name_and_config,
    owner_from_json,
    settings_to_json,
    shortened,
    squashed,
)
from nnstudio.settings import settings_of

_Kind = TypeVar("_Kind", Loss, Metric, Optimizer)
_ALIASES = {
    "acc": "Accuracy",
    "mse": "MeanSquaredError",
    "mae": "MeanAbsoluteError",
    "mape": "MeanAbsolutePercentageError",
    "msle": "MeanSquaredLogarithmicError",
}
_ACCURACIES = ("accuracy", "acc")  # Keras keeps this name where it has chosen the class by the shapes
# What Keras writes into an optimizer, a loss or a metric and what changes nothing without another key.
_IDLE = {"name", "dtype", "fn", "axis", "reduction", "is_legacy_optimizer", "jit_compile"}
_IDLE |= {"ema_momentum", "ema_overwrite_frequency", "initial_accumulator_value"}


class Compiled(TypedDict, total=False):
    """The parts of a design that a file describes; a part that is missing has the design's default."""

    loss: Loss
    optimizer: Optimizer
    metrics: tuple[Metric, ...]


def training_config(loss: Loss, optimizer: Optimizer, metrics: tuple[Metric, ...], outputs: int) -> Json:
    """Return Keras' description of how a network with ``outputs`` numbers per sample learns."""
    return {
        "loss": _loss_entry(loss),
        "metrics": [_metric_entry(metric, loss, outputs) for metric in metrics],
        "weighted_metrics": None,
        "loss_weights": None,
        "optimizer_config": _named(optimizer, type(optimizer).__name__),
    }


def _loss_entry(loss: Loss) -> Any:
    if loss == type(loss)():
        return loss.keras_name
    entry = _named(loss, loss.keras_name)
    entry["config"]["reduction"] = "sum_over_batch_size"
    return entry


def _metric_entry(metric: Metric, loss: Loss, outputs: int) -> Json:
    """Return the metric; the accuracy by the class that fits, which Keras 2 cannot work out for itself."""
    kind = type(metric).__name__
    if isinstance(metric, Accuracy):
        sparse = isinstance(loss, SparseCategoricalCrossentropy)
        several = "SparseCategoricalAccuracy" if sparse else "CategoricalAccuracy"
        kind = several if outputs > 1 else "BinaryAccuracy"
    config = {"name": metric.keras_name, "dtype": "float32", **settings_to_json(metric)}
    return {"class_name": kind, "config": config}


def _named(owner: Any, name: str) -> Json:
    return {"class_name": type(owner).__name__, "config": {"name": name, **settings_to_json(owner)}}


def read_training_config(config: Any, notes: list[str]) -> Compiled:
    """Return what `training_config`, or Keras, described.

    What nnstudio does not know is left at its default, and ``notes`` gets a sentence: the network predicts
    all the same.
    """
    parts = config if isinstance(config, dict) else {}
    compiled: Compiled = {"metrics": _read_metrics(parts.get("metrics"), notes)}
    loss = _attempt("loss", lambda: _read(LOSSES, _single(parts.get("loss")), "loss", notes), notes)
    if loss is not None:
        compiled["loss"] = loss
    optimizer = _attempt("optimizer", lambda: _read_optimizer(parts, notes), notes)
    if optimizer is not None:
        compiled["optimizer"] = optimizer
    return compiled


def _attempt(what: str, read: Callable[[], _Kind], notes: list[str]) -> _Kind | None:
    try:
        return read()
    except FileError as error:
        notes.append(f"The file's {what} is not used: {error}")
        return None


def _read_metrics(value: Any, notes: list[str]) -> tuple[Metric, ...]:
    """Return the metrics from a list, or from a list with one list for each output."""
    read = (
        _attempt("metric", partial(_read, METRICS, entry, "metric", notes), notes) for entry in _flat(value)
    )
    return tuple(dict.fromkeys(metric for metric in read if metric is not None))


def _flat(value: Any) -> list[Any]:
    entries = value if isinstance(value, list) else []
    return [inner for entry in entries for inner in (entry if isinstance(entry, list) else [entry])]


def _single(loss: Any) -> Any:
    """Return the loss itself where it is given by output."""
    if isinstance(loss, dict) and "class_name" not in loss and len(loss) == 1:
        return next(iter(loss.values()))
    return loss[0] if isinstance(loss, list) and len(loss) == 1 else loss


def _read_optimizer(parts: Json, notes: list[str]) -> Optimizer:
    name, config = name_and_config(parts.get("optimizer_config"))
    config = dict(config)
    if "lr" in config:
        config["learning_rate"] = config.pop("lr")
    rate = config.get("learning_rate")
    if isinstance(rate, dict):
        notes.append("The file's schedule of learning rates is not used, only the rate that it begins with.")
        config["learning_rate"] = name_and_config(rate)[1].get("initial_learning_rate")
    entry = {"class_name": name.removeprefix("Custom>"), "config": config}
    return _read(OPTIMIZERS, entry, "optimizer", notes)


def with_short_numbers(optimizer: Optimizer) -> Optimizer:
    """Return the optimizer with the numbers that a person typed: Keras writes the float32 beside 0.001."""
    values = {declared.name: getattr(optimizer, declared.name) for declared in settings_of(optimizer)}
    floats = {name: np.float32(value) for name, value in values.items() if isinstance(value, float)}
    short = {name: float(str(n)) for name, n in floats.items() if float(n) == values[name]}
    return replace(optimizer, **short)  # type: ignore[arg-type]


def _read(kinds: Iterable[type[_Kind]], value: Any, what: str, notes: list[str]) -> _Kind:
    name, config = name_and_config(value)
    if what == "metric" and config.get("name") in _ACCURACIES:
        name, config = "Accuracy", {}
    elif name == "MeanMetricWrapper":  # Keras 2's wrapping of a function, whose name says what it is
        name = str(config.get("fn"))
    wanted = squashed(_ALIASES.get(squashed(name), name))
    for kind in kinds:
        if wanted == squashed(kind.__name__):
            _tell_unknown(kind, config, what, notes)
            return owner_from_json(kind, config)
    known = ", ".join(kind.__name__ for kind in kinds)
    raise FileError(shortened(f"expected one of {known}, found {name}."))


def _tell_unknown(kind: type, config: Json, what: str, notes: list[str]) -> None:
    known = {declared.name for declared in settings_of(kind)} | _IDLE
    for key in sorted(config.keys() - known):
        if config[key]:
            notes.append(shortened(f"nnstudio's {what} has no {key}; training goes on without it."))
