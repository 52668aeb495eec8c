"""KerasCompile: loss, optimizer and metrics as Keras describes them in a file, for Keras 2 and 3 alike."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypedDict, TypeVar

from nnstudio.engine.losses import Loss
from nnstudio.engine.metrics import Metric
from nnstudio.engine.optimizers import Optimizer
from nnstudio.errors import FileError
from nnstudio.formats.keras_dialect import Dialect
from nnstudio.formats.keras_figures import loss_entry, metric_entry, read_loss, read_metric
from nnstudio.formats.keras_optimizers import optimizer_entry, read_optimizer
from nnstudio.formats.values import Json

_Kind = TypeVar("_Kind", Loss, Metric, Optimizer)


class Compiled(TypedDict, total=False):
    """The parts of a design that a file describes; a part that is missing has the design's default."""

    loss: Loss
    optimizer: Optimizer
    metrics: tuple[Metric, ...]


def training_config(loss: Loss, optimizer: Optimizer, metrics: tuple[Metric, ...], outputs: int) -> Json:
    """Return Keras' description of how a network with ``outputs`` numbers per sample learns."""
    return {
        "loss": loss_entry(loss),
        "metrics": [metric_entry(metric, loss, outputs) for metric in metrics],
        "weighted_metrics": None,
        "loss_weights": None,
        "optimizer_config": optimizer_entry(optimizer),
    }


def read_training_config(
    config: Any, notes: list[str], dialect: Dialect = Dialect.NNSTUDIO, outputs: int = 0
) -> Compiled:
    """Return what `training_config`, or Keras, described for a network of ``outputs`` numbers.

    What nnstudio does not know is left at its default, and ``notes`` gets a sentence: the network predicts
    all the same.
    """
    parts = config if isinstance(config, dict) else {}
    compiled: Compiled = {"metrics": _read_metrics(parts.get("metrics"), outputs, notes)}
    loss = _attempt("loss", parts.get("loss"), lambda value: read_loss(value, notes), notes)
    if loss is not None:
        compiled["loss"] = loss
    described = parts.get("optimizer_config")
    optimizer = _attempt("optimizer", described, lambda value: read_optimizer(value, dialect, notes), notes)
    if optimizer is not None:
        compiled["optimizer"] = optimizer
    return compiled


def _attempt(what: str, described: Any, read: Callable[[Any], _Kind], notes: list[str]) -> _Kind | None:
    if described is None:
        notes.append(f"The file's {what} is not named: it is nnstudio's own.")
        return None
    try:
        return read(described)
    except FileError as error:
        notes.append(f"The file's {what} is not used: {error}")
        return None


def _read_metrics(value: Any, outputs: int, notes: list[str]) -> tuple[Metric, ...]:
    """Return the metrics from a list, or from a list with one list for each output."""
    reader = partial(read_metric, outputs=outputs, notes=notes)
    read = (_attempt("metric", entry, reader, notes) for entry in _flat(value) if entry is not None)
    return tuple(dict.fromkeys(metric for metric in read if metric is not None))


def _flat(value: Any) -> list[Any]:
    entries = value if isinstance(value, list) else []
    return [inner for entry in entries for inner in (entry if isinstance(entry, list) else [entry])]
