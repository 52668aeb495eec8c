"""KerasConfig: the stack of layers as Keras describes it in a file, written so that Keras 2 and 3 read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from nnstudio.engine.design import free_name, with_free_names
from nnstudio.engine.initializers import Initializer
from nnstudio.engine.layer import Layer
from nnstudio.engine.layers import LAYERS
from nnstudio.errors import FileError
from nnstudio.formats.values import (
    Json,
    name_and_config,
    named_from_json,
    owner_from_json,
    settings_to_json,
    shortened,
)
from nnstudio.settings import settings_of
from nnstudio.task import Shape

MOST_LAYERS = 1000
_TAKEN_BY_KERAS = "top_level_model_weights"
_LAYERS = {layer.__name__: layer for layer in LAYERS}
_MOST_PER_AXIS = 2**31 - 1

# Keys that Keras writes and nnstudio has no setting for. These do not change what a layer computes,
_IDLE = {
    "batch_input_shape",
    "batch_shape",
    "dtype",
    "input_dtype",
    "input_shape",
    "seed",
    "ragged",
    "sparse",
}
# these change only how it learns,
_TRAINING_ONLY = ("_regularizer", "_constraint")
# and any other must stand at a value that changes nothing.
_IDLE_VALUES = (None, False, "channels_last")


def with_file_names(layers: tuple[Layer, ...]) -> tuple[Layer, ...]:
    """Return the layers under names that both Kerases take: Latin letters, digits, and inside them _ - ."""
    taken = {_TAKEN_BY_KERAS}
    renamed = []
    for layer in layers:
        plain = re.sub(r"[^A-Za-z0-9_.-]", "_", layer.name).lstrip("_.-")
        name = free_name(plain or layer.keras_name(), taken)
        taken.add(name)
        renamed.append(replace(layer, name=name))
    return tuple(renamed)


def model_config(layers: tuple[Layer, ...], input_shape: Shape) -> Json:
    """Return Keras' description of a stack whose names are `with_file_names`."""
    first = {
        "name": free_name("input", [layer.name for layer in layers]),
        "batch_input_shape": [None, *input_shape],
        "dtype": "float32",
        "sparse": False,
        "ragged": False,
    }
    entries = [{"class_name": "InputLayer", "config": first}, *map(_layer_entry, layers)]
    return {"class_name": "Sequential", "config": {"name": "sequential", "layers": entries}}


def _layer_entry(layer: Layer) -> Json:
    return {"class_name": type(layer).__name__, "config": {"dtype": "float32", **settings_to_json(layer)}}


def read_model_config(config: Any, notes: list[str]) -> tuple[tuple[Layer, ...], Shape]:
    """Return the layers and the shape of a sample that `model_config`, or Keras, described.

    ``notes`` gets a sentence for everything that was left out.

    Raises:
        FileError: it is no stack of layers that nnstudio knows.
    """
    entries = _entries(config)
    shape = _input_shape(config, entries)
    layers = [_read_layer(entry, notes) for entry in entries if entry["class_name"] != "InputLayer"]
    if not layers:
        raise FileError("It describes a network without layers.")
    named = with_free_names(layers, ())
    if [layer.name for layer in named] != [layer.name for layer in layers]:
        notes.append("Layers without a name of their own got one.")
    return named, shape


def _entries(config: Any) -> list[Json]:
    if not isinstance(config, dict):
        raise FileError("It does not describe a network.")
    kind, inner = name_and_config(config)
    if kind != "Sequential":
        raise FileError(shortened(f"It describes a {kind} model; nnstudio opens Sequential ones."))
    # Keras before 2.2.3 wrote the list itself.
    entries = config["config"] if isinstance(config.get("config"), list) else inner.get("layers")
    if not isinstance(entries, list) or len(entries) > MOST_LAYERS:
        raise FileError(f"It does not describe a list of at most {MOST_LAYERS:,} layers.")
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("config"), dict):
            raise FileError("It has a layer without settings.")
        name_and_config(entry)
    return entries


def _input_shape(config: Json, entries: list[Json]) -> Shape:
    """Return the shape of one sample from wherever this version of Keras keeps it."""
    first = entries[0]["config"] if entries else {}
    whole = name_and_config(config)[1]
    places = (first.get("batch_shape"), first.get("batch_input_shape"), whole.get("build_input_shape"))
    shape = next((place for place in places if isinstance(place, list) and place), None)
    if shape is None:
        raise FileError("It does not say which shape a sample has.")
    if not all(type(length) is int and 0 < length <= _MOST_PER_AXIS for length in shape[1:]):
        raise FileError(shortened(f"A sample would have the shape {shape[1:]}; whole numbers are expected."))
    return tuple(shape[1:])


def _read_layer(entry: Json, notes: list[str]) -> Layer:
    kind, config = name_and_config(entry)
    if kind not in _LAYERS:
        known = ", ".join(_LAYERS)
        raise FileError(shortened(f"It has a layer of the kind {kind}; nnstudio knows {known}."))
    where = shortened(f'Layer "{config.get("name", kind)}"')
    try:
        known_config = dict(_known_settings(_LAYERS[kind], config, where, notes))
        return owner_from_json(_LAYERS[kind], known_config)
    except FileError as error:
        raise FileError(f"{where}: {error}") from error


def _known_settings(
    kind: type[Layer], config: Json, where: str, notes: list[str]
) -> Iterator[tuple[str, Any]]:
    """Return the settings that nnstudio has; tell or refuse the others."""
    declared = {setting.name: setting for setting in settings_of(kind)}
    for key, value in config.items():
        if key == "name":
            yield key, shortened(value) if isinstance(value, str) else value
        elif key == "activation" and value is None:
            yield key, "linear"
        elif key not in declared:
            notes.extend(_foreign_key(key, value, where))
        elif issubclass(declared[key].kind, Initializer):
            yield from _initializer(key, value, declared[key].choices, where, notes)
        else:
            yield key, value


def _foreign_key(key: str, value: Any, where: str) -> Iterator[str]:
    if key in _IDLE or any(value is idle or value == idle for idle in _IDLE_VALUES):
        return
    if not key.endswith(_TRAINING_ONLY):
        raise FileError(shortened(f"nnstudio does not know the setting {key} = {value!r}."))
    yield shortened(f"{where}: nnstudio does not know {key}; training goes on without it.")


def _initializer(
    key: str, value: Any, known: tuple[Any, ...], where: str, notes: list[str]
) -> Iterator[tuple[str, Any]]:
    """Keep an initializer that nnstudio knows: it matters only when training begins anew."""
    try:
        named_from_json(list(known), value)
        yield key, value
    except FileError:
        notes.append(shortened(f"{where}: nnstudio does not know its {key}; a new training uses its own."))
