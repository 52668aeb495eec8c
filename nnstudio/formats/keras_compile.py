"""KerasCompile: loss, optimizer and metrics as Keras describes them in a file, for Keras 2 and 3 alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypedDict, TypeVar

from nnstudio.engine.losses import LOSSES, Loss, SparseCategoricalCrossentropy
from nnstudio.engine.metrics import METRICS, Accuracy, Metric
from nnstudio.engine.optimizers import Optimizer
from nnstudio.errors import FileError
from nnstudio.formats.keras_dialect import Dialect
from nnstudio.formats.keras_optimizers import optimizer_entry, read_optimizer
from nnstudio.formats.keras_owners import config_of, read_config
from nnstudio.formats.values import Json, name_and_config, owner_from_json, shortened, squashed

_Kind = TypeVar("_Kind", Loss, Metric, Optimizer)
_ACCURACIES = ("BinaryAccuracy", "CategoricalAccuracy", "SparseCategoricalAccuracy", "acc")
_ALIASES = {
    "mse": "MeanSquaredError",
    "mae": "MeanAbsoluteError",
    **{squashed(name): "Accuracy" for name in _ACCURACIES},
}
# What Keras writes into a loss or a metric and what changes nothing without another key.
_IDLE = {"name", "dtype", "fn", "axis", "reduction"}


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
        "optimizer_config": optimizer_entry(optimizer),
    }


def _loss_entry(loss: Loss) -> Any:
    if loss == type(loss)():
        return loss.keras_name
    config = {"name": loss.keras_name, "reduction": "sum_over_batch_size", **config_of(loss)}
    return {"class_name": type(loss).__name__, "config": config}


def _metric_entry(metric: Metric, loss: Loss, outputs: int) -> Json:
    """Return the metric; the accuracy by the class that fits, which Keras 2 cannot work out for itself."""
    kind = type(metric).__name__
    if isinstance(metric, Accuracy):
        sparse = isinstance(loss, SparseCategoricalCrossentropy)
        several = "SparseCategoricalAccuracy" if sparse else "CategoricalAccuracy"
        kind = several if outputs > 1 else "BinaryAccuracy"
    return {"class_name": kind, "config": {"name": metric.keras_name, "dtype": "float32"}}


def read_training_config(config: Any, notes: list[str], dialect: Dialect = Dialect.NNSTUDIO) -> Compiled:
    """Return what `training_config`, or Keras, described.

    What nnstudio does not know is left at its default, and ``notes`` gets a sentence: the network predicts
    all the same.
    """
    parts = config if isinstance(config, dict) else {}
    compiled: Compiled = {"metrics": _read_metrics(parts.get("metrics"), notes)}
    loss = _attempt("loss", lambda: _read(LOSSES, _single(parts.get("loss")), "loss", notes), notes)
    if loss is not None:
        compiled["loss"] = loss
    described = parts.get("optimizer_config")
    optimizer = _attempt("optimizer", lambda: read_optimizer(described, dialect, notes), notes)
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


def _read(kinds: Iterable[type[_Kind]], value: Any, what: str, notes: list[str]) -> _Kind:
    name, config = name_and_config(value)
    if name == "MeanMetricWrapper":  # Keras 2's wrapping of a function, whose name says what it is
        name = str(config.get("fn"))
    wanted = squashed(_ALIASES.get(squashed(name), name))
    for kind in kinds:
        if wanted == squashed(kind.__name__):
            found = read_config(kind, config, Dialect.NNSTUDIO)
            _tell_foreign(found.foreign, what, notes)
            return owner_from_json(kind, found.settings)
    known = ", ".join(kind.__name__ for kind in kinds)
    raise FileError(shortened(f"expected one of {known}, found {name}."))


def _tell_foreign(foreign: Json, what: str, notes: list[str]) -> None:
    for key in sorted(foreign.keys() - _IDLE):
        if foreign[key]:
            notes.append(shortened(f"nnstudio's {what} has no {key}; training goes on without it."))
