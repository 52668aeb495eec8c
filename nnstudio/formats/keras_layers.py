"""KerasLayers: one layer of a stack as Keras describes it in a file, and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nnstudio.engine.layer import Layer
from nnstudio.engine.layers import LAYERS
from nnstudio.errors import FileError
from nnstudio.formats.keras_dialect import Dialect
from nnstudio.formats.keras_owners import config_of, read_config
from nnstudio.formats.keras_substitutes import substitute_for
from nnstudio.formats.keras_words import class_from_keras, words_of
from nnstudio.formats.values import Json, name_and_config, owner_from_json, shortened
from nnstudio.settings import settings_of
from nnstudio.task import Shape

_LAYERS = {layer.__name__: layer for layer in LAYERS}

# Keys that Keras writes and nnstudio has no setting for. These do not change what a layer computes,
_IDLE = {
    "batch_input_shape",
    "batch_shape",
    "fused",
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
_MOST_NAME, _MOST_LISTED, _MOST_ADVICE, _MOST_TOLD = 60, 20, 3, 2000
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
    kind = _LAYERS.get(class_from_keras(name))
    if kind is None:
        raise FileError(unknown_layers([(str(config.get("name", name)), name)]))
    where = shortened(f'Layer "{config.get("name", name)}"')
    found = read_config(kind, config, dialect)
    if isinstance(config.get("name"), str):
        found.settings["name"] = shortened(config["name"])
    if dialect is Dialect.KERAS_2 and _moves_unbiased(kind, config, shape):
        found.settings[_UNBIASED] = True
    try:
        for key, value in found.foreign.items():
            notes.extend(_foreign_key(key, value, shape, where))
        notes += [_unknown_object(key, where) for key in found.unknown]
        layer = owner_from_json(kind, found.settings)
        missing = [key for key in words_of(kind).needs if config.get(key) is None]
        if missing:
            raise FileError(f"It does not say its {' and its '.join(missing)}.")
        return layer
    except FileError as error:
        raise FileError(f"{where}: {error}") from error


def is_known(name: str) -> bool:
    """Say whether nnstudio has a layer of Keras' class ``name``."""
    return class_from_keras(name) in _LAYERS


def unknown_layers(found: list[tuple[str, str]]) -> str:
    """Name all layers, by name and class, that nnstudio has not, and tell what could be done."""
    told = ", ".join(f'"{name[:_MOST_NAME]}" ({kind[:_MOST_NAME]})' for name, kind in found[:_MOST_LISTED])
    more = f" and {len(found) - _MOST_LISTED} more" if len(found) > _MOST_LISTED else ""
    advice = list(dict.fromkeys(substitute_for(kind) for _, kind in found))[:_MOST_ADVICE]
    return shortened(f"nnstudio has no layers like {told}{more}. {' '.join(advice)}", _MOST_TOLD)


def _moves_unbiased(kind: type[Layer], config: Json, shape: Shape | None) -> bool:
    """Say whether Keras 2 moves a variance of n - 1: its fast form for images does."""
    is_image = shape is not None and len(shape) == _IMAGE_AXES
    has_variance = any(declared.name == _UNBIASED for declared in settings_of(kind))
    return is_image and has_variance and config.get("fused") is not False


def _foreign_key(key: str, value: Any, shape: Shape | None, where: str) -> Iterator[str]:
    if key in _IDLE or _changes_nothing(key, value, shape):
        return
    if key == "dtype":
        yield from _other_precision(value)
        return
    if not key.endswith(_TRAINING_ONLY):
        raise FileError(shortened(f"nnstudio does not know the setting {key} = {value!r}."))
    yield shortened(f"{where}: nnstudio does not know {key}; training goes on without it.")


def _other_precision(dtype: Any) -> Iterator[str]:
    """Tell where Keras computes with other numbers than nnstudio; a word, or an object of Keras 3."""
    name = name_and_config(dtype)[1].get("name") if isinstance(dtype, dict) else dtype
    if name != "float32":
        yield shortened(f"Keras computes some of this network with numbers of {name}, nnstudio of float32.")


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
