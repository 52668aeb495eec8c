"""KerasLayers: one layer of a stack as Keras describes it in a file, and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nnstudio.engine.layer import Layer
from nnstudio.engine.layers import LAYERS
from nnstudio.errors import FileError
from nnstudio.formats.keras_dialect import Dialect
from nnstudio.formats.keras_owners import config_of, read_config
from nnstudio.formats.values import Json, name_and_config, owner_from_json, shortened
from nnstudio.settings import settings_of
from nnstudio.task import Shape

_LAYERS = {layer.__name__: layer for layer in LAYERS}

# Keys that Keras writes and nnstudio has no setting for. These do not change what a layer computes,
_IDLE = {
    "batch_input_shape",
    "batch_shape",
    "dtype",
    "implementation",
    "input_dtype",
    "input_length",
    "input_shape",
    "ragged",
    "renorm_momentum",
    "seed",
    "sparse",
    "synchronized",
    "unroll",
    "zero_output_for_mask",
}
# these change only how it learns,
_TRAINING_ONLY = ("_regularizer", "_constraint")
# and any other must stand at a value that changes nothing.
_IDLE_VALUES = (None, False, "channels_last")
_UNBIASED = "unbiased_variance"
_IMAGE_AXES = 3
_ONE = {"groups", "dilation_rate"}
_ONES: tuple[Any, ...] = (1, [1], [1, 1])


def layer_entry(layer: Layer) -> Json:
    """Return Keras' description of one layer."""
    return {"class_name": type(layer).__name__, "config": {"dtype": "float32", **config_of(layer)}}


def read_layer(entry: Json, dialect: Dialect, shape: Shape | None, notes: list[str]) -> Layer:
    """Return the layer that ``entry`` describes for samples of ``shape``, None where that is unknown.

    ``notes`` gets a sentence for everything that is left out.

    Raises:
        FileError: nnstudio has no such layer, or no such settings.
    """
    name, config = name_and_config(entry)
    if name not in _LAYERS:
        known = ", ".join(_LAYERS)
        raise FileError(shortened(f"It has a layer of the kind {name}; nnstudio knows {known}."))
    where = shortened(f'Layer "{config.get("name", name)}"')
    found = read_config(_LAYERS[name], config, dialect)
    if isinstance(config.get("name"), str):
        found.settings["name"] = shortened(config["name"])
    if dialect is Dialect.KERAS_2 and _moves_unbiased(_LAYERS[name], config, shape):
        found.settings[_UNBIASED] = True
    try:
        for key, value in found.foreign.items():
            notes.extend(_foreign_key(key, value, shape, where))
        notes += [_unknown_object(key, where) for key in found.unknown]
        return owner_from_json(_LAYERS[name], found.settings)
    except FileError as error:
        raise FileError(f"{where}: {error}") from error


def _moves_unbiased(kind: type[Layer], config: Json, shape: Shape | None) -> bool:
    """Say whether Keras 2 moves a variance of n - 1: its fast form for images does."""
    is_image = shape is not None and len(shape) == _IMAGE_AXES
    return is_image and config.get("fused") is not False and _UNBIASED in _names(kind)


def _names(kind: type[Layer]) -> set[str]:
    return {declared.name for declared in settings_of(kind)}


def _foreign_key(key: str, value: Any, shape: Shape | None, where: str) -> Iterator[str]:
    if key in _IDLE or _changes_nothing(key, value, shape):
        return
    if not key.endswith(_TRAINING_ONLY):
        raise FileError(shortened(f"nnstudio does not know the setting {key} = {value!r}."))
    yield shortened(f"{where}: nnstudio does not know {key}; training goes on without it.")


def _changes_nothing(key: str, value: Any, shape: Shape | None) -> bool:
    if key == "axis":
        last = (-1,) if shape is None else (-1, len(shape))
        return any(value in (axis, [axis]) for axis in last)
    harmless = (*_IDLE_VALUES, *_ONES) if key in _ONE else _IDLE_VALUES
    return any(value is idle or value == idle for idle in harmless)


def _unknown_object(key: str, where: str) -> str:
    """Tell that an initializer or a rule is not taken over: it matters only where training goes on."""
    after = "a new training uses its own" if key.endswith("_initializer") else "training goes on without it"
    return shortened(f"{where}: nnstudio does not know its {key}; {after}.")
