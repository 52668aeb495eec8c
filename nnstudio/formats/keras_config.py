"""KerasConfig: the stack of layers as Keras describes it in a file, written so that Keras 2 and 3 read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from nnstudio.engine.design import free_name, with_free_names
from nnstudio.engine.layer import Layer
from nnstudio.engine.layout import lay_out
from nnstudio.errors import FileError, ShapeError
from nnstudio.formats.keras_dialect import Dialect
from nnstudio.formats.keras_layers import is_known, layer_entry, read_layer, unknown_layers
from nnstudio.formats.keras_stack import INPUT, Entry, Stack, entries_of
from nnstudio.formats.values import Json, name_and_config, shortened
from nnstudio.task import Shape

_TAKEN_BY_KERAS = "top_level_model_weights"
_MOST_PER_AXIS = 2**31 - 1
_FREE_LENGTH = 32  # of an axis that a file leaves open; the weights do not depend on it
_MOST_TOLD = 5


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
    """Return the layers and the shape of a sample; see `read_stack`."""
    stack = read_stack(config, notes, dialect)
    return stack.layers, stack.shape


def read_stack(
    config: Any, notes: list[str], dialect: Dialect = Dialect.NNSTUDIO, wanted: Shape | None = None
) -> Stack:
    """Return the stack that `model_config`, or Keras, described.

    Lengths that it leaves open become those of ``wanted``, the shape of samples that are there.

    ``notes`` gets a sentence for everything that was left out or is told otherwise.

    Raises:
        FileError: it is no stack of layers that nnstudio knows; everything that is unknown is named.
    """
    entries = entries_of(config, notes)
    shape = _input_shape(config, entries, notes)
    free = None in shape
    suits = wanted is not None and len(wanted) == len(shape)
    lengths = wanted if wanted is not None and suits else (_FREE_LENGTH,) * len(shape)
    fixed = tuple(b if a is None else a for a, b in zip(shape, lengths, strict=True))
    real = [entry for entry in entries if name_and_config(entry.json)[0] != INPUT]
    layers = tuple(_read_layers(real, fixed, dialect, notes))
    if not layers:
        raise FileError("It describes a network without layers.")
    if free:
        _refuse_where_it_matters(layers, shape, fixed)
        notes.append(f"The file leaves lengths of a sample open; where data do not say, it is {fixed}.")
    named = with_free_names(map(_plainly_named, layers), ())
    if any(ours.name != layer.name for ours, layer in zip(named, layers, strict=True)):
        notes.append("Layers without a proper name of their own got one.")
    groups, paths = (entry.group for entry in real), (entry.path for entry in real)
    return Stack(named, fixed, tuple(groups), tuple(paths), free)


def _read_layers(
    entries: list[Entry], input_shape: Shape, dialect: Dialect, notes: list[str]
) -> Iterator[Layer]:
    shape: Shape | None = input_shape
    problems, unknown = [], []
    for entry in entries:
        kind, config = name_and_config(entry.json)
        if not is_known(kind):
            unknown.append((str(config.get("name", kind)), kind))
            shape = None
            continue
        try:
            layer = read_layer(entry.json, dialect, shape, notes)
        except FileError as error:
            problems.append(str(error))
            continue
        shape = _behind(layer, shape)
        yield replace(layer, trainable=False) if entry.frozen else layer
    if unknown:
        problems.insert(0, unknown_layers(unknown))
    if problems:
        more = [f"There are {len(problems) - _MOST_TOLD} more."] if len(problems) > _MOST_TOLD else []
        raise FileError(" ".join(problems[:_MOST_TOLD] + more))


def _plainly_named(layer: Layer) -> Layer:
    """Return the layer under a name that is no path and no markup, wherever it may be shown or written."""
    return replace(layer, name=re.sub(r"[/\\<>&]+|^\.+", "_", layer.name))


def _behind(layer: Layer, shape: Shape | None) -> Shape | None:
    """Return the shape that comes out of a layer; where it does not fit, that is told with the weights."""
    try:
        return None if shape is None else layer.output_shape(shape)
    except ShapeError:
        return None


def _input_shape(config: Json, entries: list[Entry], notes: list[str]) -> tuple[int | None, ...]:
    """Return the shape of one sample from wherever this version of Keras keeps it."""
    first = name_and_config(entries[0].json)[1] if entries else {}
    whole, built = name_and_config(config)[1], config.get("build_config")
    places = (
        first.get("batch_shape"),
        first.get("batch_input_shape"),
        whole.get("build_input_shape"),
        built.get("input_shape") if isinstance(built, dict) else None,
    )
    shape = next((place for place in places if isinstance(place, list) and place), None)
    if shape is None:
        raise FileError("It does not say which shape a sample has.")
    if not all(_is_length(length) or length is None for length in shape[1:]):
        raise _no_shape(shape[1:])
    if shape[0] is not None:
        notes.append("The file fixes how many samples go through at a time; here any number does.")
    return tuple(shape[1:])


def _is_length(length: Any) -> bool:
    return type(length) is int and 0 < length <= _MOST_PER_AXIS


def _no_shape(shape: Any) -> FileError:
    found = f"A sample would have the shape {shape}; whole numbers are expected."
    return FileError(shortened(found))


def _refuse_where_it_matters(layers: tuple[Layer, ...], shape: Any, fixed: Shape) -> None:
    """Refuse lengths that are left open where the number of weights depends on them."""
    other = tuple(_FREE_LENGTH + 1 if length is None else length for length in shape)
    try:
        specs = [[spec.shape for specs in lay_out(layers, s).specs for spec in specs] for s in (fixed, other)]
    except ShapeError as error:
        raise _no_shape(list(shape)) from error
    if specs[0] != specs[1]:
        raise _no_shape(list(shape))
