"""Unsaid: what of a design Keras has no words for, kept beside Keras' own parts of a file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nnstudio.engine.design import Design
from nnstudio.engine.layer import Layer
from nnstudio.engine.layout import Place, lay_out
from nnstudio.engine.losses import LOSSES
from nnstudio.engine.metrics import METRICS
from nnstudio.engine.optimizers import OPTIMIZERS
from nnstudio.errors import FileError, ShapeError
from nnstudio.formats.values import Json, named_from_json, named_to_json
from nnstudio.task import Shape


def unsaid_in(design: Design, opened: Design) -> Json:
    """Return the parts of ``design`` that are others in ``opened``, which is read from Keras' parts alone."""
    layers = zip(design.layers, opened.layers, strict=True)
    changed = {str(index): named_to_json(ours) for index, (ours, read) in enumerate(layers) if ours != read}
    parts: Json = {"layers": changed} if changed else {}
    if design.loss != opened.loss:
        parts["loss"] = named_to_json(design.loss)
    if design.optimizer != opened.optimizer:
        parts["optimizer"] = named_to_json(design.optimizer)
    if design.metrics != opened.metrics:
        parts["metrics"] = [named_to_json(metric) for metric in design.metrics]
    return parts


def with_unsaid(opened: Design, parts: Json, input_shape: Shape) -> Design:
    """Return the design of which `unsaid_in` kept ``parts``.

    Raises:
        FileError: they are damaged, or need other weights than Keras' parts describe.
    """
    found: dict[str, Any] = {"layers": _layers(opened.layers, parts.get("layers", {}), input_shape)}
    if "loss" in parts:
        found["loss"] = named_from_json(LOSSES, parts["loss"])
    if "optimizer" in parts:
        found["optimizer"] = named_from_json(OPTIMIZERS, parts["optimizer"])
    if "metrics" in parts:
        found["metrics"] = tuple(named_from_json(METRICS, entry) for entry in _list(parts["metrics"]))
    return replace(opened, **found)


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise FileError("Its metrics are no list.")
    return value


def _layers(opened: tuple[Layer, ...], parts: Any, input_shape: Shape) -> tuple[Layer, ...]:
    if not isinstance(parts, dict) or not parts.keys() <= {str(index) for index in range(len(opened))}:
        raise FileError("Its settings are of other layers.")
    layers = tuple(
        named_from_json([type(layer)], parts[str(index)]) if str(index) in parts else layer
        for index, layer in enumerate(opened)
    )
    if parts and _places(layers, input_shape) != _places(opened, input_shape):
        raise FileError("Its settings need other weights.")
    return layers


def _places(layers: tuple[Layer, ...], input_shape: Shape) -> tuple[dict[str, Place], ...]:
    try:
        return lay_out(layers, input_shape).places
    except ShapeError as error:
        raise FileError(str(error)) from error
