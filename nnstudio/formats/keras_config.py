"""KerasConfig: the stack of layers as Keras describes it in a file, written so that Keras 2 and 3 read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from nnstudio.engine.design import free_name, with_free_names
from nnstudio.engine.layer import Layer
from nnstudio.errors import FileError, ShapeError
from nnstudio.formats.keras_dialect import Dialect
from nnstudio.formats.keras_layers import layer_entry, read_layer
from nnstudio.formats.values import Json, name_and_config, shortened
from nnstudio.task import Shape

MOST_LAYERS = 1000
_TAKEN_BY_KERAS = "top_level_model_weights"
_MOST_PER_AXIS = 2**31 - 1


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
    entries = [{"class_name": "InputLayer", "config": first}, *map(layer_entry, layers)]
    return {"class_name": "Sequential", "config": {"name": "sequential", "layers": entries}}


def read_model_config(
    config: Any, notes: list[str], dialect: Dialect = Dialect.NNSTUDIO
) -> tuple[tuple[Layer, ...], Shape]:
    """Return the layers and the shape of a sample that `model_config`, or Keras, described.

    ``notes`` gets a sentence for everything that was left out.

    Raises:
        FileError: it is no stack of layers that nnstudio knows.
    """
    entries = _entries(config)
    shape = _input_shape(config, entries)
    layers = list(_read_layers(entries, shape, dialect, notes))
    if not layers:
        raise FileError("It describes a network without layers.")
    named = with_free_names(layers, ())
    if [layer.name for layer in named] != [layer.name for layer in layers]:
        notes.append("Layers without a name of their own got one.")
    return named, shape


def _read_layers(
    entries: list[Json], input_shape: Shape, dialect: Dialect, notes: list[str]
) -> Iterator[Layer]:
    shape: Shape | None = input_shape
    for entry in entries:
        if entry["class_name"] != "InputLayer":
            layer = read_layer(entry, dialect, shape, notes)
            shape = _behind(layer, shape)
            yield layer


def _behind(layer: Layer, shape: Shape | None) -> Shape | None:
    """Return the shape that comes out of a layer; where it does not fit, that is told with the weights."""
    try:
        return None if shape is None else layer.output_shape(shape)
    except ShapeError:
        return None


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
