"""KerasCalls: layers, losses, metrics and optimizers as Python calls of Keras, from their configs."""

from __future__ import annotations

from typing import Any

from nnstudio.engine.layer import Layer
from nnstudio.engine.losses import Loss
from nnstudio.engine.metrics import Metric
from nnstudio.engine.optimizers import Optimizer
from nnstudio.formats.keras_figures import loss_entry, metric_entry
from nnstudio.formats.keras_layers import layer_entry
from nnstudio.formats.keras_modules import module_of
from nnstudio.formats.keras_optimizers import optimizer_entry
from nnstudio.formats.values import Json, name_and_config

KERAS_2, KERAS_3 = "Keras 2", "Keras 3"

# What has no default in Keras, so that it is always written.
_REQUIRED = {
    "units",
    "filters",
    "kernel_size",
    "rate",
    "stddev",
    "target_shape",
    "input_dim",
    "output_dim",
    "pool_size",
}
_POOLS = ("MaxPooling2D", "AveragePooling2D")
# Keras 3 has another name for it.
_NEWER_NAMES = {"alpha": "negative_slope"}


def layer_call(layer: Layer, version: str) -> str:
    """Return the call that makes ``layer``, with the settings that are not Keras' own defaults."""
    config, usual = layer_entry(layer)["config"], layer_entry(type(layer)())["config"]
    kind = type(layer).__name__
    wanted = _REQUIRED | ({"activation"} if kind == "Activation" else set())
    told = {key: value for key, value in config.items() if key in wanted or value != usual[key]}
    if kind in _POOLS:  # by default their windows lie side by side
        told.pop("strides", None)
        told |= {"strides": config["strides"]} if config["strides"] != config["pool_size"] else {}
    if kind == "LeakyReLU" and version == KERAS_3:
        told = {_NEWER_NAMES.get(key, key): value for key, value in told.items()}
    name = told.pop("name", None)
    return f"layers.{kind}({_arguments(told | ({'name': name} if name else {}))})"


def loss_call(loss: Loss) -> str:
    """Return Keras' name of the loss, or the call that makes it."""
    entry = loss_entry(loss)
    return repr(entry) if isinstance(entry, str) else _call("keras.losses", entry, drop=("name",))


def metric_call(metric: Metric, loss: Loss, outputs: int) -> str:
    """Return the call that makes the metric, for a network of ``outputs`` numbers."""
    return _call("keras.metrics", metric_entry(metric, loss, outputs), drop=("dtype",))


def optimizer_call(optimizer: Optimizer) -> str:
    """Return the call that makes the optimizer: its rate with its schedule, and what is no default."""
    entry, usual = optimizer_entry(optimizer), optimizer_entry(type(optimizer)())["config"]
    same = [
        key for key, value in entry["config"].items() if key != "learning_rate" and value == usual.get(key)
    ]
    return _call("keras.optimizers", entry, drop=("name", *same))


def _call(module: str, entry: Json, drop: tuple[str, ...] = ()) -> str:
    name, config = name_and_config(entry)
    told = {key: value for key, value in config.items() if key not in drop}
    return f"{module}.{name}({_arguments(told)})"


def _arguments(config: Json) -> str:
    return ", ".join(f"{key}={_value(value)}" for key, value in config.items())


def _value(value: Any) -> str:
    if isinstance(value, dict) and "class_name" in value:
        return _call(f"keras.{module_of(value['class_name'])}", value)
    if isinstance(value, list):
        inside = ", ".join(map(_value, value))
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    return repr(value)
